using System.Collections.Concurrent;
using VoteTracker.Database;

namespace VoteTracker.Live;

/// <summary>
/// Caches the snapshot of every resolution, with its representations and forecasts. A commit marks a snapshot as outdated.
/// The next request loads it from SQL, once for all concurrent requests. Counts are never updated in place.
/// </summary>
internal sealed class TallyCache : IDisposable
{
    private readonly ConcurrentDictionary<string, TallySlot> _slots = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _lastCommits = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _loads = new(StringComparer.Ordinal);
    private readonly Listeners _listenersOfAll = new();
    private readonly Db _db;
    private readonly CommitFeed _commits;
    private readonly ReferenceData _referenceData;
    private readonly TimeProvider _clock;
    private long _commitNumber;
    private long _allCommits;

    public TallyCache(Db db, CommitFeed commits, ReferenceData referenceData, TimeProvider clock)
    {
        (_db, _commits, _referenceData, _clock) = (db, commits, referenceData, clock);
        _commits.Committed += OnCommitted;
    }

    /// <summary>
    /// The snapshot of the newest committed state; null if the resolution does not exist. If the client has seen a newer
    /// version at another replica, the state is loaded again.
    /// </summary>
    public ValueTask<TallySnapshot?> Get(string id, long seen = 0)
    {
        var slot = GetSlot(id);
        if (slot.Current is { } snapshot && IsCurrent(slot, snapshot))
        {
            if (snapshot.Tally.Version >= seen)
            {
                return new ValueTask<TallySnapshot?>(snapshot);
            }
            slot.MarkChanged();
        }
        return new ValueTask<TallySnapshot?>(Refresh(id, slot));
    }

    /// <summary>The possible age of snapshots, while commits of other replicas are not received; otherwise null.</summary>
    public TimeSpan? Age => _commits.DisconnectedFor;

    /// <summary>How long the oldest running load of a tally has been running; zero if none is.</summary>
    public TimeSpan LongestLoad =>
        _loads.Values.Select(began => _clock.GetElapsedTime(began)).DefaultIfEmpty(TimeSpan.Zero).Max();

    /// <summary>The number of listeners, to one resolution and to all.</summary>
    public int CountListeners() => _listenersOfAll.Count + _slots.Values.Sum(slot => slot.Listeners.Count);

    /// <summary>Adds a listener to a resolution that exists. Subscribe before reading the snapshot, or a change is missed.</summary>
    public Listener Subscribe(string id)
    {
        while (true)
        {
            if (GetSlot(id).Subscribe() is { } listener)
            {
                return listener;
            }
        }
    }

    /// <summary>Adds a listener to all resolutions.</summary>
    public Listener Subscribe() => _listenersOfAll.Add();

    /// <summary>The number of commits that changed resolutions since the start.</summary>
    public long CommitNumber => Volatile.Read(ref _commitNumber);

    /// <summary>
    /// The number of all commits since the start, also of those that changed no resolution: an import can add roll calls of
    /// new resolutions only.
    /// </summary>
    public long AllCommits => Volatile.Read(ref _allCommits);

    /// <summary>Lists the resolutions that changed after a commit, and the number of the last commit.</summary>
    public (long CommitNumber, IReadOnlyList<string> Ids) ListChangedSince(long commitNumber)
    {
        var now = CommitNumber;
        return (now, [.. _lastCommits.Where(c => c.Value > commitNumber).Select(c => c.Key)]);
    }

    /// <summary>Wakes the listeners of a resolution without a change, so that they check their rights again.</summary>
    public void Wake(string id)
    {
        if (id == Write.Everything)
        {
            WakeAll();
        }
        else if (_slots.TryGetValue(id, out var slot))
        {
            slot.Listeners.Wake();
        }
    }

    /// <summary>Wakes all listeners without a change: for heartbeats, for dates, and when the service stops.</summary>
    public void WakeAll()
    {
        foreach (var slot in _slots.Values)
        {
            slot.Listeners.Wake();
        }
        _listenersOfAll.Wake();
    }

    public void Dispose() => _commits.Committed -= OnCommitted;

    private bool IsCurrent(TallySlot slot, TallySnapshot snapshot) =>
        snapshot.Generation == slot.Generation && _clock.GetUtcNow() < snapshot.ExpiresAt;

    private void OnCommitted(IReadOnlyCollection<string> changed)
    {
        Interlocked.Increment(ref _allCommits);
        if (changed.Count == 0)
        {
            return;
        }
        if (changed.Contains(Write.Everything))
        {
            changed = [.. _slots.Keys];
        }
        // The writer and the feed of foreign commits can call this concurrently.
        lock (_lastCommits)
        {
            var number = _commitNumber + 1;
            foreach (var id in changed)
            {
                _lastCommits[id] = number;
                if (_slots.TryGetValue(id, out var slot))
                {
                    slot.MarkChanged();
                }
            }
            Volatile.Write(ref _commitNumber, number);
        }
        foreach (var id in changed)
        {
            if (_listenersOfAll.Any || (_slots.TryGetValue(id, out var slot) && slot.Listeners.Any))
            {
                _ = NotifyListeners(id, GetSlot(id));
            }
        }
    }

    // The snapshot is loaded before listeners are woken. Otherwise thousands of them would wait for each other's load.
    private async Task NotifyListeners(string id, TallySlot slot)
    {
        if (!slot.TryBeginNotifying())
        {
            return;
        }
        int sent;
        do
        {
            sent = slot.PendingNotifications;
            // If the load fails, each listener loads again and handles the failure.
            await ((Task)Get(id).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            slot.Listeners.Wake();
            _listenersOfAll.Wake();
        } while (slot.HasMoreNotifications(sent));
    }

    private TallySlot GetSlot(string id) =>
        _slots.GetOrAdd(id, static (id, cache) => new TallySlot(id, cache.Load), this);

    private async Task<TallySnapshot?> Refresh(string id, TallySlot slot)
    {
        var snapshot = await slot.Refresh();
        if (snapshot is null)
        {
            // Clients can request any id, so only slots of existing resolutions stay.
            slot.RemoveIfNeverExisted(() => _slots.TryRemove(KeyValuePair.Create(id, slot)));
        }
        return snapshot;
    }

    // A slot runs one load at a time. A slot that was removed may still run one, so the key is not always unique.
    private async Task<TallySnapshot?> Load(string id, long generation)
    {
        _loads[id] = _clock.GetTimestamp();
        try
        {
            return
                await _db.Read(connection => StateReader.LoadNow(connection, _referenceData, id, _clock.Moment()))
                    is { } standings
                ? new TallySnapshot(standings, generation)
                : null;
        }
        finally
        {
            _loads.TryRemove(id, out _);
        }
    }
}
