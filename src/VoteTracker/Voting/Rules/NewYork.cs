namespace VoteTracker.Voting.Rules;

/// <summary>Converts between moments (UTC) and days in New York, where the Assembly sits.</summary>
public static class NewYork
{
    private static readonly TimeZoneInfo Zone = FindZone();

    /// <summary>The day in New York at that moment.</summary>
    public static DateOnly DayOf(DateTimeOffset moment) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Zone).DateTime);

    /// <summary>The moment at which that day begins in New York; UTC.</summary>
    public static DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    /// <summary>Whether the clocks of New York show that hour on that day. In spring they skip one.</summary>
    public static bool HasHour(DateOnly day, TimeOnly hour) => !Zone.IsInvalidTime(day.ToDateTime(hour));

    // A machine without a time zone database uses the rule in force since 2007.
    private static TimeZoneInfo FindZone()
    {
        if (
            TimeZoneInfo.TryFindSystemTimeZoneById("America/New_York", out var zone)
            || TimeZoneInfo.TryFindSystemTimeZoneById("Eastern Standard Time", out zone)
        )
        {
            return zone;
        }
        var two = new DateTime(1, 1, 1, 2, 0, 0, DateTimeKind.Unspecified);
        var summer = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            DateTime.MinValue.Date,
            DateTime.MaxValue.Date,
            TimeSpan.FromHours(1),
            TimeZoneInfo.TransitionTime.CreateFloatingDateRule(two, month: 3, week: 2, DayOfWeek.Sunday),
            TimeZoneInfo.TransitionTime.CreateFloatingDateRule(two, month: 11, week: 1, DayOfWeek.Sunday)
        );
        return TimeZoneInfo.CreateCustomTimeZone(
            "America/New_York",
            TimeSpan.FromHours(-5),
            "New York",
            "EST",
            "EDT",
            [summer]
        );
    }
}
