using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Security.Audit;

namespace VoteTracker.Security;

/// <summary>
/// The sessions of browsers that signed in with a key. A session lasts 30 days, and ends earlier when its key expires or is
/// revoked. Lookups are cached for a second, as those of keys are.
/// </summary>
/// <remarks>The cookie has a random token, and the database only its hash: a copy of the database signs nobody in.</remarks>
internal sealed class PageSessions(Db db, ApiKeyStore keys, TimeProvider clock)
{
    /// <summary>How long a session lasts.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>How many sessions a key has. A new one ends the oldest.</summary>
    public const int MaxPerKey = 20;

    private static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(1);
    private const int MaxCached = 10_000;

    private readonly ConcurrentDictionary<string, CachedSession> _cache = new(StringComparer.Ordinal);
    private int _epoch;

    /// <summary>Begins a session of the holder of this key.</summary>
    public async Task<SignInResult> SignIn(string key)
    {
        key = key.Trim();
        if (key.Length == 0)
        {
            return SignInResult.Rejected(SignInFault.NoKey);
        }
        if (!Settings.KeyText().IsMatch(key) || await keys.Find(key) is not { } caller)
        {
            return SignInResult.Rejected(SignInFault.WrongKey);
        }
        RequestScope.Set(AuditAction.SignIn, caller);
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SessionCookie.TokenBytes));
        await db.Write(write => Insert(write, ApiKey.Hash(token), ApiKey.Hash(key)));
        ClearCache();
        return SignInResult.Began(token);
    }

    /// <summary>The caller of a session; null if it is unknown, has ended, or its key is no longer valid.</summary>
    public async ValueTask<Caller?> Find(string token)
    {
        var hash = ApiKey.Hash(token);
        var now = clock.Moment();
        var epoch = Volatile.Read(ref _epoch);
        if (!_cache.TryGetValue(hash, out var found) || now - found.At > CacheTime || found.Epoch != epoch)
        {
            found = new CachedSession(await Load(hash), now, epoch);
            if (_cache.Count >= MaxCached)
            {
                _cache.Clear();
            }
            // Random tokens must not fill the cache.
            if (found.Row is not null)
            {
                _cache[hash] = found;
            }
        }
        return found.Row is { } row && now < row.ExpiresAt ? await keys.FindByHash(row.KeyHash) : null;
    }

    /// <summary>Ends a session.</summary>
    public async Task SignOut(string token)
    {
        var hash = ApiKey.Hash(token);
        RequestScope.Set(AuditAction.SignOut, await Find(token));
        await db.Write(async write =>
            write.CountChanged(
                await write.Connection.ExecuteAsync("DELETE FROM page_session WHERE token_hash = @hash", new { hash })
            )
        );
        ClearCache();
    }

    /// <summary>Deletes the sessions that have expired.</summary>
    public async Task DeleteExpired(DateTimeOffset now)
    {
        var expired = await db.Read(connection =>
            connection.ExecuteScalarAsync<string?>(
                "SELECT token_hash FROM page_session WHERE expires_at <= @now LIMIT 1",
                new { now }
            )
        );
        if (expired is not null)
        {
            await db.WriteBookkeeping(write =>
                write.Connection.ExecuteAsync("DELETE FROM page_session WHERE expires_at <= @now", new { now })
            );
        }
    }

    // A lookup that began before must not be used after it.
    private void ClearCache()
    {
        Interlocked.Increment(ref _epoch);
        _cache.Clear();
    }

    private static async Task<int> Insert(Write write, string hash, string keyHash)
    {
        await write.Connection.ExecuteAsync(
            """
            DELETE FROM page_session
            WHERE key_hash = @keyHash AND token_hash NOT IN (
                SELECT token_hash
                FROM page_session
                WHERE key_hash = @keyHash
                ORDER BY created_at DESC, token_hash
                LIMIT @others
            )
            """,
            new { keyHash, others = MaxPerKey - 1 }
        );
        return await write.Connection.ExecuteAsync(
            """
            INSERT INTO page_session (token_hash, key_hash, created_at, expires_at)
            VALUES (@hash, @keyHash, @Now, @expiresAt)
            """,
            new
            {
                hash,
                keyHash,
                write.Now,
                expiresAt = write.Now + Lifetime,
            }
        );
    }

    private Task<Row?> Load(string hash) =>
        db.Read(connection =>
            connection.QuerySingleOrDefaultAsync<Row>(
                "SELECT key_hash, expires_at FROM page_session WHERE token_hash = @hash",
                new { hash }
            )
        );

    private sealed record CachedSession(Row? Row, DateTimeOffset At, int Epoch);

    private sealed record Row
    {
        public string KeyHash { get; init; } = "";
        public DateTimeOffset ExpiresAt { get; init; }
    }
}
