using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Features.Changes;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.VoteDays;

/// <summary>Reads and writes vote days and their votes. A discarded vote day is a row without a status, so that its version continues.</summary>
internal static class VoteDayStore
{
    /// <summary>Finds the row of a resolution, also that of a discarded vote day; null if there never was one.</summary>
    public static Task<VoteDayRow?> Find(DbConnection connection, string resolution) =>
        connection.QuerySingleOrDefaultAsync<VoteDayRow>(
            """
            SELECT
                resolution, status, held_on, starts_with, announced_yes, announced_no, announced_abstain,
                announced_non_voting, expected, opened_at, opened_by, changed_at, changed_by, proposed_at, proposed_by,
                proposed_key, confirmed_at, confirmed_by, version
            FROM vote_day
            WHERE resolution = @resolution
            """,
            new { resolution }
        );

    /// <summary>Lists the entries, in the order of the codes, with removed ones.</summary>
    public static async Task<IReadOnlyList<EnteredVote>> ListVotes(DbConnection connection, string resolution) =>
        [
            .. (
                await connection.QueryAsync<VoteRow>(
                    """
                    SELECT member_state, vote AS word, version, changed_at, changed_by
                    FROM vote_day_vote
                    WHERE resolution = @resolution
                    ORDER BY member_state
                    """,
                    new { resolution }
                )
            ).Select(row => row.Vote),
        ];

    /// <summary>Finds the entry of a member; null if it has none.</summary>
    public static async Task<EnteredVote?> FindVote(DbConnection connection, string resolution, string iso3) =>
        (
            await connection.QuerySingleOrDefaultAsync<VoteRow>(
                """
                SELECT member_state, vote AS word, version, changed_at, changed_by
                FROM vote_day_vote
                WHERE resolution = @resolution AND member_state = @iso3 AND vote IS NOT NULL
                """,
                new { resolution, iso3 }
            )
        )?.Vote;

    /// <summary>Whether a vote is entered.</summary>
    public static async Task<bool> HasVotes(DbConnection connection, string resolution) =>
        await connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM vote_day_vote WHERE resolution = @resolution AND vote IS NOT NULL",
            new { resolution }
        ) > 0;

    /// <summary>Lists the members that may not vote on a day, as it is known now.</summary>
    public static async Task<IReadOnlySet<string>> ListIneligible(DbConnection connection, DateOnly day) =>
        (
            await connection.QueryAsync<string>(
                """
                SELECT member_state
                FROM ineligibility
                WHERE ended_at IS NULL AND from_day <= @day AND (until_day IS NULL OR until_day >= @day)
                """,
                new { day }
            )
        ).ToHashSet(StringComparer.Ordinal);

    /// <summary>Saves a vote day, and appends the change to the feed.</summary>
    public static async Task Save(Write write, Caller caller, VoteDayRow row)
    {
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO vote_day (
                resolution, status, held_on, starts_with, announced_yes, announced_no, announced_abstain,
                announced_non_voting, expected, opened_at, opened_by, changed_at, changed_by, proposed_at, proposed_by,
                proposed_key, confirmed_at, confirmed_by, version
            )
            VALUES (
                @Resolution, @Status, @HeldOn, @StartsWith, @AnnouncedYes, @AnnouncedNo, @AnnouncedAbstain,
                @AnnouncedNonVoting, @Expected, @OpenedAt, @OpenedBy, @ChangedAt, @ChangedBy, @ProposedAt, @ProposedBy,
                @ProposedKey, @ConfirmedAt, @ConfirmedBy, @Version
            )
            ON CONFLICT (resolution) DO UPDATE SET
                status = excluded.status, held_on = excluded.held_on, starts_with = excluded.starts_with,
                announced_yes = excluded.announced_yes, announced_no = excluded.announced_no,
                announced_abstain = excluded.announced_abstain, announced_non_voting = excluded.announced_non_voting,
                expected = excluded.expected, opened_at = excluded.opened_at, opened_by = excluded.opened_by,
                changed_at = excluded.changed_at, changed_by = excluded.changed_by, proposed_at = excluded.proposed_at,
                proposed_by = excluded.proposed_by, proposed_key = excluded.proposed_key,
                confirmed_at = excluded.confirmed_at, confirmed_by = excluded.confirmed_by, version = excluded.version
            """,
            row
        );
        await Append(write, caller, row.Resolution);
    }

    /// <summary>Saves the vote of a member, or removes it if it is null, as a change of the vote day with its own version.</summary>
    public static async Task<EnteredVote> SaveVote(
        Write write,
        Caller caller,
        string resolution,
        string iso3,
        Vote? vote
    )
    {
        var version = await write.Connection.ExecuteScalarAsync<long>(
            """
            UPDATE vote_day
            SET version = version + 1, changed_at = @Now, changed_by = @Label
            WHERE resolution = @resolution
            RETURNING version
            """,
            new
            {
                resolution,
                write.Now,
                caller.Label,
            }
        );
        var row = new VoteRow
        {
            Resolution = resolution,
            MemberState = iso3,
            Word = EnumWord<Vote>.ToWord(vote),
            Version = version,
            ChangedAt = write.Now,
            ChangedBy = caller.Label,
        };
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO vote_day_vote (resolution, member_state, vote, version, changed_at, changed_by)
            VALUES (@Resolution, @MemberState, @Word, @Version, @ChangedAt, @ChangedBy)
            ON CONFLICT (resolution, member_state) DO UPDATE SET
                vote = excluded.vote, version = excluded.version, changed_at = excluded.changed_at,
                changed_by = excluded.changed_by
            """,
            row
        );
        await Append(write, caller, resolution, iso3);
        return row.Vote;
    }

    /// <summary>Reopens the vote day of a resolution, if it has one that is proposed or confirmed.</summary>
    public static async Task Reopen(Write write, Caller caller, string resolution)
    {
        if (
            await Find(write.Connection, resolution) is { State: VoteDayStatus.Proposed or VoteDayStatus.Confirmed } row
        )
        {
            await Save(write, caller, row.Reopened(write, caller));
        }
    }

    /// <summary>Removes all entries of a vote day that is discarded. Clients that have them see that they are removed.</summary>
    public static Task RemoveVotes(Write write, Caller caller, string resolution, long version) =>
        write.Connection.ExecuteAsync(
            """
            UPDATE vote_day_vote
            SET vote = NULL, version = @version, changed_at = @Now, changed_by = @Label
            WHERE resolution = @resolution AND vote IS NOT NULL
            """,
            new
            {
                resolution,
                version,
                write.Now,
                caller.Label,
            }
        );

    // The resolution gets no new version, because nothing that it counts has changed.
    private static Task Append(Write write, Caller caller, string resolution, string? iso3 = null) =>
        ResolutionVersion.Append(write, caller, ChangeKind.VoteDay, resolution, version: null, write.Now, iso3);

    private sealed record VoteRow
    {
        public string Resolution { get; init; } = "";
        public string MemberState { get; init; } = "";
        public string? Word { get; init; }
        public long Version { get; init; }
        public DateTimeOffset ChangedAt { get; init; }
        public string ChangedBy { get; init; } = "";

        public EnteredVote Vote =>
            new()
            {
                MemberState = MemberState,
                Vote = EnumWord<Vote>.ParseOrNull(Word),
                Version = Version,
                ChangedBy = ChangedBy,
                ChangedAt = ChangedAt,
            };
    }
}
