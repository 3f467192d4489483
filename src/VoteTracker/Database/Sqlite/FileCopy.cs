using Dapper;
using Microsoft.Data.Sqlite;
using VoteTracker.Database.Audit;

namespace VoteTracker.Database.Sqlite;

/// <summary>A copy of the database in a file that no service has open.</summary>
internal static class FileCopy
{
    private const string Migrated = "a copy that is not migrated yet";

    /// <summary>
    /// Begins a new incarnation in a copy, because the original and the copy both continue to count. The service can open
    /// the copy where it is. A copy of the copy is a new incarnation again.
    /// </summary>
    public static async Task BeginIncarnation(string file, DateTimeOffset now)
    {
        await using var copy = await Open(file);
        if (await copy.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'incarnation'") == 0)
        {
            // An earlier release wrote the database, and this one has not opened it yet.
            return;
        }
        var newest = MigrationList.Load("Sqlite")[^1].Version;
        if (await copy.ExecuteScalarAsync<long>("SELECT MAX(version) FROM schema_version") < newest)
        {
            // Tables with counters are missing. No file is at this place, so the service begins the incarnation when it
            // has migrated the copy.
            await copy.ExecuteAsync($"UPDATE incarnation SET place = '{Migrated}'");
            return;
        }
        // The rows of contacts are rewritten and the file leaves the machine, so the old rows are overwritten.
        await copy.ExecuteAsync("PRAGMA secure_delete = ON; PRAGMA synchronous = FULL; BEGIN IMMEDIATE");
        var last = await copy.QueryFirstOrDefaultAsync<DateTimeOffset>(
            "SELECT changed_at FROM resolution ORDER BY changed_at DESC LIMIT 1"
        );
        await Incarnation.Begin(copy, FilePlace.FromPath(file), last > now ? last : now);
        await copy.ExecuteAsync("COMMIT");
    }

    /// <summary>
    /// Appends an entry to the audit of a copy. False if that is not possible: an earlier release wrote it without an audit,
    /// or its chain is damaged.
    /// </summary>
    public static async Task<bool> TryAppendAudit(string file, AuditEntry entry)
    {
        await using var copy = await Open(file);
        try
        {
            await copy.ExecuteAsync("PRAGMA synchronous = FULL; BEGIN IMMEDIATE");
            // With a wrong clock too, no entry is older than the one before.
            var last = await copy.QueryFirstOrDefaultAsync<DateTimeOffset>(
                "SELECT at FROM audit_entry ORDER BY seq DESC LIMIT 1"
            );
            AuditTable.Append(copy, [entry with { At = last > entry.At ? last : entry.At }]);
            await copy.ExecuteAsync("COMMIT");
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static async Task<SqliteConnection> Open(string file)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        };
        var copy = new SqliteConnection(settings.ToString());
        await copy.OpenAsync();
        return copy;
    }
}
