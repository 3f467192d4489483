using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Voting;

namespace VoteTracker.Live;

/// <summary>
/// The prospects of every resolution that is asked about, kept ready like its tally. They are computed when somebody asks
/// for the first time after a change, so no write pays for them, and once for all who ask at that moment.
/// </summary>
internal sealed class LiveForecasts(
    Db db,
    Facts facts,
    LiveTallies live,
    PastVotes pastVotes,
    Settings settings,
    TimeProvider clock
) : IDisposable
{
    private readonly StanceNumbers _numbers = settings.StanceNumbers;
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>What stances mean here.</summary>
    public StanceNumbers Numbers => _numbers;

    /// <summary>The newest of a resolution whose stances count, as its snapshot has it or newer.</summary>
    public async ValueTask<Prospects> Of(Snapshot snapshot)
    {
        var today = NewYork.DayOf(clock.GetUtcNow());
        if (IsKnownToHold(snapshot.Prospects, today) is { } kept)
        {
            return kept;
        }
        await _one.WaitAsync();
        try
        {
            // Before reading: what changes meanwhile is looked at again.
            var mark = live.Mark;
            if (IsKnownToHold(snapshot.Prospects, today) is { } computed)
            {
                return computed;
            }
            var prospects = await db.Read(async connection =>
            {
                var record = await pastVotes.ReadKept(connection);
                // Another resolution changed, and no roll call.
                return
                    snapshot.Prospects is { } known
                    && known.Prospects.Today == today
                    && known.Prospects.Record == record
                    ? known.Prospects
                    : await Compute(connection, record, snapshot.Standings.Resolution, today);
            });
            snapshot.Prospects = new KeptProspects(prospects, mark);
            return prospects;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private Prospects? IsKnownToHold(KeptProspects? kept, DateOnly today) =>
        kept is not null && kept.Prospects.Today == today && kept.Mark == live.Mark ? kept.Prospects : null;

    private async Task<Prospects> Compute(DbConnection connection, KeptRecord record, string id, DateOnly today)
    {
        var counted =
            await Recount.Now(connection, facts, id, clock.Moment())
            ?? throw new InvalidOperationException("A resolution is never taken away.");
        var text = await connection.QuerySingleAsync<TextRow>(
            "SELECT session, title FROM resolution WHERE id = @id",
            new { id }
        );
        var since = (
            await connection.QueryAsync<SinceRow>(
                "SELECT member_state, changed_at FROM stance WHERE resolution = @id",
                new { id }
            )
        ).ToDictionary(row => row.MemberState, row => NewYork.DayOf(row.ChangedAt), StringComparer.Ordinal);
        var view = record.Record.Next(text.Session, text.Title, counted.Standings.Day);
        return new Prospects(
            counted,
            today,
            record,
            view,
            [
                .. counted
                    .Standings.Ballots.Where(ballot => ballot.Eligible)
                    .Select(ballot => new MemberProspect(
                        ballot,
                        facts.Groups.RegionOf(ballot.MemberState),
                        Expectation.Of(
                            ballot,
                            since.TryGetValue(ballot.MemberState, out var day) ? today.DayNumber - day.DayNumber : 0,
                            view,
                            _numbers
                        )
                    )),
            ]
        );
    }

    private sealed record TextRow
    {
        public string Session { get; init; } = "";
        public string Title { get; init; } = "";
    }

    private sealed record SinceRow
    {
        public string MemberState { get; init; } = "";
        public DateTimeOffset ChangedAt { get; init; }
    }
}

/// <summary>Prospects, and how many commits there had been when they were last known to hold.</summary>
internal sealed record KeptProspects(Prospects Prospects, long Mark);
