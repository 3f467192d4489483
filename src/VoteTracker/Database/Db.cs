using System.Data.Common;
using System.Runtime.CompilerServices;
using VoteTracker.Database.Audit;
using VoteTracker.Database.Postgres;
using VoteTracker.Database.Sqlite;

namespace VoteTracker.Database;

/// <summary>
/// Reads and writes the database. This is the only class that names the engines: endpoints use a
/// <see cref="DbConnection"/> and plain SQL. Reads run concurrently, each on one snapshot of the database. Writes go
/// through one writer, which commits the queued writes together.
/// </summary>
internal sealed class Db : IDisposable
{
    private readonly DiskFaults _storage = new();
    private volatile bool _disposed;
    private IDisposable? _servingLock;

    static Db() => SqlTypes.Register();

    public Db(Settings settings, TimeProvider clock, ILogger<Db> log)
    {
        Engine = NamesHost(settings.Database)
            ? CreatePostgresEngine(settings, clock, log)
            : new SqliteEngine(settings.Database, _storage);
        Incarnation = new ServedIncarnation(Engine);
        Writer = new Writer(Engine.OpenWriting(), _storage, settings.WriteQueue, clock, log);
    }

    /// <summary>The engine and its version, for the health endpoints.</summary>
    public string EngineVersion => Engine.Version;

    /// <summary>The location of the database for people: a path, or a server and a database. Never a password.</summary>
    public string Location => Engine.Location;

    /// <summary>The folder for large temporary files. For SQLite it is the folder of the database, on the same disk.</summary>
    public string Folder => Engine.Folder;

    /// <summary>Why writing is stopped until a restart: a sentence about the disk or the files. Null while it is not.</summary>
    public string? StorageFault => _storage.Fault;

    /// <summary>The incarnation that this process serves.</summary>
    public ServedIncarnation Incarnation { get; }

    /// <summary>The number of queued writes.</summary>
    public int Waiting => Writer.Waiting;

    /// <summary>The engine, for <see cref="CommitFeed"/> and <see cref="Maintenance"/>.</summary>
    internal IEngine Engine { get; }

    /// <summary>The writer, for <see cref="CommitFeed"/> and <see cref="Maintenance"/>.</summary>
    internal Writer Writer { get; }

    /// <summary>Reads enough to see that the database is readable, without a cache. Throws if it is not.</summary>
    public Task Probe() => Engine.Probe();

    /// <summary>Locks the database for this service. A <see cref="SettingException"/> if another process serves the file.</summary>
    public void Serve() => _servingLock = Engine.LockForServing();

    /// <summary>Runs a read on one snapshot of the whole database.</summary>
    public Task<T> Read<T>(Func<DbConnection, Task<T>> work)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Engine.Read(work);
    }

    /// <summary>
    /// Runs a write in one transaction. The task completes after the commit is on disk. If it fails, the whole write is
    /// rolled back. The work may await only its own statements. It runs again after a conflict.
    /// </summary>
    public Task<T> Write<T>(Func<Write, Task<T>> work) => Writer.Enqueue(work);

    /// <summary>
    /// Runs a write, and then a last step in the same transaction with the result of the write. If the step fails, the
    /// write is rolled back too.
    /// </summary>
    /// <param name="work">The write.</param>
    /// <param name="onCommitting">The last step; null for none.</param>
    public Task<T> Write<T>(Func<Write, Task<T>> work, Func<Write, object?, Task>? onCommitting) =>
        onCommitting is null
            ? Writer.Enqueue(work)
            : Writer.Enqueue(async write =>
            {
                var result = await work(write);
                await onCommitting(write, result);
                return result;
            });

    /// <summary>
    /// Runs a write of the service's bookkeeping, such as the last use of a key. It has no entry in the audit, except those
    /// that it adds.
    /// </summary>
    public Task<T> WriteBookkeeping<T>(Func<Write, Task<T>> work) => Writer.Enqueue(work, UnauditedScope.Instance);

    /// <summary>
    /// Takes a lock that only one process can hold, until it is disposed of or the process ends. Null if another process
    /// holds it.
    /// </summary>
    public Task<IAsyncDisposable?> TryLease(string name) => Engine.TryLease(name);

    /// <summary>Whether a connection string is one of PostgreSQL.</summary>
    public static bool NamesHost(string connectionString) =>
        connectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    /// <summary>The kind of a failure.</summary>
    public static DbFailure Classify(DbException exception) =>
        SqliteErrors.Classify(exception) ?? PostgresErrors.Classify(exception) ?? DbFailure.Statement;

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }
        _disposed = true;
        Writer.Drain();
        Engine.Dispose();
        Writer.Dispose();
        _servingLock?.Dispose();
    }

    // A separate method, so that a service on SQLite does not load the driver of PostgreSQL.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PostgresEngine CreatePostgresEngine(Settings settings, TimeProvider clock, ILogger log) =>
        new(settings, clock, log);
}
