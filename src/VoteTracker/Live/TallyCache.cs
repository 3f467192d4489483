using System.Collections.Concurrent;
using VoteTracker.Database;

namespace VoteTracker.Live;

/// <summary>
/// The tally of every resolution, kept ready. A commit says only that a resolution changed; whoever asks next has it
/// counted anew from SQL, once for all who ask at that moment. No count is ever patched.
/// </summary>
internal sealed class TallyCache : IDisposable
{
    private readonly ConcurrentDictionary<string, TallySlot> _slots = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _changedAt = new(StringComparer.Ordinal);
    private readonly Listeners _any = new();
    private readonly Db _db;
    private readonly ReferenceData _facts;
    private readonly TimeProvider _clock;
    private long _mark;

    public TallyCache(Db db, ReferenceData facts, TimeProvider clock)
    {
        (_db, _facts, _clock) = (db, facts, clock);
        _db.Committed += OnCommitted;
    }

    /// <summary>
    /// The newest committed state, or null: there is no such resolution. Who has seen a newer version than is known here,
    /// at another replica, has it counted anew.
    /// </summary>
    public ValueTask<TallySnapshot?> Get(string id, long seen = 0)
    {
        var slot = GetSlot(id);
        if (slot.Current is { } snapshot && IsFresh(slot, snapshot))
        {
            if (snapshot.Tally.Version >= seen)
            {
                return new ValueTask<TallySnapshot?>(snapshot);
            }
            slot.Signal();
        }
        return new ValueTask<TallySnapshot?>(CountAnew(id, slot));
    }

    /// <summary>How long ago the database was last heard of; null while it is. What is answered may be that old.</summary>
    public TimeSpan? Age => _db.DeafFor;

    /// <summary>Somebody who waits for changes of a resolution that is there. Join before reading what stands, or a change is missed.</summary>
    public Listener Join(string id)
    {
        while (true)
        {
            if (GetSlot(id).Join() is { } waiter)
            {
                return waiter;
            }
        }
    }

    /// <summary>Somebody who waits for changes of any resolution.</summary>
    public Listener Join() => _any.Join();

    /// <summary>How many commits have changed resolutions since the service started.</summary>
    public long CommitNumber => Volatile.Read(ref _mark);

    /// <summary>The resolutions that changed after a mark, and the mark to ask with next.</summary>
    public (long Mark, IReadOnlyList<string> Ids) ChangedSince(long mark)
    {
        var now = CommitNumber;
        return (now, [.. _changedAt.Where(c => c.Value > mark).Select(c => c.Key)]);
    }

    /// <summary>Wakes everyone who waits, changed or not: for heartbeats, dates that pass, and the end of the service.</summary>
    public void WakeAll()
    {
        foreach (var slot in _slots.Values)
        {
            slot.Waiters.Wake();
        }
        _any.Wake();
    }

    public void Dispose() => _db.Committed -= OnCommitted;

    private bool IsFresh(TallySlot slot, TallySnapshot snapshot) =>
        snapshot.Generation == slot.Generation && _clock.GetUtcNow() < snapshot.Expires;

    private void OnCommitted(IReadOnlyCollection<string> changed)
    {
        if (changed.Count == 0)
        {
            return;
        }
        if (changed.Contains(Write.Everything))
        {
            changed = [.. _slots.Keys];
        }
        // Told of by the writer, and by who looks for the commits of others.
        lock (_changedAt)
        {
            var mark = _mark + 1;
            foreach (var id in changed)
            {
                _changedAt[id] = mark;
                if (_slots.TryGetValue(id, out var slot))
                {
                    slot.Signal();
                }
            }
            Volatile.Write(ref _mark, mark);
        }
        foreach (var id in changed)
        {
            if (_any.Any || (_slots.TryGetValue(id, out var slot) && slot.Waiters.Any))
            {
                _ = NotifyListeners(id, GetSlot(id));
            }
        }
    }

    // Counted before they are woken: thousands who ask at once for one count would wait for each other.
    private async Task NotifyListeners(string id, TallySlot slot)
    {
        if (!slot.TryBeginNotifying())
        {
            return;
        }
        int told;
        do
        {
            told = slot.PendingNotifications;
            // A count that fails is met by each of them, who asks for it again.
            await ((Task)Get(id).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            slot.Waiters.Wake();
            _any.Wake();
        } while (slot.HasMoreNotifications(told));
    }

    private TallySlot GetSlot(string id) =>
        _slots.GetOrAdd(id, static (id, live) => new TallySlot(id, live.Count), this);

    private async Task<TallySnapshot?> CountAnew(string id, TallySlot slot)
    {
        var snapshot = await slot.Count();
        if (snapshot is null)
        {
            // Whatever ids are asked for: only those of resolutions are kept.
            slot.ForgetIfNeverThere(() => _slots.TryRemove(KeyValuePair.Create(id, slot)));
        }
        return snapshot;
    }

    private async Task<TallySnapshot?> Count(string id, long generation) =>
        await _db.Read(connection => StateReader.LoadNow(connection, _facts, id, _clock.Moment())) is { } counted
            ? new TallySnapshot(counted, generation)
            : null;
}
