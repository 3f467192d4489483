using System.Data.Common;
using Dapper;
using VoteTracker.Security;

namespace VoteTracker.Features.Milestones;

/// <summary>The milestones that are not done: late ones and those to come.</summary>
internal static class OpenMilestones
{
    /// <summary>
    /// Lists milestones that are not done, by day. Those of a resolution that was withdrawn or not adopted are left out.
    /// </summary>
    /// <param name="connection">The connection to the database.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="resolution">The id of the only resolution; null for all.</param>
    /// <param name="from">The first day; null for no limit.</param>
    /// <param name="before">The day after the last one.</param>
    /// <param name="limit">The number of rows.</param>
    public static async Task<IReadOnlyList<Milestone>> List(
        DbConnection connection,
        Caller caller,
        string? resolution,
        DateOnly? from,
        DateOnly before,
        int limit
    )
    {
        string[] conditions =
        [
            MilestoneStore.Visible(caller),
            "m.done_on IS NULL",
            "m.planned_on < @before",
            "r.status NOT IN ('withdrawn', 'not-adopted')",
            .. from is null ? (string[])[] : ["m.planned_on >= @from"],
            .. resolution is null ? (string[])[] : ["m.resolution = @resolution"],
        ];
        var rows = await connection.QueryAsync<MilestoneRow>(
            $"""
            {MilestoneStore.Select}
            JOIN resolution r ON r.id = m.resolution
            WHERE {string.Join(" AND ", conditions)}
            ORDER BY m.planned_on, COALESCE(m.planned_at, ''), m.id
            LIMIT @limit
            """,
            new
            {
                resolution,
                from,
                before,
                limit,
            }
        );
        return [.. rows.Select(row => row.Milestone.For(caller))];
    }
}
