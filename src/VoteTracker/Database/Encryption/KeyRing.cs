using System.Data.Common;
using System.Xml.Linq;
using Dapper;
using VoteTracker.Database.Audit;

namespace VoteTracker.Database.Encryption;

/// <summary>
/// The keys of a database, stored in its table `protection_key` and protected by <see cref="RingProtection"/>. The first key
/// is created by the first write of a personal text.
/// </summary>
internal sealed class KeyRing(IEngine engine, Writer writer, RingProtection protection, TimeProvider clock)
    : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    private static readonly TimeSpan Overlap = TimeSpan.FromDays(14);

    private readonly SemaphoreSlim _loading = new(1);

    /// <summary>How the keys are protected. `VoteTracker doctor` and the commands report it.</summary>
    public RingProtection Protection => protection;

    /// <summary>Whether the database has keys.</summary>
    public async Task<bool> HasKeys() => await HasTable() && (await List()).Count > 0;

    /// <summary>
    /// Opens the stored keys at the start. A <see cref="SettingException"/> if they cannot be opened. Keys that other settings
    /// protect are protected by the current ones from now on.
    /// </summary>
    public async Task Check()
    {
        protection.Check();
        var rows = await List();
        var other = new List<(StoredKey Row, XElement Key)>();
        foreach (var row in rows)
        {
            var key = protection.Open(row.ProtectedBy, row.Value);
            if (row.ProtectedBy != protection.Name)
            {
                other.Add((row, key));
            }
        }
        if (other.Count > 0)
        {
            await Replace(other);
        }
    }

    /// <summary>Loads the keys, unless another caller has loaded newer ones. The first call creates the first key.</summary>
    public async Task Load(LoadedKeys? used)
    {
        await _loading.WaitAsync();
        try
        {
            if (ReferenceEquals(engine.Texts.Keys, used))
            {
                var rows = await List();
                if (rows.Count == 0)
                {
                    var now = clock.GetUtcNow();
                    await Insert(LoadedKeys.Create(now, now + Lifetime), now, now + Lifetime);
                    rows = await List();
                }
                engine.Texts.Keys = Open(rows);
            }
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>Creates the next key if the last one expires soon. Old keys stay, because they decrypt older texts.</summary>
    public async Task Rotate()
    {
        var rows = await List();
        var now = clock.GetUtcNow();
        if (rows.Count > 0 && rows[^1].ExpiresAt <= now + Overlap)
        {
            await Insert(LoadedKeys.Create(now, now + Lifetime), now, now + Lifetime);
            engine.Texts.Keys = Open(await List());
        }
    }

    /// <summary>Copies the keys of another database, before its texts are copied.</summary>
    public async Task CopyFrom(KeyRing source)
    {
        foreach (var row in await source.HasTable() ? await source.List() : [])
        {
            var key = new RingKey(row.Id, source.Protection.Open(row.ProtectedBy, row.Value), row.TextKey);
            await Insert(key, row.CreatedAt, row.ExpiresAt);
        }
    }

    public void Dispose() => _loading.Dispose();

    private LoadedKeys Open(IEnumerable<StoredKey> rows) =>
        LoadedKeys.Open([
            .. rows.Select(row => new RingKey(row.Id, protection.Open(row.ProtectedBy, row.Value), row.TextKey)),
        ]);

    // A command can open a database of an earlier release.
    private Task<bool> HasTable() =>
        engine.Read(connection =>
            Task.FromResult(engine.Tables(connection).Any(table => table.Name == "protection_key"))
        );

    private async Task<List<StoredKey>> List() =>
        (
            await engine.Read(connection =>
                connection.QueryAsync<StoredKey>(
                    "SELECT id, protected_by, value, text_key, created_at, expires_at FROM protection_key ORDER BY created_at, id"
                )
            )
        ).ToList();

    private Task Insert(RingKey key, DateTimeOffset createdAt, DateTimeOffset expiresAt)
    {
        var value = protection.Seal(key.Xml);
        var row = new StoredKey
        {
            Id = key.Id,
            ProtectedBy = protection.Name,
            Value = value,
            TextKey = key.TextKey,
            CreatedAt = createdAt,
            ExpiresAt = expiresAt,
        };
        return writer.Enqueue(
            write =>
                write.Connection.ExecuteAsync(
                    """
                    INSERT INTO protection_key (id, protected_by, value, text_key, created_at, expires_at)
                    VALUES (@Id, @ProtectedBy, @Value, @TextKey, @CreatedAt, @ExpiresAt)
                    ON CONFLICT (id) DO NOTHING
                    """,
                    row
                ),
            UnauditedScope.Instance
        );
    }

    private Task Replace(List<(StoredKey Row, XElement Key)> keys)
    {
        var rows = keys.Select(k => k.Row with { Value = protection.Seal(k.Key), ProtectedBy = protection.Name })
            .ToList();
        return writer.Enqueue(
            async write =>
            {
                write.OverwriteDeleted();
                write.EraseLog();
                foreach (var row in rows)
                {
                    await write.Connection.ExecuteAsync(
                        "UPDATE protection_key SET protected_by = @ProtectedBy, value = @Value WHERE id = @Id",
                        row
                    );
                }
                return true;
            },
            UnauditedScope.Instance
        );
    }

    private sealed record StoredKey
    {
        public string Id { get; init; } = "";
        public string ProtectedBy { get; init; } = "";
        public string Value { get; init; } = "";
        public string TextKey { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset ExpiresAt { get; init; }
    }
}
