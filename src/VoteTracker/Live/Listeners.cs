namespace VoteTracker.Live;

/// <summary>
/// Those who wait for the next change. They are woken a batch at a time, each batch a turn on the thread pool: what one
/// batch wrote is on its way before the next has written, and whoever asks for something meanwhile is not behind them
/// all.
/// </summary>
internal sealed class Listeners : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private readonly List<Batch> _batches = [];
    private readonly Queue<Batch> _toWake = new();
    private bool _waking;

    /// <summary>Whether anybody waits.</summary>
    public bool Any
    {
        get
        {
            lock (_lock)
            {
                return _batches.Count > 0;
            }
        }
    }

    /// <summary>One more, until it is disposed of.</summary>
    public Listener Join()
    {
        var waiter = new Listener(this);
        lock (_lock)
        {
            if (!_batches.Exists(batch => batch.TryAdd(waiter)))
            {
                _batches.Add(new Batch(waiter));
            }
        }
        return waiter;
    }

    public void Leave(Listener waiter)
    {
        lock (_lock)
        {
            if (_batches.Find(batch => batch.TryRemove(waiter)) is { IsEmpty: true } empty)
            {
                _batches.Remove(empty);
            }
        }
    }

    /// <summary>Wakes all who joined before. Who was to be woken anyway is woken once.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            foreach (var batch in _batches.Where(batch => !batch.IsToBeWoken))
            {
                batch.IsToBeWoken = true;
                _toWake.Enqueue(batch);
            }
            if (!_waking && _toWake.Count > 0)
            {
                _waking = true;
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        Batch batch;
        lock (_lock)
        {
            batch = _toWake.Dequeue();
            batch.IsToBeWoken = false;
        }
        batch.Wake();
        lock (_lock)
        {
            _waking = _toWake.Count > 0;
            if (_waking)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
        }
    }

    private sealed class Batch
    {
        private const int Most = 64;

        private readonly Listener?[] _waiters = new Listener?[Most];
        private int _count;

        public Batch(Listener first) => TryAdd(first);

        public bool IsToBeWoken { get; set; }

        public bool IsEmpty => _count == 0;

        public bool TryAdd(Listener waiter) => _count < Most && TryReplace(null, waiter, +1);

        public bool TryRemove(Listener waiter) => TryReplace(waiter, null, -1);

        // Without the lock: who leaves meanwhile is woken for nothing, who joins has still to look.
        public void Wake()
        {
            for (var i = 0; i < Most; i++)
            {
                Volatile.Read(ref _waiters[i])?.Wake();
            }
        }

        private bool TryReplace(Listener? what, Listener? with, int more)
        {
            if (Array.IndexOf(_waiters, what) is >= 0 and var at)
            {
                Volatile.Write(ref _waiters[at], with);
                _count += more;
                return true;
            }
            return false;
        }
    }
}
