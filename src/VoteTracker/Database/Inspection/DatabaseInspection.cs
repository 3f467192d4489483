using System.Data.Common;
using System.Globalization;
using VoteTracker.Database.Encryption;

namespace VoteTracker.Database.Inspection;

/// <summary>The state of a database, read beside a service or without one. Nothing is created or changed.</summary>
internal sealed record DatabaseInspection
{
    /// <summary>The location for people: a path, or a server and a database. Never a password.</summary>
    public required string Location { get; init; }

    /// <summary>Why the database cannot be read, as a sentence; null if it can, or if there is none yet.</summary>
    public string? Fault { get; init; }

    /// <summary>The files of SQLite; null on PostgreSQL, or if the database has no files.</summary>
    public FileState? File { get; init; }

    /// <summary>The server; null on SQLite, or if it cannot be reached.</summary>
    public ServerState? Server { get; init; }

    /// <summary>The content; null if it cannot be read, or if no service has created the tables yet.</summary>
    public ContentInspection? Content { get; init; }
}

/// <summary>What the tables of a database show.</summary>
internal sealed record ContentInspection
{
    /// <summary>Why the start would reject the tables, as a sentence; null if it would not.</summary>
    public string? SchemaFault { get; init; }

    /// <summary>The number of migrations that the next start applies.</summary>
    public int PendingMigrations { get; init; }

    /// <summary>The moment of the last change of a resolution.</summary>
    public DateTimeOffset? LastChange { get; init; }

    /// <summary>Whether a key file or a certificate protects the keys of personal data.</summary>
    public bool HasProtectedKeys { get; init; }

    /// <summary>The content behind a connection; null if the tables do not exist yet.</summary>
    public static async Task<ContentInspection?> Load(DbConnection connection, bool hasTables, string migrations)
    {
        if (!hasTables)
        {
            return null;
        }
        int pending;
        try
        {
            pending = Migrator.CountPending(connection, MigrationList.Load(migrations));
        }
        catch (SettingException exception)
        {
            return new ContentInspection { SchemaFault = exception.Message };
        }
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT changed_at FROM resolution ORDER BY changed_at DESC LIMIT 1";
        var last = await command.ExecuteScalarAsync();
        // An earlier schema has no keys.
        command.CommandText =
            pending > 0
                ? "SELECT 0"
                : $"SELECT COUNT(*) FROM protection_key WHERE protected_by <> '{RingProtection.Nothing}'";
        var keys = Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        return new ContentInspection
        {
            PendingMigrations = pending,
            LastChange = last is null or DBNull ? null : SqlTypes.ToMoment(last),
            HasProtectedKeys = keys > 0,
        };
    }
}
