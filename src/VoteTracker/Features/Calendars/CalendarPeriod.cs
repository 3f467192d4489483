using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Calendars;

/// <summary>The time whose entries a calendar has.</summary>
/// <param name="FirstDay">The first day.</param>
/// <param name="CancelledSince">The first moment whose cancellations it has.</param>
internal sealed record CalendarPeriod(DateOnly FirstDay, DateTimeOffset CancelledSince)
{
    /// <summary>How long a calendar shows what is cancelled: a program that was off for some weeks still learns it.</summary>
    public static readonly TimeSpan Cancelled = TimeSpan.FromDays(30);

    private const int PastDays = 60;

    /// <summary>The period as of a moment.</summary>
    public static CalendarPeriod Of(DateTimeOffset now) => new(NewYork.DayOf(now).AddDays(-PastDays), now - Cancelled);

    /// <summary>The text of an entry that is done.</summary>
    public static string Done(string what) => $"✓ {what}";
}
