using System.Data.Common;
using System.Text.Json;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Changes;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Sessions.Convening;

/// <summary>Reads and writes the votes of the Security Council on sessions.</summary>
internal static class ConveningStore
{
    private const string Columns =
        "session, version, changed_by, changed_at, held_on, document, yes, no, abstain, votes";

    private const string Values =
        "@Session, @Version, @ChangedBy, @ChangedAt, @HeldOn, @Document, @Yes, @No, @Abstain, @Votes";

    /// <summary>Finds the vote of the Council on a session; null if none is recorded.</summary>
    public static async Task<CouncilVote?> FindVote(DbConnection connection, string session) =>
        (
            await connection.QuerySingleOrDefaultAsync<VoteRow>(
                $"SELECT {Columns} FROM council_vote WHERE session = @session",
                new { session }
            )
        )?.ToVote();

    /// <summary>Finds the last day on which a member requested a session, or the Council voted on it; null if there is none.</summary>
    public static async Task<DateOnly?> FindLastDay(DbConnection connection, string session) =>
        (
            await connection.QuerySingleAsync<DayRow>(
                """
                SELECT MAX(day) AS day FROM (
                    SELECT requested_on AS day FROM session_request WHERE session = @session
                    UNION ALL SELECT held_on FROM council_vote WHERE session = @session
                ) AS days
                """,
                new { session }
            )
        ).Day;

    /// <summary>Saves a valid vote as a change of its session, with its row of history.</summary>
    public static async Task<CouncilVote> SaveVote(
        Write write,
        Caller caller,
        string session,
        RecordCouncilVoteRequest request
    )
    {
        var votes = request
            .Votes?.Select(v => new CouncilMemberVote { MemberState = v!.MemberState!, Vote = v.Vote!.Value })
            .OrderBy(v => v.MemberState, StringComparer.Ordinal)
            .ToList();
        int Count(CouncilPosition position, int? total) => votes?.Count(v => v.Vote == position) ?? total!.Value;
        var row = new VoteRow
        {
            Session = session,
            Version = await SessionStore.Raise(write, caller, ChangeKind.Session, session),
            ChangedBy = caller.Label,
            ChangedAt = write.Now,
            HeldOn = request.On,
            Document = request.Document,
            Yes = Count(CouncilPosition.Yes, request.Totals?.Yes),
            No = Count(CouncilPosition.No, request.Totals?.No),
            Abstain = Count(CouncilPosition.Abstain, request.Totals?.Abstain),
            Votes = votes is null ? null : JsonSerializer.Serialize(votes, Json.Options),
        };
        await write.Connection.ExecuteAsync($"INSERT INTO council_vote_change ({Columns}) VALUES ({Values})", row);
        await Upsert(write, row);
        return row.ToVote();
    }

    /// <summary>Saves a vote of the reference data, unless a user has changed or deleted it.</summary>
    public static async Task SaveRecordedVote(
        Write write,
        string session,
        DateOnly on,
        string document,
        CouncilTotals totals
    )
    {
        var changed = await write.Connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM council_vote_change WHERE session = @session",
            new { session }
        );
        var current = await FindVote(write.Connection, session);
        if (changed > 0 || (current?.On == on && current.Document == document && current.Totals == totals))
        {
            return;
        }
        await Upsert(
            write,
            new VoteRow
            {
                Session = session,
                Version = await write.Connection.ExecuteScalarAsync<long>(
                    "UPDATE session SET version = version + @raised WHERE id = @session RETURNING version",
                    new { session, raised = current is null ? 0 : 1 }
                ),
                ChangedBy = Caller.Record.Label,
                ChangedAt = write.Now,
                HeldOn = on,
                Document = document,
                Yes = totals.Yes,
                No = totals.No,
                Abstain = totals.Abstain,
            }
        );
    }

    /// <summary>Deletes a vote as a change of its session. Returns the version of that change.</summary>
    public static async Task<long> DeleteVote(Write write, Caller caller, string session)
    {
        var version = await SessionStore.Raise(write, caller, ChangeKind.Session, session);
        await write.Connection.ExecuteAsync(
            $"INSERT INTO council_vote_change ({Columns}) VALUES ({Values})",
            new VoteRow
            {
                Session = session,
                Version = version,
                ChangedBy = caller.Label,
                ChangedAt = write.Now,
            }
        );
        await write.Connection.ExecuteAsync("DELETE FROM council_vote WHERE session = @session", new { session });
        return version;
    }

    /// <summary>Deletes the requests of a session and its vote in the Council, as changes of the session. Their history stays.</summary>
    public static async Task Clear(Write write, Caller caller, string session)
    {
        foreach (var request in (await SessionRequestStore.List(write.Connection, session)).ToList())
        {
            await SessionRequestStore.Delete(write, caller, request);
        }
        if (await FindVote(write.Connection, session) is not null)
        {
            await DeleteVote(write, caller, session);
        }
    }

    private static Task Upsert(Write write, VoteRow row) =>
        write.Connection.ExecuteAsync(
            $"""
            INSERT INTO council_vote ({Columns})
            VALUES ({Values})
            ON CONFLICT (session) DO UPDATE SET
                version = excluded.version, changed_by = excluded.changed_by, changed_at = excluded.changed_at,
                held_on = excluded.held_on, document = excluded.document, yes = excluded.yes, no = excluded.no,
                abstain = excluded.abstain, votes = excluded.votes
            """,
            row
        );

    private sealed record DayRow
    {
        public DateOnly? Day { get; init; }
    }

    // A change that deleted the vote has no day.
    private sealed record VoteRow
    {
        public string Session { get; init; } = "";
        public long Version { get; init; }
        public string ChangedBy { get; init; } = "";
        public DateTimeOffset ChangedAt { get; init; }
        public DateOnly? HeldOn { get; init; }
        public string? Document { get; init; }
        public int? Yes { get; init; }
        public int? No { get; init; }
        public int? Abstain { get; init; }
        public string? Votes { get; init; }

        public CouncilVote ToVote() =>
            new()
            {
                Session = Session,
                On = HeldOn!.Value,
                Document = Document!,
                Votes = Votes is null
                    ? null
                    : JsonSerializer.Deserialize<IReadOnlyList<CouncilMemberVote>>(Votes, Json.Options),
                Totals = new CouncilTotals
                {
                    Yes = Yes!.Value,
                    No = No!.Value,
                    Abstain = Abstain!.Value,
                },
                Required = ConveningRule.CouncilVotesRequired(HeldOn.Value),
                Version = Version,
                ChangedBy = ChangedBy,
                ChangedAt = ChangedAt,
            };
    }
}
