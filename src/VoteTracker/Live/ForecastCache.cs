using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Live;

/// <summary>
/// The prospects of every resolution that is asked about, kept ready like its tally. They are computed when somebody asks
/// for the first time after a change, so no write pays for them, and once for all who ask at that moment.
/// </summary>
internal sealed class ForecastCache(
    Db db,
    ReferenceData facts,
    TallyCache live,
    VotingRecordCache pastVotes,
    Settings settings,
    TimeProvider clock
) : IDisposable
{
    private readonly ForecastParameters _numbers = settings.ForecastParameters;
    private readonly string _named = Named(settings.ForecastParameters);
    private readonly ConcurrentDictionary<string, CachedForecast> _kept = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CachedForecast> _keptWithCampaign = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>What stances mean here.</summary>
    public ForecastParameters Numbers => _numbers;

    /// <summary>The newest of a resolution whose stances count, as its snapshot has it or newer.</summary>
    /// <param name="snapshot">The resolution.</param>
    /// <param name="withCampaign">Whether the record is read with the roll calls that the campaign entered.</param>
    public async ValueTask<ForecastSnapshot> Get(TallySnapshot snapshot, bool withCampaign = false)
    {
        var today = NewYork.DayOf(clock.GetUtcNow());
        var asked = live.CommitNumber;
        var kept = withCampaign ? _keptWithCampaign : _kept;
        if (Kept(kept, snapshot, today, asked) is { } ready)
        {
            return ready;
        }
        await _one.WaitAsync();
        try
        {
            // Whoever was first has looked for all who asked before it began.
            if (Kept(kept, snapshot, today, asked) is { } computed)
            {
                return computed;
            }
            // Before reading: what changes meanwhile is looked at again.
            var mark = live.CommitNumber;
            var id = snapshot.Standings.Resolution;
            var prospects = await db.Read(async connection =>
            {
                var record = await pastVotes.LoadCached(connection, withCampaign);
                // Another resolution changed, and no roll call.
                return
                    kept.TryGetValue(id, out var known)
                    && known.Prospects.Today == today
                    && known.Prospects.Record == record
                    && known.Prospects.Counted.State == snapshot.EventId
                    ? known.Prospects
                    : await Compute(connection, record, id, today);
            });
            kept[id] = new CachedForecast(prospects, mark);
            return prospects;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    // What was looked at when somebody asked, or later, and has what this caller has seen.
    private static ForecastSnapshot? Kept(
        ConcurrentDictionary<string, CachedForecast> all,
        TallySnapshot snapshot,
        DateOnly today,
        long asked
    ) =>
        all.TryGetValue(snapshot.Standings.Resolution, out var kept)
        && kept.Mark >= asked
        && kept.Prospects.Today == today
        && kept.Prospects.Counted is var counted
        && (counted.State == snapshot.EventId || counted.Standings.Version > snapshot.Standings.Version)
            ? kept.Prospects
            : null;

    // Other settings are another forecast: whoever has one of before a restart is not told that it still holds.
    private static string Named(ForecastParameters numbers) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(numbers)))[..8];

    private async Task<ForecastSnapshot> Compute(
        DbConnection connection,
        CachedRecord record,
        string id,
        DateOnly today
    )
    {
        var counted =
            await StateReader.LoadNow(connection, facts, id, clock.Moment())
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
        return new ForecastSnapshot(
            counted,
            today,
            record,
            view,
            [
                .. counted
                    .Standings.Ballots.Where(ballot => ballot.Eligible)
                    .Select(ballot => new MemberForecast(
                        ballot,
                        facts.Groups.RegionOf(ballot.MemberState),
                        Expectation.Create(
                            ballot,
                            since.TryGetValue(ballot.MemberState, out var day) ? today.DayNumber - day.DayNumber : 0,
                            view,
                            _numbers
                        )
                    )),
            ],
            _named
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
internal sealed record CachedForecast(ForecastSnapshot Prospects, long Mark);
