using Dapper;
using VoteTracker.Database;
using VoteTracker.Features.Changes;
using VoteTracker.Security;

namespace VoteTracker.Features.MemberStates;

/// <summary>What both ways to change an ineligibility share.</summary>
internal static class IneligibilityChange
{
    /// <summary>Ends the entry in force; it keeps its place in what was known when.</summary>
    public static Task<int> End(Write write, string iso3) =>
        write.Connection.ExecuteAsync(
            "UPDATE ineligibility SET ended_at = @Now WHERE member_state = @iso3 AND ended_at IS NULL",
            new { iso3, write.Now }
        );

    /// <summary>It changes the tally of every text that is still to be voted on: each has a new version.</summary>
    public static async Task Publish(Write write, Caller caller, string iso3)
    {
        await Change.Append(write, caller, ChangeKind.Ineligibility, resolution: null, version: null, write.Now, iso3);
        var open = await write.Connection.QueryAsync<string>(
            """
            SELECT id
            FROM resolution
            WHERE status IN ('drafting', 'tabled')
            ORDER BY ordinal
            """
        );
        foreach (var id in open)
        {
            await Change.Raise(write, caller, ChangeKind.Ineligibility, id, iso3);
        }
    }
}
