namespace VoteTracker.Live;

/// <summary>
/// The place of one resolution: its newest count, the count that is under way, and who waits for the next. At most one
/// count runs and one waits to run: the one that waits will see every change until it begins, and serves all who ask
/// until then.
/// </summary>
internal sealed class TallySlot(string id, Func<string, long, Task<TallySnapshot?>> count)
{
    private readonly Lock _lock = new();
    private volatile TallySnapshot? _current;
    private Task<TallySnapshot?>? _running;
    private Task<TallySnapshot?>? _waiting;
    private long _runningFor;
    private long _generation;
    private int _toTell;
    private bool _wasThere;
    private bool _forgotten;

    /// <summary>Those who wait for a change.</summary>
    public Listeners Waiters { get; } = new();

    /// <summary>The newest count; it may be out of date.</summary>
    public TallySnapshot? Current => _current;

    /// <summary>How many changes there were.</summary>
    public long Generation => Volatile.Read(ref _generation);

    /// <summary>It changed.</summary>
    public void Signal() => Interlocked.Increment(ref _generation);

    /// <summary>A count that has seen every change until now.</summary>
    public Task<TallySnapshot?> Count()
    {
        lock (_lock)
        {
            if (_waiting is not null)
            {
                return _waiting;
            }
            if (_running is { IsCompleted: false } && _runningFor == Generation)
            {
                return _running;
            }
            var before = _running;
            // On a thread of its own, so that the lock is not held while SQL runs.
            return _waiting = Task.Run(() => CountAfter(before));
        }
    }

    /// <summary>
    /// Somebody who waits for changes of what it has seen to be there; null where this place was forgotten, and there
    /// may be another.
    /// </summary>
    public Listener? Join()
    {
        lock (_lock)
        {
            if (_forgotten)
            {
                return null;
            }
            _wasThere = true;
            return Waiters.Join();
        }
    }

    /// <summary>
    /// Forgets this place where no count has found such a resolution: nobody waits for it then, nor will.
    /// </summary>
    public void ForgetIfNeverThere(Action forget)
    {
        lock (_lock)
        {
            if (!_wasThere)
            {
                _forgotten = true;
                forget();
            }
        }
    }

    /// <summary>Whether somebody is to tell of a change now; if not, somebody is at it, and will tell of this one too.</summary>
    public bool TryBeginNotifying() => Interlocked.Increment(ref _toTell) == 1;

    /// <summary>What there is to tell of, for whoever began.</summary>
    public int PendingNotifications => Volatile.Read(ref _toTell);

    /// <summary>So much was told; whether there is more by now.</summary>
    public bool HasMoreNotifications(int told) => Interlocked.Add(ref _toTell, -told) > 0;

    private async Task<TallySnapshot?> CountAfter(Task? before)
    {
        if (before is not null)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        long generation;
        lock (_lock)
        {
            (_running, _waiting) = (_waiting, null);
            generation = _runningFor = Generation;
        }
        var snapshot = await count(id, generation);
        lock (_lock)
        {
            _current = snapshot;
            _wasThere |= snapshot is not null;
        }
        return snapshot;
    }
}
