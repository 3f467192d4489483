namespace VoteTracker.Database;

/// <summary>What waits for the writer: bounded, and slept on rather than spun on, for the cores have other work.</summary>
internal sealed class WriteQueue<T>(int capacity)
{
    private readonly Queue<T> _items = new();
    private bool _completed;

    /// <summary>How many wait.</summary>
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

    /// <summary>Adds one; false where it is full, or takes no more.</summary>
    public bool TryAdd(T item)
    {
        lock (_items)
        {
            if (_completed || _items.Count >= capacity)
            {
                return false;
            }
            _items.Enqueue(item);
            Monitor.Pulse(_items);
            return true;
        }
    }

    /// <summary>Takes one where one waits.</summary>
    public bool TryTake(out T item)
    {
        lock (_items)
        {
            return _items.TryDequeue(out item!);
        }
    }

    /// <summary>Waits until something is there; false when it takes no more and is empty.</summary>
    public bool Wait()
    {
        lock (_items)
        {
            while (_items.Count == 0 && !_completed)
            {
                Monitor.Wait(_items);
            }
            return _items.Count > 0;
        }
    }

    /// <summary>Takes no more.</summary>
    public void Complete()
    {
        lock (_items)
        {
            _completed = true;
            Monitor.PulseAll(_items);
        }
    }
}
