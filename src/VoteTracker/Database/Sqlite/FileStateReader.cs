using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using VoteTracker.Database.Inspection;

namespace VoteTracker.Database.Sqlite;

/// <summary>Reads the state of a database file that a service may be using. Nothing is created or changed.</summary>
internal static class FileStateReader
{
    private const int MostFaults = 5;

    /// <summary>Inspects the file of a connection string.</summary>
    public static async Task<DatabaseInspection> Load(string connectionString)
    {
        Batteries_V2.Init();
        if (FindPath(connectionString) is not { } path)
        {
            return new DatabaseInspection { Location = "a database without a file" };
        }
        var file = FindStatus(path);
        var found = new DatabaseInspection { Location = path, File = file };
        if (!file.Exists || file.Length == 0)
        {
            return found;
        }
        try
        {
            await using var connection = OpenReadOnly(path);
            var damage = (await connection.QueryAsync<string>($"PRAGMA quick_check({MostFaults})")).ToList();
            if (damage is not ["ok"])
            {
                return found with { File = file with { Damage = damage } };
            }
            var tables = await connection.ExecuteScalarAsync<long>(
                "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('schema_version', 'resolution')"
            );
            return found with { Content = await ContentInspection.Load(connection, tables == 2, "Sqlite") };
        }
        catch (SqliteException exception)
        {
            return SqliteErrors.IsDamage(exception)
                ? found with
                {
                    File = file with { Damage = [exception.Message] },
                }
                : found with
                {
                    Fault = $"The file cannot be read: {exception.Message}",
                };
        }
    }

    // Null for a database in memory.
    private static string? FindPath(string connectionString)
    {
        var name = FileSettings.Parse(connectionString).DataSource;
        return name is "" or ":memory:" || name.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
            ? null
            : Path.GetFullPath(name);
    }

    private static FileState FindStatus(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        string[] files = [.. ((string[])[path, path + "-wal", path + "-shm", path + "-lock"]).Where(File.Exists)];
        return new FileState
        {
            Path = path,
            Exists = File.Exists(path),
            IsFolderWritable = CanWrite(folder),
            IsWritable = files.All(CanWrite),
            Exposed = [.. files.Append(path + ".key").Where(File.Exists).Where(PrivateFile.IsReadableByOthers)],
            Length = LengthOf(path),
            LogLength = LengthOf(path + "-wal"),
            FreeBytes = FindFreeBytes(folder),
        };
    }

    // With a log, a service uses the file or was killed: the connection reads both. Without one, SQLite would create one.
    private static SqliteConnection OpenReadOnly(string path)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = File.Exists(path + "-wal") ? path : $"{new Uri(path).AbsoluteUri}?immutable=1",
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        };
        var connection = new SqliteConnection(settings.ToString());
        connection.Open();
        return connection;
    }

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private static bool CanWrite(string path) => SystemAccess.CanWrite(path);

    private static long? FindFreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
