using System.Collections.Concurrent;

namespace VoteTracker.Tests;

/// <summary>
/// A clock that a test sets, and whose timers go off when it does. It begins in New York's morning of 21 November 2026
/// and stands still.
/// </summary>
internal sealed class Clock : TimeProvider
{
    private readonly ConcurrentDictionary<Alarm, bool> _alarms = new();
    private long _ticks = new DateTimeOffset(2026, 11, 21, 15, 0, 0, TimeSpan.Zero).UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        _alarms[alarm] = true;
        return alarm;
    }

    public void Set(DateTimeOffset now)
    {
        Interlocked.Exchange(ref _ticks, now.UtcTicks);
        foreach (var alarm in _alarms.Keys)
        {
            alarm.Look();
        }
    }

    public void Advance(TimeSpan by) => Set(GetUtcNow() + by);

    private sealed class Alarm(Clock clock, Action ring) : ITimer
    {
        private DateTimeOffset _due = DateTimeOffset.MaxValue;
        private TimeSpan _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            (_due, _period) = (clock.GetUtcNow() + dueTime, period);
            return true;
        }

        /// <summary>Rings once, however much time has passed.</summary>
        public void Look()
        {
            if (_due <= clock.GetUtcNow())
            {
                _due = clock.GetUtcNow() + _period;
                ring();
            }
        }

        public void Dispose() => clock._alarms.TryRemove(this, out _);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
