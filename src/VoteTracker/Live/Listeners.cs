namespace VoteTracker.Live;

/// <summary>
/// The listeners of a resolution, or of all. They are woken in batches, each as one work item of the thread pool. So the
/// first batch is sent before the next one starts, and other requests do not wait for all of them.
/// </summary>
internal sealed class Listeners : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private readonly List<Batch> _batches = [];
    private readonly Queue<Batch> _pending = new();
    private bool _isWaking;

    /// <summary>Whether there are listeners.</summary>
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

    /// <summary>The number of listeners.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _batches.Sum(batch => batch.Count);
            }
        }
    }

    /// <summary>Adds a listener, until it is disposed of.</summary>
    public Listener Add()
    {
        var listener = new Listener(this);
        lock (_lock)
        {
            if (!_batches.Exists(batch => batch.TryAdd(listener)))
            {
                _batches.Add(new Batch(listener));
            }
        }
        return listener;
    }

    public void Remove(Listener listener)
    {
        lock (_lock)
        {
            if (_batches.Find(batch => batch.TryRemove(listener)) is { IsEmpty: true } empty)
            {
                _batches.Remove(empty);
            }
        }
    }

    /// <summary>Wakes all listeners. A listener that is about to be woken is woken once.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            foreach (var batch in _batches.Where(batch => !batch.IsPending))
            {
                batch.IsPending = true;
                _pending.Enqueue(batch);
            }
            if (!_isWaking && _pending.Count > 0)
            {
                _isWaking = true;
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        Batch batch;
        lock (_lock)
        {
            batch = _pending.Dequeue();
            batch.IsPending = false;
        }
        batch.Wake();
        lock (_lock)
        {
            _isWaking = _pending.Count > 0;
            if (_isWaking)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
        }
    }

    private sealed class Batch
    {
        private const int Size = 64;

        private readonly Listener?[] _items = new Listener?[Size];
        private int _count;

        public int Count => _count;

        public Batch(Listener first) => TryAdd(first);

        public bool IsPending { get; set; }

        public bool IsEmpty => _count == 0;

        public bool TryAdd(Listener listener) => _count < Size && TryReplace(null, listener, +1);

        public bool TryRemove(Listener listener) => TryReplace(listener, null, -1);

        // Without the lock. A listener that is removed meanwhile is woken without effect; one that is added reads afterwards.
        public void Wake()
        {
            for (var i = 0; i < Size; i++)
            {
                Volatile.Read(ref _items[i])?.Wake();
            }
        }

        private bool TryReplace(Listener? old, Listener? replacement, int change)
        {
            if (Array.IndexOf(_items, old) is >= 0 and var at)
            {
                Volatile.Write(ref _items[at], replacement);
                _count += change;
                return true;
            }
            return false;
        }
    }
}
