using System.Data.Common;
using System.Runtime.CompilerServices;
using VoteTracker.Database.Audit;
using VoteTracker.Database.Encryption;
using VoteTracker.Database.Files;
using VoteTracker.Database.Inspection;
using VoteTracker.Database.Postgres;
using VoteTracker.Database.Sqlite;
using VoteTracker.Database.Telemetry;

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
        Keys = new KeyRing(Engine, Writer, RingProtection.FromSettings(settings, Engine), clock);
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

    /// <summary>The keys that encrypt texts about people.</summary>
    public KeyRing Keys { get; }

    /// <summary>The number of queued writes.</summary>
    public int Waiting => Writer.Waiting;

    /// <summary>What the writer has done since the start.</summary>
    public WriteCounts Counts => Writer.Counts;

    /// <summary>The engine, for <see cref="CommitFeed"/> and <see cref="Maintenance"/>.</summary>
    internal IEngine Engine { get; }

    /// <summary>The writer, for <see cref="CommitFeed"/> and <see cref="Maintenance"/>.</summary>
    internal Writer Writer { get; }

    /// <summary>Reads enough to see that the database is readable, without a cache. Throws if it is not.</summary>
    public Task Probe() => Engine.Probe();

    /// <summary>Loads the size of the database.</summary>
    public Task<DatabaseSize> LoadSize() => Engine.LoadSize();

    /// <summary>Locks the database for this service. A <see cref="SettingException"/> if another process serves the file.</summary>
    public void Serve() => _servingLock = Engine.LockForServing();

    /// <summary>Runs a read on one snapshot of the whole database.</summary>
    public async Task<T> Read<T>(Func<DbConnection, Task<T>> work)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        try
        {
            return await ReadOnce(work);
        }
        catch (KeysMissingException missing)
        {
            await Keys.Load(missing.Used);
            return await ReadOnce(work);
        }
    }

    /// <summary>
    /// Runs a write in one transaction. The task completes after the commit is on disk. If it fails, the whole write is
    /// rolled back. The work may await only its own statements. It runs again after a conflict.
    /// </summary>
    public Task<T> Write<T>(Func<Write, Task<T>> work) => Write(work, AuditScope.Current);

    /// <summary>
    /// Runs a write, and then a last step in the same transaction with the result of the write. If the step fails, the
    /// write is rolled back too.
    /// </summary>
    /// <param name="work">The write.</param>
    /// <param name="onCommitting">The last step; null for none.</param>
    public Task<T> Write<T>(Func<Write, Task<T>> work, Func<Write, object?, Task>? onCommitting) =>
        onCommitting is null
            ? Write(work)
            : Write(async write =>
            {
                var result = await work(write);
                await onCommitting(write, result);
                return result;
            });

    /// <summary>
    /// Runs a write of the service's bookkeeping, such as the last use of a key. It has no entry in the audit, except those
    /// that it adds.
    /// </summary>
    public Task<T> WriteBookkeeping<T>(Func<Write, Task<T>> work) => Write(work, UnauditedScope.Instance);

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

    /// <summary>
    /// The SQLite file of a connection string; null if it is a server. A <see cref="SettingException"/> if it is not a file.
    /// </summary>
    public static string? FindFile(string connectionString) => FileReplacement.FindFile(connectionString);

    /// <summary>Locks a database file, also one that does not exist yet. A <see cref="SettingException"/> if it is served.</summary>
    public static IDisposable LockFile(string file) => ServingLock.Take(file, file);

    /// <summary>Inspects a database beside a service or without one. Nothing is created or changed.</summary>
    public static Task<DatabaseInspection> Inspect(string connectionString)
    {
        SqlTypes.Register();
        return NamesHost(connectionString)
            ? ServerStateReader.Load(connectionString)
            : FileStateReader.Load(connectionString);
    }

    /// <summary>Reads all of a SQLite file that no process has open.</summary>
    public static FileReport InspectFile(string file) => FileInspection.Inspect(file);

    /// <summary>The fault that a log is beside a SQLite file; null if there is none.</summary>
    public static string? FindLog(string file) => FileInspection.FindLog(file);

    /// <summary>Begins a new incarnation in a SQLite file that no process has open.</summary>
    public static Task BeginIncarnation(string file, DateTimeOffset now) => FileCopy.BeginIncarnation(file, now);

    /// <summary>Appends an entry to the audit of a SQLite file that no process has open. False if that is not possible.</summary>
    public static Task<bool> TryAppendAudit(string file, AuditEntry entry) => FileCopy.TryAppendAudit(file, entry);

    /// <summary>Whether there is a SQLite database at this path, or a log without one.</summary>
    public static bool IsUsed(string file) => FileReplacement.IsUsed(file);

    /// <summary>Puts a file in the place of a database. Returns the new name of the old one; null if there was none.</summary>
    public static string? ReplaceFile(string file, string replacement, DateTimeOffset now) =>
        FileReplacement.Replace(file, replacement, now);

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
        Keys.Dispose();
        _servingLock?.Dispose();
    }

    // A separate method, so that a service on SQLite does not load the driver of PostgreSQL.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PostgresEngine CreatePostgresEngine(Settings settings, TimeProvider clock, ILogger log) =>
        new(settings, clock, log);

    private async Task<T> Write<T>(Func<Write, Task<T>> work, AuditScope? scope)
    {
        try
        {
            return await Writer.Enqueue(work, scope);
        }
        catch (KeysMissingException missing)
        {
            // Nothing of the write was committed.
            await Keys.Load(missing.Used);
            return await Writer.Enqueue(work, scope);
        }
    }

    private Task<T> ReadOnce<T>(Func<DbConnection, Task<T>> work) =>
        DatabaseTraces.AreRecorded ? DatabaseTraces.Read(Engine, work) : Engine.Read(work);
}
