using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace VoteTracker.Database.Sqlite;

/// <summary>A campaign in a file: readers side by side, each on one state of the whole, and one that writes.</summary>
internal sealed class SqliteEngine : IEngine
{
    public const string Damaged =
        "The database file is damaged, or its disk failed, as a read found. Nothing is written until the service is started again on a whole file.";

    private const int MostReaders = 16;

    private readonly ConcurrentBag<DbConnection> _idle = [];
    private readonly SemaphoreSlim _readers = new(MostReaders);
    private readonly string _connectionString;
    private readonly string _named;
    private readonly DiskFaults _storage;
    private readonly PreparedConnection _first;
    private readonly DatabaseFiles? _files;

    // Nobody asks the engine how much memory it has: counting takes a lock at each allocation, 5 µs of a write's 90.
    static SqliteEngine()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    public SqliteEngine(string connectionString, DiskFaults storage)
    {
        _storage = storage;
        var settings = new SqliteConnectionStringBuilder(Parse(connectionString))
        {
            // Connections are kept here, each with its own pragmas; a shared cache would bring back table locks.
            Pooling = false,
            Cache = SqliteCacheMode.Private,
            ForeignKeys = true,
            DefaultTimeout = 10,
        };
        _named = settings.DataSource;
        DatabaseFiles.Create(settings);
        _connectionString = settings.ToString();
        _first = OpenFirst();
        // FULL is what durable means with a write-ahead log: every commit is synced before it returns.
        _first.Execute(
            """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA wal_autocheckpoint = 0;
            PRAGMA busy_timeout = 10000;
            PRAGMA secure_delete = OFF;
            """
        );
        // The first read opens the log.
        _first.ReadNumber("PRAGMA schema_version");
        DatabaseFiles.Protect(_first.FileName);
        _files = DatabaseFiles.FromConnection(_first);
        // A reader that created a file would hide that the database was deleted.
        settings.Mode = settings.Mode == SqliteOpenMode.ReadWriteCreate ? SqliteOpenMode.ReadWrite : settings.Mode;
        _connectionString = settings.ToString();
        Version = $"SQLite {_first.ServerVersion}";
    }

    public string Version { get; }

    public string Location => _first.FileName is { Length: > 0 } path ? path : _named;

    public string Folder =>
        Path.GetDirectoryName(Path.GetFullPath(new SqliteConnectionStringBuilder(_connectionString).DataSource))!;

    public string Migrations => "Sqlite";

    public IWriting OpenWriting() => new SqliteWriting(_first, _files, _storage);

    public IDisposable? Serve() => _first.FileName is { Length: > 0 } path ? ServingLock.Take(path, _named) : null;

    /// <summary>
    /// Reads the first and the last row of every table through a new connection, which has nothing cached: 1 ms. A file
    /// that was overwritten or cut does not pass; a few bad bytes in the middle of a large table do.
    /// </summary>
    public async Task Probe()
    {
        if (_files?.FindFault() is { } fault)
        {
            throw _storage.Stop(fault);
        }
        try
        {
            await using var connection = OpenReader();
            await connection.ExecuteAsync("BEGIN DEFERRED");
            foreach (var table in TableEnds.Load(connection))
            {
                await connection.ExecuteScalarAsync(table.First);
                await connection.ExecuteScalarAsync(table.Last);
            }
        }
        catch (SqliteException exception) when (IsDamage(exception))
        {
            throw _storage.Stop(Damaged, exception);
        }
    }

    public async Task<T> Read<T>(Func<DbConnection, Task<T>> work)
    {
        await _readers.WaitAsync();
        try
        {
            if (!_idle.TryTake(out var connection))
            {
                connection = OpenReader();
            }
            try
            {
                await connection.ExecuteAsync("BEGIN DEFERRED");
                var result = await work(connection);
                await connection.ExecuteAsync("COMMIT TRANSACTION");
                _idle.Add(connection);
                return result;
            }
            catch (Exception exception)
            {
                await connection.DisposeAsync();
                if (
                    exception is SqliteException failure
                    && (_files?.FindFault() ?? (IsDamage(failure) ? Damaged : null)) is { } fault
                )
                {
                    throw _storage.Stop(fault, exception);
                }
                throw;
            }
        }
        finally
        {
            _readers.Release();
        }
    }

