namespace VoteTracker.Features.PersonalData;

/// <summary>The values that the setting of the retention period can have.</summary>
internal static class RetentionSettings
{
    /// <summary>Throws a <see cref="SettingException"/> if the setting is wrong.</summary>
    public static void Check(Settings settings) =>
        SettingException.Require(
            settings.ContactDays is 0 or (>= 30 and <= 36_500),
            $"ContactDays must be 0, or from 30 to 36500 days; found {settings.ContactDays}."
        );
}
