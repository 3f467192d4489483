using System.Data.Common;
using Dapper;
using VoteTracker.Security;

namespace VoteTracker.Features.Engagements;

/// <summary>The day of the last engagement with a member state.</summary>
internal sealed record LastEngagement
{
    /// <summary>
    /// Whether an engagement is contact with the state, in SQL with the parameter `Today`: not a demonstration, and not
    /// planned.
    /// </summary>
    public const string IsContact = "on_day <= @Today AND kind <> 'demonstration'";

    public string MemberState { get; init; } = "";

    public DateOnly OnDay { get; init; }

    /// <summary>Lists the last days by member state, of engagements about a resolution, or about none.</summary>
    /// <param name="connection">The connection to the database.</param>
    /// <param name="resolution">The resolution's id.</param>
    /// <param name="caller">The caller, who does not see every confidential engagement.</param>
    /// <param name="today">The current day in New York.</param>
    /// <param name="only">The codes of the states that are listed; all if it is null.</param>
    public static async Task<IReadOnlyDictionary<string, DateOnly>> List(
        DbConnection connection,
        string resolution,
        Caller caller,
        DateOnly today,
        IReadOnlyCollection<string>? only
    )
    {
        string[] conditions =
        [
            "(resolution IS NULL OR resolution = @resolution)",
            IsContact,
            StateEngagement.VisibleTo(caller),
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
                Today = today,
                only,
                caller.Label,
            }
        );
        return rows.ToDictionary(row => row.MemberState, row => row.OnDay, StringComparer.Ordinal);
    }
}
