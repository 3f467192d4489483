namespace VoteTracker.Database;

/// <summary>
/// The bounded queue of the writer. The writer sleeps while it is empty. One thread at a time has the turn to take items.
/// </summary>
internal sealed class WriteQueue<T>(int capacity)
{
    private readonly Queue<(T Item, bool UsesCapacity)> _items = new();
    private int _freeCapacity = capacity;
    private bool _completed;
    private bool _isBusy;

    /// <summary>The number of queued items.</summary>
    public int Count
    {
        get
        {
            lock (_items)
            {
                return _items.Count;
            }
        }
    }

    /// <summary>
    /// Adds an item. False if the queue is full or completed. Internal work of the service, one item at a time, does not
    /// use capacity.
    /// </summary>
    public bool TryAdd(T item, bool usesCapacity = true)
    {
        lock (_items)
        {
            if (_completed || (usesCapacity && _freeCapacity == 0))
            {
                return false;
            }
            _freeCapacity -= usesCapacity ? 1 : 0;
            _items.Enqueue((item, usesCapacity));
            if (!_isBusy)
            {
                Monitor.Pulse(_items);
            }
            return true;
        }
    }

    /// <summary>Takes the next item. False if there is none.</summary>
    public bool TryTake(out T item)
    {
        lock (_items)
        {
            var taken = _items.TryDequeue(out var first);
            (item, _freeCapacity) = (first.Item, _freeCapacity + (first.UsesCapacity ? 1 : 0));
            return taken;
        }
    }

    /// <summary>Returns the next item without taking it. False if there is none.</summary>
    public bool TryPeek(out T item)
    {
        lock (_items)
        {
            var exists = _items.TryPeek(out var first);
            item = first.Item;
            return exists;
        }
    }

    /// <summary>
    /// Adds an item and takes the turn. False if the queue is not idle, full or completed. <see cref="End"/> returns the
    /// turn.
    /// </summary>
    public bool TryAddAndBegin(T item)
    {
        lock (_items)
        {
            if (_completed || _isBusy || _items.Count > 0 || _freeCapacity == 0)
            {
                return false;
            }
            _freeCapacity--;
            _items.Enqueue((item, true));
            return _isBusy = true;
        }
    }

    /// <summary>Waits for an item and takes the turn. False if the queue is completed and empty.</summary>
    public bool WaitAndBegin()
    {
        lock (_items)
        {
            while (_isBusy || (_items.Count == 0 && !_completed))
            {
                Monitor.Wait(_items);
            }
            return _isBusy = _items.Count > 0;
        }
    }

    /// <summary>Returns the turn.</summary>
    public void End()
    {
        lock (_items)
        {
            _isBusy = false;
            if (_items.Count > 0 || _completed)
            {
                Monitor.Pulse(_items);
            }
        }
    }

    /// <summary>Rejects further items.</summary>
    public void Complete()
    {
        lock (_items)
        {
            _completed = true;
            Monitor.PulseAll(_items);
        }
    }
}
