using Microsoft.Extensions.Time.Testing;

namespace VoteTracker.Tests.Database.Time;

/// <summary>
/// The clock of a machine that an administrator or a program sets. Its timestamps and timers show the time that passed.
/// </summary>
internal sealed class SteppedClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    /// <summary>How far the clock was set.</summary>
    public TimeSpan Step { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Step;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;
}
