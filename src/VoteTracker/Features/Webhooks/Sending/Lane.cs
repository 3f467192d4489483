namespace VoteTracker.Features.Webhooks.Sending;

/// <summary>
/// The pending deliveries of one webhook and one resolution, which are sent one after the other. Only the first ones are in
/// memory. The loop of the sender is the only user.
/// </summary>
internal sealed class Lane(string key)
{
    private const int MostInMemory = 1_000;

    private readonly Queue<PendingDelivery> _waiting = new();
    private PendingDelivery? _first;
    private long _loadedTo;

    /// <summary>The resolution, or an empty text.</summary>
    public string Key => key;

    /// <summary>Whether an attempt is running.</summary>
    public bool IsSending { get; private set; }

    /// <summary>Whether the database has more deliveries than the memory.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Whether deliveries must be loaded before the next attempt.</summary>
    public bool NeedsLoad => HasMore && !IsSending && Next is null;

    /// <summary>Whether there is nothing to send.</summary>
    public bool IsEmpty => !IsSending && !HasMore && Next is null;

    /// <summary>The number of the last delivery that was loaded.</summary>
    public long LoadedTo => _loadedTo;

    /// <summary>The next delivery; null if none is in memory.</summary>
    public PendingDelivery? Next => _first ??= _waiting.TryDequeue(out var next) ? next : null;

    /// <summary>When the next attempt begins; null if there is none to begin.</summary>
    public DateTimeOffset? NextAt =>
        IsSending || Next is not { } next ? null : next.NextAttemptAt ?? DateTimeOffset.MinValue;

    /// <summary>Forgets the deliveries, which are loaded again.</summary>
    public void Reset()
    {
        _waiting.Clear();
        (_first, _loadedTo, HasMore) = (null, 0, true);
    }

    /// <summary>Adds a new delivery at the end.</summary>
    public void Add(PendingDelivery delivery)
    {
        if (HasMore || _waiting.Count >= MostInMemory)
        {
            HasMore = true;
            return;
        }
        _waiting.Enqueue(delivery);
        _loadedTo = delivery.Id;
    }

    /// <summary>Adds the page after <see cref="LoadedTo"/>.</summary>
    public void AddPage(IReadOnlyList<PendingDelivery> page)
    {
        foreach (var delivery in page)
        {
            _waiting.Enqueue(delivery);
            _loadedTo = delivery.Id;
        }
        HasMore = page.Count == PendingStore.PageSize;
    }

    /// <summary>Begins an attempt of the next delivery.</summary>
    public PendingDelivery Begin()
    {
        IsSending = true;
        return Next!;
    }

    /// <summary>Ends the attempt. A delivery that failed is attempted again before the later ones.</summary>
    public void End(Attempt attempt)
    {
        IsSending = false;
        if (_first?.Id == attempt.Delivery.Id)
        {
            _first =
                attempt.Result.IsDelivered || attempt.NextAt is null
                    ? null
                    : attempt.Delivery with
                    {
                        Tries = attempt.Delivery.Tries + 1,
                        FirstAttemptAt = attempt.Delivery.FirstAttemptAt ?? attempt.At,
                        NextAttemptAt = attempt.NextAt,
                    };
        }
    }
}
