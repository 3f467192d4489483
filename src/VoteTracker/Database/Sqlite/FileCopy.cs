using Dapper;
using Microsoft.Data.Sqlite;

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
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        };
        await using var copy = new SqliteConnection(settings.ToString());
        await copy.OpenAsync();
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
}
