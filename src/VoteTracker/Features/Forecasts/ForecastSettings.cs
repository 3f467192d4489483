using VoteTracker.Voting.Forecasts;
using static VoteTracker.SettingException;

namespace VoteTracker.Features.Forecasts;

/// <summary>The values that the settings of forecasts and pressures can have.</summary>
internal static class ForecastSettings
{
    /// <summary>Throws a <see cref="SettingException"/> that names the first wrong setting.</summary>
    // NaN is in no range, so it is rejected too.
    public static void Check(Settings settings)
    {
        foreach (var (name, share) in Shares(settings))
        {
            Require(share is >= 0 and <= 1, $"{name} must be from 0 to 1.");
        }
        foreach (var (name, days) in HalfLives(settings))
        {
            Require(days is >= 0.1 and <= 36_500, $"{name} must be from 0.1 to 36500.");
        }
        Require(
            Math.Abs(settings.RestAbstain + settings.RestAbsent + settings.RestOpposite - 1) < 1e-9,
            "RestAbstain, RestAbsent and RestOpposite must add up to 1."
        );
        Require(
            settings.PressureLow >= 0
                && settings.PressureLow <= settings.PressureMedium
                && settings.PressureMedium <= settings.PressureHigh
                && settings.PressureHigh <= PressureShares.Most,
            "PressureLow, PressureMedium and PressureHigh must be from 0 to 0.99, and none less than the one before it."
        );
    }

    private static IEnumerable<(string Name, double Share)> Shares(Settings settings) =>
        [
            (nameof(settings.ConfirmedHeld), settings.ConfirmedHeld),
            (nameof(settings.LikelyHeld), settings.LikelyHeld),
            (nameof(settings.LeaningHeld), settings.LeaningHeld),
            (nameof(settings.RestAbstain), settings.RestAbstain),
            (nameof(settings.RestAbsent), settings.RestAbsent),
            (nameof(settings.RestOpposite), settings.RestOpposite),
        ];

    private static IEnumerable<(string Name, double Days)> HalfLives(Settings settings) =>
        [
            (nameof(settings.ConfirmedHalfLifeDays), settings.ConfirmedHalfLifeDays),
            (nameof(settings.LikelyHalfLifeDays), settings.LikelyHalfLifeDays),
            (nameof(settings.LeaningHalfLifeDays), settings.LeaningHalfLifeDays),
        ];
}
