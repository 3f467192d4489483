namespace VoteTracker.Features.Gaps;

/// <summary>The values that the setting of gaps can have.</summary>
internal static class GapSettings
{
    /// <summary>Throws a <see cref="SettingException"/> if the setting is wrong.</summary>
    public static void Check(Settings settings) =>
        SettingException.Require(
            settings.NotContactedAfterDays is >= 1 and <= 3_660,
            "NotContactedAfterDays must be from 1 to 3660."
        );
}
