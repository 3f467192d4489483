namespace VoteTracker.Live;

/// <summary>
/// The slot of one resolution in the cache: its newest snapshot, the load that is running, and its listeners. At most one
/// load runs and one waits to run. The waiting load includes all changes until it starts, and serves all callers until
/// then.
/// </summary>
internal sealed class TallySlot(string id, Func<string, long, Task<TallySnapshot?>> load)
{
    private readonly Lock _lock = new();
    private volatile TallySnapshot? _current;
    private Task<TallySnapshot?>? _running;
    private Task<TallySnapshot?>? _waiting;
    private long _runningGeneration;
    private long _generation;
    private int _pendingNotifications;
    private bool _hasExisted;
    private bool _isRemoved;

    /// <summary>The listeners of this resolution.</summary>
    public Listeners Listeners { get; } = new();

    /// <summary>The newest snapshot. It can be outdated.</summary>
    public TallySnapshot? Current => _current;

    /// <summary>The number of changes.</summary>
    public long Generation => Volatile.Read(ref _generation);

    /// <summary>Marks the snapshot as outdated.</summary>
    public void MarkChanged() => Interlocked.Increment(ref _generation);

    /// <summary>Returns a load that includes all changes until now.</summary>
    public Task<TallySnapshot?> Refresh()
    {
        lock (_lock)
        {
            if (_waiting is not null)
            {
                return _waiting;
            }
            if (_running is { IsCompleted: false } && _runningGeneration == Generation)
            {
                return _running;
            }
            var previous = _running;
            // On another thread, so that the lock is not held while SQL runs.
            return _waiting = Task.Run(() => LoadAfter(previous));
        }
    }

    /// <summary>Adds a listener to a resolution that exists. Null if this slot was removed and there may be a new one.</summary>
    public Listener? Subscribe()
    {
        lock (_lock)
        {
            if (_isRemoved)
            {
                return null;
            }
            _hasExisted = true;
            return Listeners.Add();
        }
    }

    /// <summary>Removes this slot if no load found the resolution. It then has no listeners and gets none.</summary>
    public void RemoveIfNeverExisted(Action remove)
    {
        lock (_lock)
        {
            if (!_hasExisted)
            {
                _isRemoved = true;
                remove();
            }
        }
    }

    /// <summary>Adds a notification. False if another thread is notifying, which includes this notification.</summary>
    public bool TryBeginNotifying() => Interlocked.Increment(ref _pendingNotifications) == 1;

    /// <summary>The number of pending notifications.</summary>
    public int PendingNotifications => Volatile.Read(ref _pendingNotifications);

    /// <summary>Subtracts the sent notifications. Returns whether there are more.</summary>
    public bool HasMoreNotifications(int sent) => Interlocked.Add(ref _pendingNotifications, -sent) > 0;

    private async Task<TallySnapshot?> LoadAfter(Task? previous)
    {
        if (previous is not null)
        {
            await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        long generation;
        lock (_lock)
        {
            (_running, _waiting) = (_waiting, null);
            generation = _runningGeneration = Generation;
        }
        var snapshot = await load(id, generation);
        lock (_lock)
        {
            _current = snapshot;
            _hasExisted |= snapshot is not null;
        }
        return snapshot;
    }
}
