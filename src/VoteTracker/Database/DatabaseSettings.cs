using static VoteTracker.SettingException;

namespace VoteTracker.Database;

/// <summary>The values that the settings of the database can have.</summary>
internal static class DatabaseSettings
{
    /// <summary>Throws a <see cref="SettingException"/> that names the first wrong setting.</summary>
    public static void Check(Settings settings)
    {
        Require(settings.DatabaseWaitSeconds >= 0, "DatabaseWaitSeconds must be 0 or more.");
        Require(settings.WriteQueue >= 1, "WriteQueue must be at least 1.");
    }
}
