using System.Data.Common;
using Dapper;
using VoteTracker.Security;

namespace VoteTracker.Features.Tasks;

/// <summary>How many open tasks there are about a member state.</summary>
internal sealed record OpenTasks
{
    public string MemberState { get; init; } = "";

    /// <summary>The number of open tasks, with those that are overdue.</summary>
    public int Open { get; init; }

    /// <summary>The number of tasks whose day is over.</summary>
    public int Overdue { get; init; }

    /// <summary>Counts the open tasks of a resolution by member state, and those that name no resolution.</summary>
    /// <param name="connection">The connection to the database.</param>
    /// <param name="resolution">The resolution's id.</param>
    /// <param name="caller">The caller, who does not see every task of a confidential engagement.</param>
    /// <param name="today">The current day in New York.</param>
    /// <param name="only">The codes of the states that are counted; all if it is null.</param>
    public static async Task<IReadOnlyDictionary<string, OpenTasks>> Count(
        DbConnection connection,
        string resolution,
        Caller caller,
        DateOnly today,
        IReadOnlyCollection<string>? only
    )
    {
        string[] conditions =
        [
            "t.done_on IS NULL",
            "t.member_state IS NOT NULL",
            "(t.resolution IS NULL OR t.resolution = @resolution)",
            TaskStore.Visible(caller),
            .. only is null ? (string[])[] : ["t.member_state IN @only"],
        ];
        var rows = await connection.QueryAsync<OpenTasks>(
            $"""
            SELECT
                t.member_state,
                CAST(COUNT(*) AS INTEGER) AS open,
                CAST(COALESCE(SUM(CASE WHEN t.due_on < @today THEN 1 ELSE 0 END), 0) AS INTEGER) AS overdue
            FROM task t
            LEFT JOIN engagement e ON e.id = t.engagement
            WHERE {string.Join(" AND ", conditions)}
            GROUP BY t.member_state
            """,
            new
            {
                resolution,
                today,
                only,
                caller.Label,
            }
        );
        return rows.ToDictionary(row => row.MemberState, StringComparer.Ordinal);
    }
}
