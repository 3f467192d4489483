namespace VoteTracker.Database.Time;

/// <summary>
/// The clock of the service. It counts the time since a moment that it took from the clock of the machine, so a step of
/// that clock has no effect until <see cref="WatchClock"/> decides to follow it.
/// </summary>
/// <remarks>
/// Commits of the past are found by moment, and sessions, keys and old rows expire by it. A clock that is wrong for a
/// minute must not change any of that. Reading it costs one reading of a timestamp, as much as reading the machine's clock.
/// </remarks>
internal sealed class SteadyClock : TimeProvider
{
    private readonly TimeProvider _machine;
    private Anchor _anchor;
    private long _noDeletionBefore;
    private volatile bool _isInDoubt;

    public SteadyClock(TimeProvider machine)
    {
        _machine = machine;
        _anchor = new Anchor(machine.GetTimestamp(), machine.GetUtcNow());
        _noDeletionBefore = _anchor.Timestamp;
    }

    /// <summary>The clock of the machine.</summary>
    public DateTimeOffset MachineNow => _machine.GetUtcNow();

    /// <summary>How far the clock of the machine is ahead of this one.</summary>
    public TimeSpan Deviation => MachineNow - GetUtcNow();

    /// <summary>Whether the clock of the machine made a step that was not followed yet.</summary>
    public bool IsInDoubt
    {
        get => _isInDoubt;
        set => _isInDoubt = value;
    }

    /// <summary>Whether rows may be deleted by their age: not while the time is in doubt.</summary>
    public bool MayDeleteByAge => !IsInDoubt && _machine.GetTimestamp() >= Volatile.Read(ref _noDeletionBefore);

    public override TimeZoneInfo LocalTimeZone => _machine.LocalTimeZone;

    public override long TimestampFrequency => _machine.TimestampFrequency;

    public override DateTimeOffset GetUtcNow()
    {
        var anchor = Volatile.Read(ref _anchor);
        return anchor.Moment + _machine.GetElapsedTime(anchor.Timestamp);
    }

    public override long GetTimestamp() => _machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Continues from the clock of the machine.</summary>
    public void FollowMachine() => Set(MachineNow);

    /// <summary>Continues from a moment.</summary>
    public void Set(DateTimeOffset moment) => Volatile.Write(ref _anchor, new Anchor(_machine.GetTimestamp(), moment));

    /// <summary>Deletes nothing by its age for a time.</summary>
    public void DeferDeletion(TimeSpan time) =>
        Volatile.Write(ref _noDeletionBefore, _machine.GetTimestamp() + (long)(time.TotalSeconds * TimestampFrequency));

    private sealed record Anchor(long Timestamp, DateTimeOffset Moment);
}
