using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using VoteTracker.Database.Sqlite;

namespace VoteTracker.Database;

/// <summary>
/// The database. The only file that names a provider: handlers see a <see cref="DbConnection"/> and plain SQL.
/// Reads run side by side, each on one state of the whole; writes go through one writer that commits what waits
/// together, and are answered after the commit is on disk.
/// </summary>
internal sealed class Db : IDisposable
{
    private const int MostReaders = 16;
    private const int CheckpointPages = 8_000;

    private readonly ConcurrentBag<DbConnection> _idle = [];
    private readonly SemaphoreSlim _readers = new(MostReaders);
    private readonly Writer _writer;
    private readonly string _connectionString;
    private volatile bool _disposed;

    // What another process's commits change, and how far the feed was looked through; the writer's thread alone has them.
    private long? _othersVersion;
    private long _othersSeq;

    static Db() => Values.Register();

    public Db(Settings settings, TimeProvider clock, ILogger<Db> log)
    {
        _connectionString = new SqliteConnectionStringBuilder(Parse(settings.Database))
        {
            // Connections are kept here, each with its own pragmas; a shared cache would bring back table locks.
            Pooling = false,
            Cache = SqliteCacheMode.Private,
            ForeignKeys = true,
            DefaultTimeout = 10,
        }.ToString();
        var connection = OpenFirst();
        // FULL is what durable means with a write-ahead log: every commit is synced before it returns.
        connection.Execute(
            """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA wal_autocheckpoint = 0;
            PRAGMA busy_timeout = 10000;
            PRAGMA secure_delete = OFF;
            """
        );
        EngineVersion = $"SQLite {connection.ServerVersion}";
        _writer = new Writer(connection, settings.WriteQueue, clock, log);
    }

    /// <summary>The engine and its version, for the probes.</summary>
    public string EngineVersion { get; }

    /// <summary>The folder that it is in: what is to be beside it, on the same disk, goes there.</summary>
    public string Folder =>
        Path.GetDirectoryName(Path.GetFullPath(new SqliteConnectionStringBuilder(_connectionString).DataSource))!;

    /// <summary>False once the disk failed under a write: nothing more is accepted until a restart.</summary>
    public bool Writable => _writer.Writable;

    /// <summary>How many writes wait for the writer.</summary>
    public int Waiting => _writer.Waiting;

    /// <summary>
    /// Called after a commit and before its writers are answered, with the ids of the resolutions it changed:
    /// a signal without numbers, whoever wants those counts anew.
    /// </summary>
    public event Action<IReadOnlyCollection<string>> Committed
    {
        add => _writer.Committed += value;
        remove => _writer.Committed -= value;
    }

    /// <summary>Runs a read on one state of the whole database.</summary>
    public async Task<T> Read<T>(Func<DbConnection, Task<T>> work)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
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

    /// <summary>
    /// Runs a write in one transaction. The task ends after the commit is on disk; when it throws, nothing of this
    /// write is there. The work may await its own statements and nothing else.
    /// </summary>
    public Task<T> Write<T>(Func<Write, Task<T>> work) => _writer.Enqueue(work);

    /// <summary>
    /// Says that this process folds the write-ahead log into the file. Exactly one does, the one that serves, and only
    /// its writer: SQLite before 3.51.3 can lose a log that two connections reset at once.
    /// </summary>
    public Task Checkpoint() =>
        Write(write => write.Connection.ExecuteAsync($"PRAGMA wal_autocheckpoint = {CheckpointPages}"));

    /// <summary>Whether there is nothing in it: opening a database that is not there makes an empty one.</summary>
    public Task<bool> IsEmpty() =>
        Read(async connection => await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM sqlite_schema") == 0);

    /// <summary>
    /// Goes on after the last moment that was written: the machine's clock may have been set back since, and what was
    /// known when is found by moments.
    /// </summary>
    public async Task NeverBeforeLastChange() =>
        _writer.NeverBefore(
            await Read(async connection =>
                (
                    await connection.QueryAsync<DateTimeOffset>(
                        "SELECT changed_at FROM resolution ORDER BY changed_at DESC LIMIT 1"
                    )
                ).FirstOrDefault()
            )
        );

    /// <summary>
    /// Where another process wrote since this was last asked, tells of the resolutions it changed as if that had been
    /// written here. Those that it added nobody can know in an older state.
    /// </summary>
    public Task TellOfOthers() =>
        _writer.EnqueueAlone(connection =>
        {
            var (version, seq) = (_othersVersion, _othersSeq);
            // In this order: what is written between the two is told the next time, and not taken for told.
            _othersSeq = connection.ExecuteScalar<long>("SELECT COALESCE(MAX(seq), 0) FROM change");
            _othersVersion = connection.ExecuteScalar<long>("PRAGMA data_version");
            if (version is { } known && known != _othersVersion)
            {
                _writer.Tell([
                    .. connection.Query<string>(
                        "SELECT DISTINCT resolution FROM change WHERE seq > @seq AND resolution IS NOT NULL AND version > 1",
                        new { seq }
                    ),
                ]);
            }
        });

    /// <summary>A consistent copy, through the writer's connection, between two commits; the file must not be there.</summary>
    public Task CopyTo(string file) =>
        _writer.EnqueueAlone(connection => connection.Execute("VACUUM INTO @file", new { file }));

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

    /// <summary>What kind of failure it is.</summary>
    public static DbFailure Classify(DbException exception) =>
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
            : DbFailure.Statement;

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }
        _disposed = true;
        _writer.Drain();
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
        // Last, so that its closing folds the write-ahead log into the file.
        _writer.Dispose();
        _readers.Dispose();
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
                "Database must be a SQLite connection string, such as Data Source=votetracker.db."
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

/// <summary>What went wrong in the database.</summary>
internal enum DbFailure
{
    /// <summary>This statement: a constraint, a mistake.</summary>
    Statement,

    /// <summary>No room or no turn now; later may be better.</summary>
    Busy,

    /// <summary>The disk or the file; nothing after it can be trusted.</summary>
    Disk,
}
