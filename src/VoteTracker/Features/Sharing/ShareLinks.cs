using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using VoteTracker.Database;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Sharing;

/// <summary>
/// Finds the share link of a secret. A lookup is cached for a second, and until the next commit of any resolution here or at
/// another replica. So a revocation takes effect at once, and ends the open streams.
/// </summary>
internal sealed class ShareLinks : IDisposable
{
    private static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(1);
    private const int MaxCached = 10_000;

    private readonly ConcurrentDictionary<string, CachedLink> _cache = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Hash, int Epoch), Lazy<Task<CachedLink>>> _lookups = new();

    // What a link shows is released with the snapshot.
    private readonly ConditionalWeakTable<TallySnapshot, TallySnapshot?[]> _shown = [];
    private readonly Lock _lock = new();
    private Task<ValidLookups>? _lookupsOfAll;
    private readonly Db _db;
    private readonly CommitFeed _commits;
    private readonly TallyCache _live;
    private readonly TimeProvider _clock;
    private int _epoch;

    public ShareLinks(Db db, CommitFeed commits, TallyCache live, TimeProvider clock)
    {
        (_db, _commits, _live, _clock) = (db, commits, live, clock);
        _commits.Committed += OnCommitted;
    }

    /// <summary>The valid link with this secret; null if it is unknown, expired or revoked.</summary>
    public async ValueTask<ShareLink?> Find(string secret)
    {
        if (!ShareSecret.IsWellFormed(secret))
        {
            return null;
        }
        var hash = ApiKey.Hash(secret);
        var now = _clock.Moment();
        var epoch = Volatile.Read(ref _epoch);
        if (!_cache.TryGetValue(hash, out var found) || now - found.At > CacheTime || found.Epoch != epoch)
        {
            found = await _lookups
                .GetOrAdd(
                    (hash, epoch),
                    static (lookup, arg) => new(() => Task.Run(() => arg.Links.Load(lookup, arg.Now))),
                    (Links: this, Now: now)
                )
                .Value;
        }
        return found.Row is { } row && row.IsValid(now) ? row.Link : null;
    }

    /// <summary>
    /// Whether a link may have this secret. All calls of a second together read the database once, so guesses cost nothing.
    /// A link that is newer than this second may be missing.
    /// </summary>
    public async ValueTask<bool> MayExist(string secret)
    {
        if (!ShareSecret.IsWellFormed(secret))
        {
            return false;
        }
        var hash = ApiKey.Hash(secret);
        return _cache.ContainsKey(hash) || (await LoadLookups()).All.Contains(ApiKey.Lookup(hash));
    }

    /// <summary>The newest snapshot of the resolution of a link, as the link shows it; null if the resolution was deleted.</summary>
    /// <param name="link">The link.</param>
    /// <param name="seen">The newest version that the client names.</param>
    public async ValueTask<TallySnapshot?> Show(ShareLink link, long seen)
    {
        if (await _live.Get(link.Resolution, seen) is not { } snapshot)
        {
            return null;
        }
        var shown = _shown.GetValue(snapshot, static _ => new TallySnapshot?[Enum.GetValues<ShareScope>().Length]);
        return Volatile.Read(ref shown[(int)link.Scope])
            ?? Interlocked.CompareExchange(ref shown[(int)link.Scope], Restrict(snapshot, link.Scope), null)
            ?? shown[(int)link.Scope];
    }

    public void Dispose() => _commits.Committed -= OnCommitted;

    // The public sees of it what the link shows.
    private static TallySnapshot Restrict(TallySnapshot snapshot, ShareScope scope) =>
        new(snapshot.Standings with { Visibility = scope.ToVisibility() }, snapshot.Generation);

    // A revocation is a commit of the resolution. Streams are woken after the cache is cleared.
    private void OnCommitted(IReadOnlyCollection<string> changed)
    {
        if (changed.Count == 0)
        {
            return;
        }
        Interlocked.Increment(ref _epoch);
        _cache.Clear();
        foreach (var id in changed)
        {
            _live.Wake(id);
        }
    }

    // One lookup for all concurrent requests: a commit can wake a thousand listeners with the same link.
    private async Task<CachedLink> Load((string Hash, int Epoch) lookup, DateTimeOffset now)
    {
        try
        {
            var row = await _db.Read(connection => ShareLinkStore.FindByHash(connection, lookup.Hash));
            var found = new CachedLink(row, now, lookup.Epoch);
            if (_cache.Count >= MaxCached)
            {
                _cache.Clear();
            }
            // Guesses must not fill the cache.
            if (row is not null)
            {
                _cache[lookup.Hash] = found;
            }
            return found;
        }
        finally
        {
            _lookups.TryRemove(lookup, out _);
        }
    }

    private Task<ValidLookups> LoadLookups()
    {
        var now = _clock.Moment();
        lock (_lock)
        {
            if (_lookupsOfAll is not { } loaded || loaded.IsCompleted && !IsFresh(loaded, now))
            {
                _lookupsOfAll = Task.Run(async () =>
                {
                    var all = await _db.Read(connection => ShareLinkStore.ListLookups(connection, now));
                    return new ValidLookups(all.ToHashSet(StringComparer.Ordinal), now);
                });
            }
            return _lookupsOfAll;
        }
    }

    private static bool IsFresh(Task<ValidLookups> loaded, DateTimeOffset now) =>
        loaded.IsCompletedSuccessfully && now - loaded.Result.At <= CacheTime;

    private sealed record ValidLookups(HashSet<string> All, DateTimeOffset At);

    private sealed record CachedLink(ShareLinkRow? Row, DateTimeOffset At, int Epoch);
}
