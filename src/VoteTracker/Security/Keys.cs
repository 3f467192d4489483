using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Voting;

namespace VoteTracker.Security;

/// <summary>Finds the holder of a key; what it found is believed for a second, so a revocation is felt within one.</summary>
internal sealed class Keys(Db db, Settings settings, TimeProvider clock)
{
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UseIsNoted = TimeSpan.FromMinutes(1);
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<string, Remembered> _remembered = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Hash, int Epoch), Lazy<Task<Remembered>>> _looking = new();
    private int _epoch;
    private readonly byte[]? _adminKeyHash = settings.AdminKey is { } key ? ApiKey.HashBytes(key) : null;
    private readonly Caller _admin = new(Role.Admin, Caller.LabelOfSettings, null);

    /// <summary>The caller that holds this key, or null: unknown, expired or revoked.</summary>
    public ValueTask<Caller?> Find(string key)
    {
        var hash = ApiKey.HashBytes(key);
        return _adminKeyHash is not null && CryptographicOperations.FixedTimeEquals(hash, _adminKeyHash)
            ? new ValueTask<Caller?>(_admin)
            : FindByHash(Convert.ToHexStringLower(hash));
    }

    /// <summary>Whether a caller that came in some time ago could still come in: its key has not expired and is not revoked.</summary>
    public async ValueTask<bool> StillHolds(Caller caller) =>
        caller.KeyHash is null || await FindByHash(caller.KeyHash) is not null;

    /// <summary>Forgets what it believes, after a key was made or revoked here.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _epoch);
        _remembered.Clear();
    }

    private async ValueTask<Caller?> FindByHash(string hash)
    {
        var now = clock.Moment();
        if (
            !_remembered.TryGetValue(hash, out var found)
            || now - found.At > Believed
            || found.Epoch != Volatile.Read(ref _epoch)
        )
        {
            found = await LookOnce(hash, now);
        }
        if (found.Row is not { RevokedAt: null } row || row.ExpiresAt <= now)
        {
            return null;
        }
        if (row.LastUsedAt is null || now - row.LastUsedAt > UseIsNoted)
        {
            // One of those who ask at that moment notes it, for all of them.
            if (_remembered.TryUpdate(hash, found with { Row = row with { LastUsedAt = now } }, found))
            {
                await NoteUse(row.Id, now);
            }
        }
        return row.Caller;
    }

    // Once for all who ask at that moment: a thousand listeners of one key are woken by the same commit. What was read
    // before a key was revoked must not be believed after it, nor shared with who asks after it.
    private Task<Remembered> LookOnce(string hash, DateTimeOffset now)
    {
        var asked = (hash, Volatile.Read(ref _epoch));
        return _looking
            .GetOrAdd(
                asked,
                static (asked, arg) => new(() => Task.Run(() => arg.Keys.LookAndRemember(asked, arg.Now))),
                (Keys: this, Now: now)
            )
            .Value;
    }

    private async Task<Remembered> LookAndRemember((string Hash, int Epoch) asked, DateTimeOffset now)
    {
        try
        {
            var found = new Remembered(await Look(asked.Hash), now, asked.Epoch);
            if (_remembered.Count >= MostRemembered)
            {
                _remembered.Clear();
            }
            return found.Row is null ? found : _remembered.AddOrUpdate(asked.Hash, found, WithLastUse);
        }
        finally
        {
            _looking.TryRemove(asked, out _);
        }
    }

    // A use that is being written is not in the database yet. A second lookup must not forget it, or it is written twice.
    private static Remembered WithLastUse(string _, Remembered old, Remembered found) =>
        old.Row?.LastUsedAt > found.Row!.LastUsedAt || (old.Row?.LastUsedAt is not null && found.Row.LastUsedAt is null)
            ? found with
            {
                Row = found.Row with { LastUsedAt = old.Row.LastUsedAt },
            }
            : found;

    private Task<Row?> Look(string hash) =>
        db.Read(async connection =>
        {
            var row = await connection.QuerySingleOrDefaultAsync<Row>(
                """
                SELECT id, label, role, hash, expires_at, revoked_at, last_used_at
                FROM api_key
                WHERE lookup = @lookup
                """,
                new { lookup = ApiKey.Lookup(hash) }
            );
            return row is not null && ApiKey.SameHash(row.Hash, hash) ? row : null;
        });

    // A key works while the disk does not: the note is worth less than the answer.
    private async Task NoteUse(string id, DateTimeOffset now)
    {
        try
        {
            await db.Write(async write =>
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

    private sealed record Remembered(Row? Row, DateTimeOffset At, int Epoch);

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string Label { get; init; } = "";
        public string Role { get; init; } = "";
        public string Hash { get; init; } = "";
        public DateTimeOffset? ExpiresAt { get; init; }
        public DateTimeOffset? RevokedAt { get; init; }
        public DateTimeOffset? LastUsedAt { get; init; }

        public Caller Caller => new(Words<Role>.Parse(Role), Label, Id) { KeyHash = Hash };
    }
}
