using System.Collections.Concurrent;
using VoteTracker.Database;

namespace VoteTracker.Live;

/// <summary>
/// The tally of every resolution, kept ready. A commit says only that a resolution changed; whoever asks next has it
/// counted anew from SQL, once for all who ask at that moment. No count is ever patched.
/// </summary>
internal sealed class LiveTallies : IDisposable
{
    private readonly ConcurrentDictionary<string, Slot> _slots = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _changedAt = new(StringComparer.Ordinal);
    private readonly Waiters _any = new();
    private readonly Db _db;
    private readonly Facts _facts;
    private readonly TimeProvider _clock;
    private long _mark;

    public LiveTallies(Db db, Facts facts, TimeProvider clock)
    {
        (_db, _facts, _clock) = (db, facts, clock);
        _db.Committed += Stale;
    }

    /// <summary>The newest committed state, or null: there is no such resolution.</summary>
    public ValueTask<Snapshot?> Get(string id)
    {
        var slot = _slots.GetOrAdd(id, static _ => new Slot());
        return slot.Current is { } snapshot && IsFresh(slot, snapshot)
            ? new ValueTask<Snapshot?>(snapshot)
            : new ValueTask<Snapshot?>(Refresh(id, slot));
    }

    /// <summary>A task that ends when the resolution changes next. Take it before reading what stands, or a change is missed.</summary>
    public Task NextChange(string id) => _slots.GetOrAdd(id, static _ => new Slot()).NextChange;

    /// <summary>A task that ends when any resolution changes next.</summary>
    public Task NextChange() => _any.Next;

    /// <summary>How many commits have changed resolutions since the service started.</summary>
    public long Mark => Volatile.Read(ref _mark);

    /// <summary>The resolutions that changed after a mark, and the mark to ask with next.</summary>
    public (long Mark, IReadOnlyList<string> Ids) ChangedSince(long mark)
    {
        var now = Mark;
        return (now, [.. _changedAt.Where(c => c.Value > mark).Select(c => c.Key)]);
    }

    /// <summary>Wakes everyone who waits, changed or not: for heartbeats, dates that pass, and the end of the service.</summary>
    public void WakeAll()
    {
        foreach (var slot in _slots.Values)
        {
            slot.Wake();
        }
        _any.Wake();
    }

    public void Dispose() => _db.Committed -= Stale;

    private bool IsFresh(Slot slot, Snapshot snapshot) =>
        snapshot.Generation == slot.Generation && _clock.GetUtcNow() < snapshot.Expires;

    private void Stale(IReadOnlyCollection<string> changed)
    {
        if (changed.Count == 0)
        {
            return;
        }
        var mark = _mark + 1;
        foreach (var id in changed)
        {
            _changedAt[id] = mark;
            if (_slots.TryGetValue(id, out var slot))
            {
                slot.Signal();
                slot.Wake();
            }
        }
        Volatile.Write(ref _mark, mark);
        _any.Wake();
    }

    private Task<Snapshot?> Refresh(string id, Slot slot)
    {
        lock (slot)
        {
            if (slot.Current is { } current && IsFresh(slot, current))
            {
                return Task.FromResult<Snapshot?>(current);
            }
            var generation = slot.Generation;
            if (slot.Pending is null || slot.Pending.IsCompleted || slot.PendingGeneration != generation)
            {
                slot.PendingGeneration = generation;
                // On a thread of its own, so that the lock is not held while SQL runs.
                slot.Pending = Task.Run(() => Count(id, slot, generation));
            }
            return slot.Pending;
        }
    }

    private async Task<Snapshot?> Count(string id, Slot slot, long generation)
    {
        var counted = await _db.Read(connection => Recount.Now(connection, _facts, id, _clock.Moment()));
        if (counted is null)
        {
            _slots.TryRemove(KeyValuePair.Create(id, slot));
            slot.Wake();
            return null;
        }
        var snapshot = new Snapshot(counted, generation);
        lock (slot)
        {
            if (slot.Current is null || slot.Current.Generation <= generation)
            {
                slot.Current = snapshot;
            }
        }
        return snapshot;
    }

    private sealed class Slot
    {
        private long _generation;
        private readonly Waiters _waiters = new();

        public volatile Snapshot? Current;

        public Task<Snapshot?>? Pending;

        public long PendingGeneration;

        public long Generation => Volatile.Read(ref _generation);

        public Task NextChange => _waiters.Next;

        public void Signal() => Interlocked.Increment(ref _generation);

        public void Wake() => _waiters.Wake();
    }
}