    public TimeSpan? DisconnectedFor => null;

    /// <summary>A file tells nobody; who wants to know looks.</summary>
    public Task ListenToReplicas(Action<IReadOnlyCollection<string>> told, Func<Task> begins, CancellationToken stop) =>
        Task.CompletedTask;

    /// <summary>One process serves a file.</summary>
    public Task<IAsyncDisposable?> TryLease(string name) => Task.FromResult<IAsyncDisposable?>(new Granted());

    public string FindPlace(DbConnection connection) =>
        connection.ExecuteScalar<string?>("SELECT file FROM pragma_database_list WHERE name = 'main'")
            is { Length: > 0 } file
            ? FilePlace.FromPath(file)
            : "memory";

    public Task<bool> IsEmpty() =>
        Read(async connection => await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM sqlite_schema") == 0);

    public IReadOnlyList<TableShape> Tables(DbConnection connection) =>
        TableShape.FromColumns(
            connection.Query<(string, string, string)>(
                "SELECT m.name, c.name, c.type FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'"
            ),
            connection.Query<(string, string)>(
                "SELECT m.name, f.\"table\" FROM sqlite_schema m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'"
            )
        );

    /// <summary>SQLite counts on from the last number by itself.</summary>
    public void ResetSequences(DbConnection connection) { }

    public IReadOnlyList<string> DescribeSchema(DbConnection connection) => [];

    /// <summary>What SQLite finds wrong in a copy; nothing where it is whole.</summary>
    public static IReadOnlyList<string> Check(string file)
    {
        using var copy = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        copy.Open();
        return
        [
            .. copy.Query<string>("PRAGMA integrity_check").Where(line => line != "ok"),
            .. copy.Query<string>("SELECT 'a row of ' || \"table\" || ' points nowhere' FROM pragma_foreign_key_check"),
        ];
    }

    /// <summary>Whether it shows that what is in the file, or will be written to it, cannot be trusted.</summary>
    public static bool IsDamage(SqliteException exception) =>
        exception.SqliteErrorCode is raw.SQLITE_IOERR or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>What kind of failure it is; null where it is none of SQLite's.</summary>
    public static DbFailure? Classify(DbException exception) =>
        exception is SqliteException sqlite
            ? sqlite.SqliteErrorCode switch
            {
                SQLitePCL.raw.SQLITE_IOERR
                or SQLitePCL.raw.SQLITE_READONLY
                or SQLitePCL.raw.SQLITE_CANTOPEN
                or SQLitePCL.raw.SQLITE_CORRUPT
                or SQLitePCL.raw.SQLITE_NOTADB => DbFailure.Disk,
                SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => DbFailure.Busy,
                _ => DbFailure.Statement,
            }
            : null;

    /// <summary>Closes the readers; the writer closes last, so that its closing folds the write-ahead log into the file.</summary>
    public void Dispose()
    {
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
        _readers.Dispose();
    }

    private sealed class Granted : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private static string Parse(string connectionString)
    {
        try
        {
            return new SqliteConnectionStringBuilder(connectionString).ToString();
        }
        catch (ArgumentException)
        {
            throw new SettingException(
                "Database must be a SQLite connection string, such as Data Source=votetracker.db, or a PostgreSQL one with Host=."
            );
        }
    }

    private PreparedConnection OpenFirst()
    {
        try
        {
            return Open();
        }
        catch (SqliteException exception)
        {
            throw new SettingException($"The database cannot be opened: {exception.Message}");
        }
    }

    private PreparedConnection Open()
    {
        var connection = new PreparedConnection(new SqliteConnection(_connectionString));
        connection.Open();
        return connection;
    }

    private PreparedConnection OpenReader()
    {
        var connection = Open();
        connection.Execute("PRAGMA wal_autocheckpoint = 0; PRAGMA query_only = 1; PRAGMA busy_timeout = 10000;");
        // The path may name another file by now.
        if (_files?.FindFault() is { } fault)
        {
            connection.Dispose();
            throw _storage.Stop(fault);
        }
        return connection;
    }
}
