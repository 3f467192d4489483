using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Sessions;

/// <summary>The numbers of the regular sessions. A session opens each September; the first one was that of 1946, in two parts.</summary>
/// <remarks>The day of opening is not derived, because the rule changed over the years (rule 1).</remarks>
internal static class RegularSessions
{
    /// <summary>The session that opened last, on a day in New York.</summary>
    public static int CurrentOn(DateTimeOffset now) => LastOn(now) - 1;

    /// <summary>The session that opens next September.</summary>
    public static int LastOn(DateTimeOffset now)
    {
        const int firstYear = 1946;
        const int september = 9;
        var today = NewYork.DayOf(now);
        return today.Year + (today.Month < september ? 0 : 1) - firstYear + 1;
    }
}
