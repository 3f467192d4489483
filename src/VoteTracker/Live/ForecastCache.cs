using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Live;

/// <summary>
/// Computes forecasts, which are cached in the snapshot of their resolution. A forecast is computed at the first request
/// after a change, once for all concurrent requests, so writes do not pay for it.
/// </summary>
internal sealed class ForecastCache(
    Db db,
    ReferenceData referenceData,
    TallyCache tallies,
    VotingRecordCache pastVotes,
    PredictionCache predictions,
    Settings settings,
    TimeProvider clock
) : IDisposable
{
    private readonly string _settingsHash = Hash(settings.ForecastParameters);
    private readonly SemaphoreSlim _computing = new(1);

    /// <summary>The settings of forecasts.</summary>
    public ForecastParameters Parameters { get; } = settings.ForecastParameters;

    /// <summary>The current forecast of a resolution whose stances are counted, of the state of the snapshot or a newer one.</summary>
    /// <param name="snapshot">The resolution.</param>
    /// <param name="withCampaign">Whether the record includes the roll calls that the campaign entered.</param>
    public async ValueTask<ForecastSnapshot> Get(TallySnapshot snapshot, bool withCampaign = false)
    {
        var today = NewYork.DayOf(clock.GetUtcNow());
        var requestedAt = tallies.AllCommits;
        if (FindCurrent(snapshot, withCampaign, today, requestedAt) is { } cached)
        {
            return cached;
        }
        await _computing.WaitAsync();
        try
        {
            // A concurrent request may have computed it.
            if (FindCurrent(snapshot, withCampaign, today, requestedAt) is { } computed)
            {
                return computed;
            }
            // Before the read, so that a commit during the read invalidates the result.
            var commitNumber = tallies.AllCommits;
            var forecast = await db.Read(async connection =>
            {
                var record = await pastVotes.LoadCached(connection, withCampaign);
                // If another resolution changed, but no roll call, the cached forecast is still current.
                return
                    snapshot.GetForecast(withCampaign)?.Forecast is { } last
                    && last.Today == today
                    && last.Record == record
                    && IsCurrent(last)
                    && last.Standings.StateName == snapshot.EventId
                    ? last
                    : await Compute(connection, record, snapshot.Standings.Resolution, today);
            });
            snapshot.SetForecast(withCampaign, new CachedForecast(forecast, commitNumber));
            return forecast;
        }
        finally
        {
            _computing.Release();
        }
    }

    public void Dispose() => _computing.Dispose();

    // A forecast that was validated at the request or later, of the state that the caller has seen or a newer one.
    private ForecastSnapshot? FindCurrent(
        TallySnapshot snapshot,
        bool withCampaign,
        DateOnly today,
        long requestedAt
    ) =>
        snapshot.GetForecast(withCampaign) is { } cached
        && cached.CommitNumber >= requestedAt
        && cached.Forecast.Today == today
        && IsCurrent(cached.Forecast)
        && cached.Forecast.Standings is var standings
        && (standings.StateName == snapshot.EventId || standings.Version > snapshot.Standings.Version)
            ? cached.Forecast
            : null;

    private bool IsCurrent(ForecastSnapshot forecast) =>
        predictions.IsCurrent(forecast.Record.Record, forecast.FromRecord);

    // Part of the ETag, because a restart with other settings changes the forecast.
    private static string Hash(ForecastParameters parameters) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parameters)))[..8];

    private async Task<ForecastSnapshot> Compute(
        DbConnection connection,
        CachedRecord record,
        string id,
        DateOnly today
    )
    {
        var standings =
            await StateReader.LoadNow(connection, referenceData, id, clock.Moment())
            ?? throw new InvalidOperationException("Resolutions are never deleted.");
        var changedOn = (
            await connection.QueryAsync<StanceRow>(
                "SELECT member_state, changed_at FROM stance WHERE resolution = @id",
                new { id }
            )
        ).ToDictionary(row => row.MemberState, row => NewYork.DayOf(row.ChangedAt), StringComparer.Ordinal);
        var prediction = await predictions.Get(connection, record.Record, id, standings.Day);
        return new ForecastSnapshot(
            standings,
            today,
            record,
            prediction,
            [
                .. standings
                    .Ballots.Where(ballot => ballot.Eligible)
                    .Select(ballot => new MemberForecast(
                        ballot,
                        referenceData.Groups.RegionOf(ballot.MemberState),
                        Expectation.Create(
                            ballot,
                            changedOn.TryGetValue(ballot.MemberState, out var day)
                                ? today.DayNumber - day.DayNumber
                                : 0,
                            prediction.Record,
                            Parameters
                        )
                    )),
            ],
            _settingsHash
        );
    }

    private sealed record StanceRow
    {
        public string MemberState { get; init; } = "";
        public DateTimeOffset ChangedAt { get; init; }
    }
}

/// <summary>A forecast, and the number of the last commit at which it was known to be current.</summary>
internal sealed record CachedForecast(ForecastSnapshot Forecast, long CommitNumber);
