namespace VoteTracker.Database;

/// <summary>What waits for the writer: bounded, and slept on rather than spun on, for the cores have other work.</summary>
internal sealed class WriteQueue<T>(int capacity)
{
    private readonly Queue<(T Item, bool TakesPlace)> _items = new();
    private int _places = capacity;
    private bool _completed;
    private bool _isBusy;

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

    /// <summary>
    /// Adds one; false where it is full, or takes no more. What the service asks for itself, one at a time, takes nobody's
    /// place.
    /// </summary>
    public bool TryAdd(T item, bool takesPlace = true)
    {
        lock (_items)
        {
            if (_completed || (takesPlace && _places == 0))
            {
                return false;
            }
            _places -= takesPlace ? 1 : 0;
            _items.Enqueue((item, takesPlace));
            if (!_isBusy)
            {
                Monitor.Pulse(_items);
            }
            return true;
        }
    }

    /// <summary>Takes one where one waits.</summary>
    public bool TryTake(out T item)
    {
        lock (_items)
        {
            var taken = _items.TryDequeue(out var first);
            (item, _places) = (first.Item, _places + (first.TakesPlace ? 1 : 0));
            return taken;
        }
    }

    /// <summary>Shows the next where one waits; for the one who takes.</summary>
    public bool TryPeek(out T item)
    {
        lock (_items)
        {
            var waits = _items.TryPeek(out var first);
            item = first.Item;
            return waits;
        }
    }

    /// <summary>
    /// Adds one and takes the turn; false where another waits or has the turn, or there is no place. <see cref="End"/>
    /// gives the turn back.
    /// </summary>
    public bool TryAddAndBegin(T item)
    {
        lock (_items)
        {
            if (_completed || _isBusy || _items.Count > 0 || _places == 0)
            {
                return false;
            }
            _places--;
            _items.Enqueue((item, true));
            return _isBusy = true;
        }
    }

    /// <summary>Waits until something is there, and takes the turn; false when it takes no more and is empty.</summary>
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

    /// <summary>Gives the turn back.</summary>
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
