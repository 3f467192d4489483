using static VoteTracker.SettingException;

namespace VoteTracker.Security;

/// <summary>The values that the settings of keys can have.</summary>
internal static class KeySettings
{
    /// <summary>Throws a <see cref="SettingException"/> that names the first wrong setting.</summary>
    public static void Check(Settings settings)
    {
        Require(settings.KeyDays is >= 0 and <= 36_500, "KeyDays must be from 0 to 36500.");
        Require(settings.KeyRequestsPerMinute >= 0, "KeyRequestsPerMinute must be 0 or more.");
    }
}
