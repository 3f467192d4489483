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

    /// <summary>
    /// The newest committed state, or null: there is no such resolution. Who has seen a newer version than is known here,
    /// at another replica, has it counted anew.
    /// </summary>
    public ValueTask<Snapshot?> Get(string id, long seen = 0)
    {
        var slot = Place(id);
        if (slot.Current is { } snapshot && IsFresh(slot, snapshot))
        {
            if (snapshot.Tally.Version >= seen)
            {
                return new ValueTask<Snapshot?>(snapshot);
            }
            slot.Signal();
        }
        return new ValueTask<Snapshot?>(CountAnew(id, slot));
    }

    /// <summary>How long ago the database was last heard of; null while it is. What is answered may be that old.</summary>
    public TimeSpan? Age => _db.DeafFor;

    /// <summary>Somebody who waits for changes of a resolution that is there. Join before reading what stands, or a change is missed.</summary>
    public Waiter Join(string id)
    {
        while (true)
        {
            if (Place(id).Join() is { } waiter)
            {
                return waiter;
            }
        }
    }

    /// <summary>Somebody who waits for changes of any resolution.</summary>
    public Waiter Join() => _any.Join();

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
            slot.Waiters.Wake();
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
                _ = Tell(id, Place(id));
            }
        }
    }

    // Counted before they are woken: thousands who ask at once for one count would wait for each other.
    private async Task Tell(string id, Slot slot)
    {
        if (!slot.BeginsTelling())
        {
            return;
        }
        int told;
        do
        {
            told = slot.ToTell;
            // A count that fails is met by each of them, who asks for it again.
            await ((Task)Get(id).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            slot.Waiters.Wake();
            _any.Wake();
        } while (slot.HasMoreToTell(told));
    }

    private Slot Place(string id) => _slots.GetOrAdd(id, static (id, live) => new Slot(id, live.Count), this);

    private async Task<Snapshot?> CountAnew(string id, Slot slot)
    {
        var snapshot = await slot.Count();
        if (snapshot is null)
        {
            // Whatever ids are asked for: only those of resolutions are kept.
            slot.ForgetIfNeverThere(() => _slots.TryRemove(KeyValuePair.Create(id, slot)));
        }
        return snapshot;
    }

    private async Task<Snapshot?> Count(string id, long generation) =>
        await _db.Read(connection => Recount.Now(connection, _facts, id, _clock.Moment())) is { } counted
            ? new Snapshot(counted, generation)
            : null;
}
