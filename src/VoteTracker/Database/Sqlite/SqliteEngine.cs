using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using VoteTracker.Database.Encryption;
using VoteTracker.Database.Telemetry;

namespace VoteTracker.Database.Sqlite;

/// <summary>
/// A database in a file: concurrent readers, each on one snapshot, and one writer. Over 200 lines because
/// the connections and the faults of their files are handled together.
/// </summary>
internal sealed class SqliteEngine : IEngine
{
    private const int MaxReaders = 16;

    private readonly ConcurrentBag<DbConnection> _idle = [];
    private readonly SemaphoreSlim _readers = new(MaxReaders);
    private readonly string _connectionString;
    private readonly string _fileName;
    private readonly DiskFaults _storage;
    private readonly PreparedConnection _first;
    private readonly DatabaseFiles? _files;

    // Memory statistics are not used, and take a lock at each allocation: 5 µs of a write's 90.
    static SqliteEngine()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    public SqliteEngine(string connectionString, DiskFaults storage)
    {
        _storage = storage;
        var settings = FileSettings.Parse(connectionString);
        // This class pools connections, each with its pragmas. A shared cache would lock whole tables.
        (settings.Pooling, settings.Cache) = (false, SqliteCacheMode.Private);
        (settings.ForeignKeys, settings.DefaultTimeout) = (true, 10);
        _fileName = settings.DataSource;
        DatabaseFiles.Create(settings);
        _connectionString = settings.ToString();
        _first = OpenFirst();
        Prepare(_first);
        DatabaseFiles.Protect(_first.FileName);
        _files = DatabaseFiles.FromConnection(_first);
        // A reader that created a file would hide that the database was deleted.
        settings.Mode = settings.Mode == SqliteOpenMode.ReadWriteCreate ? SqliteOpenMode.ReadWrite : settings.Mode;
        _connectionString = settings.ToString();
        Version = $"SQLite {_first.ServerVersion}";
    }

    public string Version { get; }

    public string Location => _first.FileName is { Length: > 0 } path ? path : _fileName;

    public string Folder =>
        Path.GetDirectoryName(Path.GetFullPath(new SqliteConnectionStringBuilder(_connectionString).DataSource))!;

    public string Migrations => "Sqlite";

    public bool IsLocal => true;

    public PersonalTexts Texts { get; } = new();

    public IWriting OpenWriting() => new SqliteWriting(_first, _files, _storage);

    public IDisposable? LockForServing()
    {
        if (_first.FileName is not { Length: > 0 } path)
        {
            return null;
        }
        var served = ServingLock.Take(path, _fileName);
        try
        {
            ServingChecks.Check(_first, _fileName);
            return served;
        }
        catch
        {
            served.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reads the first and the last row of every table through a new connection, which has nothing cached: 1 ms. This
    /// detects a file that was overwritten or truncated, but not a few bad bytes in the middle of a large table.
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
        catch (SqliteException exception) when (SqliteErrors.IsDamage(exception))
        {
            throw _storage.Stop(SqliteErrors.Damaged, exception);
        }
    }

    public Task<DatabaseSize> LoadSize() => Task.FromResult(DatabaseFiles.LoadSize(_fileName));

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
                    && (_files?.FindFault() ?? (SqliteErrors.IsDamage(failure) ? SqliteErrors.Damaged : null))
                        is { } fault
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

    /// <summary>A file has no notifications. The commit feed polls instead.</summary>
    public Task ListenToReplicas(
        Action<IReadOnlyCollection<string>> onCommitted,
        Func<Task> onConnected,
        CancellationToken stop
    ) => Task.CompletedTask;

    /// <summary>Always succeeds, because only one process serves a file.</summary>
    public Task<IAsyncDisposable?> TryLease(string name) => Task.FromResult<IAsyncDisposable?>(new NoLease());

    public string FindPlace(DbConnection connection) =>
        connection.ExecuteScalar<string?>("SELECT file FROM pragma_database_list WHERE name = 'main'")
            is { Length: > 0 } file
            ? FilePlace.FromPath(file)
            : "memory";

    public Task<bool> IsEmpty() =>
        Read(async connection => await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM sqlite_schema") == 0);

    public bool HasTable(DbConnection connection, string name) =>
        connection.ExecuteScalar<long>("SELECT COUNT(*) FROM sqlite_schema WHERE name = @name", new { name }) > 0;

    public IReadOnlyList<string> ListForbiddenTables(DbConnection connection) => [];

    public Task<DateTimeOffset?> FindClock() => Task.FromResult<DateTimeOffset?>(null);

    public IReadOnlyList<TableShape> Tables(DbConnection connection) => SqliteTables.List(connection);

    /// <summary>Does nothing: SQLite continues from the highest number.</summary>
    public void ResetSequences(DbConnection connection) { }

    public IReadOnlyList<string> DescribeSchema(DbConnection connection) => [];

    public void CopyTo(string file) => SnapshotCopy.Write(_connectionString, file);

    /// <summary>Closes the readers. The writer closes last, which copies the write-ahead log into the file.</summary>
    public void Dispose()
    {
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
        _readers.Dispose();
    }

    private sealed class NoLease : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    // With a write-ahead log, only FULL is durable: every commit is synced before it returns.
    private void Prepare(PreparedConnection first)
    {
        try
        {
            first.Execute(
                """
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA wal_autocheckpoint = 0;
                PRAGMA busy_timeout = 10000;
                PRAGMA secure_delete = OFF;
                """
            );
            // The first read opens the log.
            first.ReadNumber("PRAGMA schema_version");
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            throw ServingChecks.Damaged(first, _fileName, exception.Message);
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
        var connection = new PreparedConnection(new SqliteConnection(_connectionString), Texts);
        connection.Open();
        return connection;
    }

    private PreparedConnection OpenReader()
    {
        var connection = Open();
        connection.Execute("PRAGMA wal_autocheckpoint = 0; PRAGMA query_only = 1; PRAGMA busy_timeout = 10000;");
        // The path may name another file now.
        if (_files?.FindFault() is { } fault)
        {
            connection.Dispose();
            throw _storage.Stop(fault);
        }
        return connection;
    }
}
