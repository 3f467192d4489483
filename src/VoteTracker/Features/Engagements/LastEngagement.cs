using System.Data.Common;
using Dapper;
using VoteTracker.Security;

namespace VoteTracker.Features.Engagements;

/// <summary>The day of the last engagement with a member state.</summary>
internal sealed record LastEngagement
{
    public string MemberState { get; init; } = "";

    public DateOnly OnDay { get; init; }

    /// <summary>Lists the last days by member state, of engagements about a resolution, or about none.</summary>
    /// <param name="connection">The connection to the database.</param>
    /// <param name="resolution">The resolution's id.</param>
    /// <param name="caller">The caller, who does not see every confidential engagement.</param>
    /// <param name="only">The codes of the states that are listed; all if it is null.</param>
    public static async Task<IReadOnlyDictionary<string, DateOnly>> List(
        DbConnection connection,
        string resolution,
        Caller caller,
        IReadOnlyCollection<string>? only
    )
    {
        string[] conditions =
        [
            "(resolution IS NULL OR resolution = @resolution)",
            .. caller.May(Right.SeeConfidential) ? (string[])[] : ["(confidential = FALSE OR created_by = @Label)"],
            .. only is null ? (string[])[] : ["member_state IN @only"],
        ];
        var rows = await connection.QueryAsync<LastEngagement>(
            $"""
            SELECT member_state, MAX(on_day) AS on_day
            FROM engagement
            WHERE {string.Join(" AND ", conditions)}
            GROUP BY member_state
            """,
            new
            {
                resolution,
                only,
                caller.Label,
            }
        );
        return rows.ToDictionary(row => row.MemberState, row => row.OnDay, StringComparer.Ordinal);
    }
}
