using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Features.Changes;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.MemberStates;

/// <summary>Reads and writes the ineligibility of members.</summary>
internal static class IneligibilityStore
{
    /// <summary>Finds the current entry of a member; null if there is none.</summary>
    public static async Task<Ineligibility?> Find(DbConnection connection, string iso3) =>
        (
            await connection.QuerySingleOrDefaultAsync<Row>(
                """
                SELECT member_state, from_day, until_day, reason, note
                FROM ineligibility
                WHERE member_state = @iso3 AND ended_at IS NULL
                """,
                new { iso3 }
            )
        )?.Ineligibility;

    /// <summary>Inserts an entry in place of the current one. Returns whether there was one.</summary>
    public static async Task<bool> Replace(Write write, Caller caller, Ineligibility entry)
    {
        var ended = await End(write, entry.MemberState);
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO ineligibility (member_state, from_day, until_day, reason, note, entered_at, entered_by)
            VALUES (@MemberState, @From, @Until, @reason, @Note, @Now, @Label)
            """,
            new
            {
                entry.MemberState,
                entry.From,
                entry.Until,
                reason = EnumWord<IneligibilityReason>.ToWord(entry.Reason),
                entry.Note,
                write.Now,
                caller.Label,
            }
        );
        await AppendChanges(write, caller, entry.MemberState);
        return ended;
    }

    /// <summary>Ends the current entry, which stays in the history. Returns whether there was one.</summary>
    public static async Task<bool> Delete(Write write, Caller caller, string iso3)
    {
        if (!await End(write, iso3))
        {
            return false;
        }
        await AppendChanges(write, caller, iso3);
        return true;
    }

    private static async Task<bool> End(Write write, string iso3) =>
        await write.Connection.ExecuteAsync(
            "UPDATE ineligibility SET ended_at = @Now WHERE member_state = @iso3 AND ended_at IS NULL",
            new { iso3, write.Now }
        ) > 0;

    // The tally of every resolution before its vote changes, so each gets a new version.
    private static async Task AppendChanges(Write write, Caller caller, string iso3)
    {
        await ResolutionVersion.Append(
            write,
            caller,
            ChangeKind.Ineligibility,
            resolution: null,
            version: null,
            write.Now,
            iso3
        );
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
            await ResolutionVersion.Raise(write, caller, ChangeKind.Ineligibility, id, iso3);
        }
    }

    private sealed record Row
    {
        public string MemberState { get; init; } = "";
        public DateOnly FromDay { get; init; }
        public DateOnly? UntilDay { get; init; }
        public string Reason { get; init; } = "";
        public string? Note { get; init; }

        public Ineligibility Ineligibility =>
            new()
            {
                MemberState = MemberState,
                From = FromDay,
                Until = UntilDay,
                Reason = EnumWord<IneligibilityReason>.Parse(Reason),
                Note = Note,
            };
    }
}
