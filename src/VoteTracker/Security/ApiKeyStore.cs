using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Security;

/// <summary>Finds the holder of a key. A lookup is cached for a second, so a revocation takes effect within one.</summary>
internal sealed class ApiKeyStore(Db db, Settings settings, TimeProvider clock)
{
    private static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UseInterval = TimeSpan.FromMinutes(1);
    private const int MaxCached = 10_000;

    private readonly ConcurrentDictionary<string, CachedKey> _cache = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Hash, int Epoch), Lazy<Task<CachedKey>>> _lookups = new();
    private int _epoch;
    private readonly byte[]? _adminKeyHash = settings.AdminKey is { } key ? ApiKey.HashBytes(key) : null;
    private readonly Caller _admin = new(KeyRole.Admin, Caller.LabelOfSettings, null);

    /// <summary>The caller that holds this key, or null: unknown, expired or revoked.</summary>
    public ValueTask<Caller?> Find(string key)
    {
        var hash = ApiKey.HashBytes(key);
        return _adminKeyHash is not null && CryptographicOperations.FixedTimeEquals(hash, _adminKeyHash)
            ? new ValueTask<Caller?>(_admin)
            : FindStored(Convert.ToHexStringLower(hash));
    }

    /// <summary>When a key expired that was rejected; null if it is unknown or was revoked.</summary>
    public async ValueTask<DateTimeOffset?> FindExpiry(string key) =>
        await db.Read(connection => LoadByHash(connection, ApiKey.Hash(key))) is { RevokedAt: null } row
        && row.ExpiresAt <= clock.Moment()
            ? row.ExpiresAt
            : null;

    /// <summary>Whether the key of an earlier request is still valid: it has not expired and is not revoked.</summary>
    public async ValueTask<bool> IsStillValid(Caller caller) =>
        caller.KeyHash is null || await FindStored(caller.KeyHash) is not null;

    /// <summary>Clears the cache, after this process created or revoked a key.</summary>
    public void ClearCache()
    {
        Interlocked.Increment(ref _epoch);
        _cache.Clear();
    }

    /// <summary>The caller that holds the key with this hash, or null: unknown, expired or revoked.</summary>
    public ValueTask<Caller?> FindByHash(string hash) =>
        _adminKeyHash is not null && ApiKey.SameHash(hash, Convert.ToHexStringLower(_adminKeyHash))
            ? new ValueTask<Caller?>(_admin)
            : FindStored(hash);

    private async ValueTask<Caller?> FindStored(string hash)
    {
        var now = clock.Moment();
        if (
            !_cache.TryGetValue(hash, out var found)
            || now - found.At > CacheTime
            || found.Epoch != Volatile.Read(ref _epoch)
        )
        {
            found = await LoadOnce(hash, now);
        }
        if (found.Row is not { RevokedAt: null } row || row.ExpiresAt <= now)
        {
            return null;
        }
        if (row.LastUsedAt is null || now - row.LastUsedAt > UseInterval)
        {
            // One of the concurrent requests records the use for all of them.
            if (_cache.TryUpdate(hash, found with { Row = row with { LastUsedAt = now } }, found))
            {
                await RecordUse(row.Id, now);
            }
        }
        return row.Caller;
    }

    // One lookup for all concurrent requests: a commit can wake a thousand listeners with the same key. A lookup that
    // began before a revocation must not be cached or shared after it.
    private Task<CachedKey> LoadOnce(string hash, DateTimeOffset now)
    {
        var lookup = (hash, Volatile.Read(ref _epoch));
        return _lookups
            .GetOrAdd(
                lookup,
                static (lookup, arg) => new(() => Task.Run(() => arg.Keys.LoadAndCache(lookup, arg.Now))),
                (Keys: this, Now: now)
            )
            .Value;
    }

    private async Task<CachedKey> LoadAndCache((string Hash, int Epoch) lookup, DateTimeOffset now)
    {
        try
        {
            var row = await db.Read(connection => LoadByHash(connection, lookup.Hash));
            var found = new CachedKey(row, now, lookup.Epoch);
            if (_cache.Count >= MaxCached)
            {
                _cache.Clear();
            }
            return found.Row is null
                ? found
                : _cache.AddOrUpdate(lookup.Hash, static (_, found) => found, WithLastUse, found);
        }
        finally
        {
            _lookups.TryRemove(lookup, out _);
        }
    }

    // The database does not have a use that is being written. Without this, a second lookup would write it again.
    private static CachedKey WithLastUse(string _, CachedKey old, CachedKey found) =>
        old.Row?.LastUsedAt > found.Row!.LastUsedAt || (old.Row?.LastUsedAt is not null && found.Row.LastUsedAt is null)
            ? found with
            {
                Row = found.Row with { LastUsedAt = old.Row.LastUsedAt },
            }
            : found;

    private static async Task<Row?> LoadByHash(DbConnection connection, string hash)
    {
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            """
            SELECT id, label, role, hash, expires_at, revoked_at, last_used_at, scope, subject
            FROM api_key
            WHERE lookup = @lookup
            """,
            new { lookup = ApiKey.Lookup(hash) }
        );
        if (row is null || !ApiKey.SameHash(row.Hash, hash))
        {
            return null;
        }
        var scope = await KeyScope.Load(connection, row.Scope);
        return row with
        {
            Caller = new Caller(EnumWord<KeyRole>.Parse(row.Role), row.Label, row.Id)
            {
                KeyHash = row.Hash,
                Scope = scope,
                IsPerson = row.Subject is not null,
            },
        };
    }

    // A key works although the disk does not: the response matters more than the time of use.
    private async Task RecordUse(string id, DateTimeOffset now)
    {
        try
        {
            await db.WriteBookkeeping(async write =>
                await write.Connection.ExecuteAsync(
                    "UPDATE api_key SET last_used_at = @now WHERE id = @id",
                    new { id, now }
                )
            );
        }
        catch (WriteUnavailableException)
        {
            return;
        }
    }

    private sealed record CachedKey(Row? Row, DateTimeOffset At, int Epoch);

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string Label { get; init; } = "";
        public string Role { get; init; } = "";
        public string Hash { get; init; } = "";
        public DateTimeOffset? ExpiresAt { get; init; }
        public DateTimeOffset? RevokedAt { get; init; }
        public DateTimeOffset? LastUsedAt { get; init; }

        public string? Scope { get; init; }
        public string? Subject { get; init; }
        public Caller Caller { get; init; } = Caller.Anonymous;
    }
}
