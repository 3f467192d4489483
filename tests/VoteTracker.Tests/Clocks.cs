using Microsoft.Extensions.Time.Testing;

namespace VoteTracker.Tests;

/// <summary>The clocks of the tests: each moves only when a test moves it.</summary>
internal static class Clocks
{
    /// <summary>A clock at 10 a.m. in New York on 21 November 2026, in winter time.</summary>
    public static FakeTimeProvider NewYorkMorning() => new(new DateTimeOffset(2026, 11, 21, 15, 0, 0, TimeSpan.Zero));

    /// <summary>
    /// Moves a clock without its timers. `Advance` would ring the heartbeat once every 15 seconds of that time: 576,000
    /// times in 100 days, which took 1.3 s.
    /// </summary>
    public static void Jump(this FakeTimeProvider clock, TimeSpan by) => clock.AdjustTime(clock.GetUtcNow() + by);
}
