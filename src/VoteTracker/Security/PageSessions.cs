using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Security.Audit;

namespace VoteTracker.Security;

/// <summary>
/// The sessions of browsers that signed in with a key or with the organisation. A session has a lifetime, and ends earlier
/// when nobody uses it, or when its holder expires or is revoked. Lookups are cached for a second, as those of keys are.
/// </summary>
/// <remarks>The cookie has a random token, and the database only its hash: a copy of the database signs nobody in.</remarks>
internal sealed class PageSessions(Db db, ApiKeyStore keys, Settings settings, TimeProvider clock)
{
    /// <summary>How many sessions a key has. A new one ends the oldest.</summary>
    public const int MaxPerKey = 20;

    private static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UseInterval = TimeSpan.FromMinutes(5);
    private const int MaxCached = 10_000;

    private readonly ConcurrentDictionary<string, CachedSession> _cache = new(StringComparer.Ordinal);
    private int _epoch;

    /// <summary>How long a session lasts that began with a key.</summary>
    public TimeSpan Lifetime => TimeSpan.FromHours(settings.SessionHours);

    /// <summary>Begins a session of the holder of this key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="oldToken">The token of the browser's session before, which ends; null for none.</param>
    public async Task<SignInResult> SignIn(string key, string? oldToken = null)
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
        return SignInResult.Began(await Begin(ApiKey.Hash(key), Lifetime, oldToken));
    }

    /// <summary>Begins a session of the holder with this hash; returns its token, which is always a new one.</summary>
    public async Task<string> Begin(string keyHash, TimeSpan lifetime, string? oldToken)
    {
        RequestScope.Set(AuditAction.SignIn, await keys.FindByHash(keyHash));
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SessionCookie.TokenBytes));
        await db.Write(async write =>
        {
            if (oldToken is not null)
            {
                await Delete(write, ApiKey.Hash(oldToken));
            }
            return await Insert(write, ApiKey.Hash(token), keyHash, lifetime);
        });
        ClearCache();
        return token;
    }

    /// <summary>The caller of a session; null if it is unknown, has ended, or its key is no longer valid.</summary>
    public async ValueTask<Caller?> Find(string token)
    {
        var hash = ApiKey.Hash(token);
        var now = clock.Moment();
        var (found, caller) = await FindOpen(hash, now);
        if (
            found.Row is { } row
            && caller is not null
            && now - row.LastUse > UseInterval
            && _cache.TryUpdate(hash, found with { Row = row with { UsedAt = now } }, found)
        )
        {
            await RecordUse(hash, now);
        }
        return caller;
    }

    /// <summary>
    /// Whether the caller of a stream may still read: its key is valid, and a session with which the stream began has not
    /// ended. A stream is no use of its session.
    /// </summary>
    public async ValueTask<bool> IsStillValid(HttpContext http, Caller caller) =>
        SessionCookie.NamesCaller(http) && SessionCookie.ReadToken(http) is { } token
            ? (await FindOpen(ApiKey.Hash(token), clock.Moment())).Caller?.Role == caller.Role
            : await keys.IsStillValid(caller);

    private async ValueTask<(CachedSession Found, Caller? Caller)> FindOpen(string hash, DateTimeOffset now)
    {
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
        return found.Row is { } row && now < row.ExpiresAt && now < row.LastUse + Idle
            ? (found, await keys.FindByHash(row.KeyHash))
            : (found, null);
    }

    /// <summary>Ends a session.</summary>
    public async Task SignOut(string token)
    {
        var hash = ApiKey.Hash(token);
        RequestScope.Set(AuditAction.SignOut, await Find(token));
        await db.Write(async write => write.CountChanged(await Delete(write, hash)));
        ClearCache();
    }

    /// <summary>Deletes the sessions that have expired, or that were not used for too long.</summary>
    public async Task DeleteExpired(DateTimeOffset now)
    {
        const string Ended = "expires_at <= @now OR COALESCE(used_at, created_at) <= @idleSince";
        var ended = new { now, idleSince = now - Idle };
        var expired = await db.Read(connection =>
            connection.ExecuteScalarAsync<string?>($"SELECT token_hash FROM page_session WHERE {Ended} LIMIT 1", ended)
        );
        if (expired is not null)
        {
            await db.WriteBookkeeping(write =>
                write.Connection.ExecuteAsync($"DELETE FROM page_session WHERE {Ended}", ended)
            );
        }
    }

    // Longer than any lifetime if there is no limit.
    private TimeSpan Idle =>
        settings.SessionIdleHours == 0 ? TimeSpan.FromDays(3_650) : TimeSpan.FromHours(settings.SessionIdleHours);

    // A session works although the disk does not.
    private async Task RecordUse(string hash, DateTimeOffset now)
    {
        try
        {
            await db.WriteBookkeeping(write =>
                write.Connection.ExecuteAsync(
                    "UPDATE page_session SET used_at = @now WHERE token_hash = @hash",
                    new { hash, now }
                )
            );
        }
        catch (WriteUnavailableException)
        {
            return;
        }
    }

    private static Task<int> Delete(Write write, string hash) =>
        write.Connection.ExecuteAsync("DELETE FROM page_session WHERE token_hash = @hash", new { hash });

    // A lookup that began before must not be used after it.
    private void ClearCache()
    {
        Interlocked.Increment(ref _epoch);
        _cache.Clear();
    }

    private static async Task<int> Insert(Write write, string hash, string keyHash, TimeSpan lifetime)
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
                expiresAt = write.Now + lifetime,
            }
        );
    }

    private Task<PageSessionRow?> Load(string hash) =>
        db.Read(connection =>
            connection.QuerySingleOrDefaultAsync<PageSessionRow>(
                "SELECT key_hash, created_at, expires_at, used_at FROM page_session WHERE token_hash = @hash",
                new { hash }
            )
        );

    private sealed record CachedSession(PageSessionRow? Row, DateTimeOffset At, int Epoch);
}
