using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using VoteTracker.Database.Sqlite;

namespace VoteTracker.Database.Inspection;

/// <summary>The files of a SQLite database, and the disk that they are on.</summary>
internal sealed record FileInspection
{
    private const int MostFaults = 5;

    public required string Path { get; init; }

    /// <summary>Whether the database file exists.</summary>
    public required bool Exists { get; init; }

    /// <summary>Whether this user can create files in its folder.</summary>
    public required bool IsFolderWritable { get; init; }

    /// <summary>Whether this user can write to all of its files.</summary>
    public bool IsWritable { get; init; }

    /// <summary>Its files that other users can read.</summary>
    public IReadOnlyList<string> Exposed { get; init; } = [];

    /// <summary>The bytes of the database file.</summary>
    public long Length { get; init; }

    /// <summary>The bytes of its write-ahead log.</summary>
    public long LogLength { get; init; }

    /// <summary>The free bytes of the disk for this user; null if they are unknown.</summary>
    public long? FreeBytes { get; init; }

    /// <summary>What `PRAGMA quick_check` found; empty if the pages are in order or could not be read.</summary>
    public IReadOnlyList<string> Damage { get; init; } = [];

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
        try
        {
            var name = new SqliteConnectionStringBuilder(connectionString).DataSource;
            return name is "" or ":memory:" || name.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
                ? null
                : System.IO.Path.GetFullPath(name);
        }
        catch (ArgumentException)
        {
            throw new SettingException(
                "Database must be a SQLite connection string, such as Data Source=votetracker.db, or a PostgreSQL one with Host=."
            );
        }
    }

    private static FileInspection FindStatus(string path)
    {
        var folder = System.IO.Path.GetDirectoryName(path)!;
        string[] files = [.. ((string[])[path, path + "-wal", path + "-shm", path + "-lock"]).Where(File.Exists)];
        return new FileInspection
        {
            Path = path,
            Exists = File.Exists(path),
            IsFolderWritable = CanWrite(folder),
            IsWritable = files.All(CanWrite),
            Exposed = [.. files.Where(IsReadableByOthers)],
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

    private static bool IsReadableByOthers(string path) =>
        !OperatingSystem.IsWindows()
        && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != UnixFileMode.None;

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
