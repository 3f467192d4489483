using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VoteTracker.Database;
using VoteTracker.Features.Pressures;
using VoteTracker.Live;
using VoteTracker.Voting.Forecasts;

namespace VoteTracker.Features.Forecasts;

/// <summary>
/// Forecasts with pressures. The pressures are read at each request, so that a change at any replica is in the next response.
/// They are few, and nothing else waits for this read.
/// </summary>
internal sealed class PressedForecasts(Db db, Settings settings)
{
    private const int NameLength = 16;

    /// <summary>The shares of the levels.</summary>
    public PressureShares Shares { get; } = settings.PressureShares;

    /// <summary>The forecast with the pressures of now.</summary>
    public async Task<PressedForecast> Get(ForecastSnapshot forecast)
    {
        var pressures = await db.Read(connection => PressureStore.ListOn(connection, forecast.Standings.Resolution));
        var ofMembers = pressures.ToLookup(pressure => pressure.MemberState, StringComparer.Ordinal);
        return new PressedForecast(
            forecast,
            forecast.WithPressures(
                NameOf(pressures),
                member =>
                    PressureEffect.Combine(
                        ofMembers[member].Select(pressure => new Pressure(pressure.Towards, pressure.Level)),
                        Shares
                    )
            ),
            ofMembers,
            Shares
        );
    }

    // A version is never used twice, so numbers and versions name the content.
    private string NameOf(IReadOnlyList<StatePressure> pressures)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Shares.Low:R} {Shares.Medium:R} {Shares.High:R}");
        foreach (var pressure in pressures)
        {
            text.Append(CultureInfo.InvariantCulture, $" {pressure.Id}.{pressure.Version}");
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..NameLength];
    }
}

/// <summary>A forecast with pressures, and what it is made from.</summary>
/// <param name="Without">The forecast without them.</param>
/// <param name="With">The forecast with them.</param>
/// <param name="Pressures">The pressures by member, also on members that may not vote.</param>
/// <param name="Shares">The shares of the levels.</param>
internal sealed record PressedForecast(
    ForecastSnapshot Without,
    ForecastSnapshot With,
    ILookup<string, StatePressure> Pressures,
    PressureShares Shares
);
