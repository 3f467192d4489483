using Dapper;
using Microsoft.Data.Sqlite;

namespace VoteTracker.Database.Sqlite;

/// <summary>
/// A copy of one snapshot of a database, also while a service writes to it. The writer never waits: the snapshot is that
/// of a reader. The pages are copied first, and then their rows, because free pages can have deleted content. Every row of
/// the copy is compared with the snapshot.
/// </summary>
internal static class SnapshotCopy
{
    /// <summary>Writes the copy to a file that is empty or does not exist.</summary>
    /// <exception cref="InvalidDataException">The copy differs from the snapshot.</exception>
    public static void Write(string connectionString, string file)
    {
        var pages = file + "-pages";
        Delete(pages);
        try
        {
            // Created here, because SQLite would let other users read it.
            PrivateFile.Create(pages, FileOptions.None).Dispose();
            IReadOnlyDictionary<string, TableCopy.TableSum> sums;
            using (var source = Open(connectionString))
            {
                source.Execute("PRAGMA query_only = 1; BEGIN DEFERRED");
                // The first read begins the snapshot.
                source.ExecuteScalar<long>("SELECT COUNT(*) FROM sqlite_schema");
                using (var target = Open(ConnectionString(pages)))
                {
                    source.BackupDatabase(target);
                }
                sums = Sum(source);
                source.Execute("COMMIT");
            }
            using (var copied = Open(ConnectionString(pages)))
            {
                copied.Execute("VACUUM INTO @file", new { file });
            }
            using var copy = Open(ConnectionString(file));
            var written = Sum(copy);
            foreach (var (table, sum) in sums)
            {
                if (!written.TryGetValue(table, out var other) || !sum.Equals(other))
                {
                    throw new InvalidDataException($"The copy of the table {table} differs from the database.");
                }
            }
        }
        finally
        {
            Delete(pages);
        }
    }

    private static Dictionary<string, TableCopy.TableSum> Sum(SqliteConnection connection) =>
        SqliteTables
            .List(connection)
            .ToDictionary(table => table.Name, table => TableCopy.Sum(connection, table), StringComparer.Ordinal);

    private static string ConnectionString(string file) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ToString();

    private static SqliteConnection Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        connection.Execute("PRAGMA busy_timeout = 10000");
        return connection;
    }

    private static void Delete(string pages)
    {
        foreach (var ending in (string[])["", "-wal", "-shm", "-journal"])
        {
            File.Delete(pages + ending);
        }
    }
}
