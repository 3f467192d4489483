using System.Buffers.Binary;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using VoteTracker.Database.Files;

namespace VoteTracker.Database.Sqlite;

/// <summary>
/// Reads all of a database file that no process has open. Nothing is written, so the file and its folder can be read-only.
/// </summary>
internal static class FileInspection
{
    private const int MaxFaults = 10;
    private const int HeaderLength = 100;

    /// <summary>Checks the file, its structure, its references and its schema.</summary>
    public static FileReport Inspect(string path)
    {
        if ((FindLog(path) ?? FindFaultOfHeader(path)) is { } fault)
        {
            return FileReport.Faulty(fault);
        }
        try
        {
            using var connection = OpenImmutable(path);
            return Inspect(connection);
        }
        catch (SqliteException exception)
        {
            return FileReport.Faulty($"The database is damaged: {exception.Message}");
        }
    }

    /// <summary>The fault that a log is beside a file; null if there is none. The file alone lacks what is in the log.</summary>
    public static string? FindLog(string path) =>
        FileReplacement.FindLog(path) is { } log
            ? $"The log {Path.GetFileName(log)} is beside it. A backup has no log: it is of a service that runs or was killed, or of another database."
            : null;

    private static FileReport Inspect(SqliteConnection connection)
    {
        List<string> faults =
        [
            .. connection
                .Query<string>($"PRAGMA integrity_check({MaxFaults})")
                .Where(line => line != "ok")
                .Select(line => $"The database is damaged: {line}."),
        ];
        if (faults.Count > 0)
        {
            return FileReport.Faulty(faults);
        }
        if (connection.ExecuteScalar<long>("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'schema_version'") == 0)
        {
            return FileReport.Faulty("It is a SQLite database, but not one of VoteTracker.");
        }
        faults.AddRange(
            connection
                .Query<string>(
                    $"""
                    SELECT 'A row of ' || "table" || ' refers to a missing row.'
                    FROM pragma_foreign_key_check
                    LIMIT {MaxFaults}
                    """
                )
                .Distinct(StringComparer.Ordinal)
        );
        if (Migrator.FindMismatch(connection, MigrationList.Load("Sqlite")) is { } mismatch)
        {
            faults.Add(mismatch);
        }
        var tables = SqliteTables.List(connection);
        return new FileReport
        {
            Faults = faults,
            SchemaVersion = connection.ExecuteScalar<int>("SELECT MAX(version) FROM schema_version"),
            Tables = tables.Count,
            Rows = tables.Sum(table => connection.ExecuteScalar<long>($"SELECT COUNT(*) FROM \"{table.Name}\"")),
        };
    }

    // Faults that SQLite would not report, or would report in other words.
    private static string? FindFaultOfHeader(string path)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength)
        {
            return "It is too short for a database.";
        }
        if (!header.StartsWith("SQLite format 3\0"u8))
        {
            return "It is neither a SQLite database nor an archive that `backup` writes.";
        }
        var pageSize = BinaryPrimitives.ReadUInt16BigEndian(header[16..]) is > 1 and var size ? size : 65_536L;
        var needed = pageSize * BinaryPrimitives.ReadUInt32BigEndian(header[28..]);
        return file.Length < needed
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"It is truncated: it has {file.Length:N0} of {needed:N0} bytes."
            )
            : null;
    }

    /// <summary>Opens a file without locks, log or index. It must not change meanwhile.</summary>
    public static SqliteConnection OpenImmutable(string path)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = new Uri(Path.GetFullPath(path)).AbsoluteUri + "?immutable=1",
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        };
        var connection = new SqliteConnection(settings.ToString());
        connection.Open();
        return connection;
    }
}
