using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace VoteTracker.Database.Sqlite;

/// <summary>A campaign in a file: readers side by side, each on one state of the whole, and one that writes.</summary>
internal sealed class SqliteEngine : IEngine
{
    private const int MostReaders = 16;

    private readonly ConcurrentBag<DbConnection> _idle = [];
    private readonly SemaphoreSlim _readers = new(MostReaders);
    private readonly string _connectionString;
    private readonly PreparedConnection _first;

    // Nobody asks the engine how much memory it has: counting takes a lock at each allocation, 5 µs of a write's 90.
    static SqliteEngine()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    public SqliteEngine(string connectionString)
    {
        _connectionString = new SqliteConnectionStringBuilder(Parse(connectionString))
        {
            // Connections are kept here, each with its own pragmas; a shared cache would bring back table locks.
            Pooling = false,
            Cache = SqliteCacheMode.Private,
            ForeignKeys = true,
            DefaultTimeout = 10,
        }.ToString();
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
        Version = $"SQLite {_first.ServerVersion}";
    }

    public string Version { get; }

    public string Folder =>
        Path.GetDirectoryName(Path.GetFullPath(new SqliteConnectionStringBuilder(_connectionString).DataSource))!;

    public string Migrations => "Sqlite";

    public IWriting OpenWriting() => new SqliteWriting(_first);

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
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }
        finally
        {
            _readers.Release();
        }
    }

    public TimeSpan? DeafFor => null;

    /// <summary>A file tells nobody; who wants to know looks.</summary>
    public Task HearOthers(Action<IReadOnlyCollection<string>> told, Func<Task> begins, CancellationToken stop) =>
        Task.CompletedTask;

    /// <summary>One process serves a file.</summary>
    public Task<IAsyncDisposable?> TryLease(string name) => Task.FromResult<IAsyncDisposable?>(new Granted());

    public string FindPlace(DbConnection connection) =>
        connection.ExecuteScalar<string?>("SELECT file FROM pragma_database_list WHERE name = 'main'")
            is { Length: > 0 } file
            ? FilePlace.Of(file)
            : "memory";

    public Task<bool> IsEmpty() =>
        Read(async connection => await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM sqlite_schema") == 0);

    public IReadOnlyList<TableShape> Tables(DbConnection connection) =>
        TableShape.Of(
            connection.Query<(string, string, string)>(
                "SELECT m.name, c.name, c.type FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'"
            ),
            connection.Query<(string, string)>(
                "SELECT m.name, f.\"table\" FROM sqlite_schema m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'"
            )
        );

    /// <summary>SQLite counts on from the last number by itself.</summary>
    public void CountOn(DbConnection connection) { }

    public IReadOnlyList<string> Shape(DbConnection connection) => [];

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
        return connection;
    }
}
