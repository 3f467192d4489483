using System.Data.Common;
using Dapper;
using VoteTracker.Database.Postgres;
using VoteTracker.Database.Sqlite;

namespace VoteTracker.Database;

/// <summary>
/// The database. The only file that names the engines: handlers see a <see cref="DbConnection"/> and plain SQL.
/// Reads run side by side, each on one state of the whole; writes go through one writer that commits what waits
/// together, and are answered after the commit is on disk.
/// </summary>
internal sealed class Db : IDisposable
{
    private const int CheckpointPages = 8_000;

    private const string ChangedAfter =
        "SELECT DISTINCT resolution FROM change WHERE seq > @seq AND resolution IS NOT NULL AND version > (SELECT COALESCE(MAX(first_version), 1) FROM incarnation)";

    private readonly DiskFaults _storage = new();
    private readonly IEngine _engine;
    private readonly Writer _writer;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private volatile bool _disposed;
    private IDisposable? _serving;

    // What another process's commits change, and how far the feed was looked through; the writer's thread alone has them.
    private long? _othersVersion;
    private long _othersSeq;
    private readonly SemaphoreSlim _looking = new(1);

    static Db() => SqlTypes.Register();

    public Db(Settings settings, TimeProvider clock, ILogger<Db> log)
    {
        (_clock, _log) = (clock, log);
        _engine = NamesHost(settings.Database)
            ? OnServer(settings, clock, log)
            : new SqliteEngine(settings.Database, _storage);
        Incarnation = new ServedIncarnation(_engine);
        _writer = new Writer(_engine.OpenWriting(), _storage, settings.WriteQueue, clock, log);
        _writer.Committed += changed =>
        {
            if (changed.Contains(Database.Write.Everything))
            {
                _ = ReadIncarnation();
            }
        };
    }

    /// <summary>The engine and its version, for the probes.</summary>
    public string EngineVersion => _engine.Version;

    /// <summary>Where the database is, for people: a path, or a server and a database. Never a password.</summary>
    public string Location => _engine.Location;

    /// <summary>Where what is large and passing is put: beside a file, on the same disk.</summary>
    public string Folder => _engine.Folder;

    /// <summary>Why nothing is written until a restart: a sentence about the disk or the files. Null while writing goes on.</summary>
    public string? StorageFault => _storage.Fault;

    /// <summary>The incarnation that this process serves.</summary>
    public ServedIncarnation Incarnation { get; }

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

    /// <summary>Reads what shows whether the database can be read, not from a cache; throws if it cannot.</summary>
    public Task Probe() => _engine.Probe();

    /// <summary>Takes the right to serve the database; a <see cref="SettingException"/> if another process serves the file.</summary>
    public void Serve() => _serving = _engine.Serve();

    /// <summary>Runs a read on one state of the whole database.</summary>
    public Task<T> Read<T>(Func<DbConnection, Task<T>> work)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _engine.Read(work);
    }

    /// <summary>
    /// Runs a write in one transaction. The task ends after the commit is on disk; when it throws, nothing of this
    /// write is there. The work may await its own statements and nothing else, and is done again where the database
    /// says that it met another.
    /// </summary>
    public Task<T> Write<T>(Func<Write, Task<T>> work) => _writer.Enqueue(Alongside.Wrap(work));

    /// <summary>Brings the schema to what this program knows, while no other process does.</summary>
    public Task Migrate() =>
        _writer.RunExclusive(writing =>
        {
            var migrations = MigrationList.Load(_engine.Migrations);
            writing.BeginSchemaChange();
            try
            {
                Migrator.Migrate(writing.Connection, _engine, migrations, _clock.Moment());
                writing.Commit(_clock.Moment(), []);
            }
            catch
            {
                writing.Rollback();
                throw;
            }
        });

    /// <summary>
    /// Says that this process serves the database. If the database is in another place than where it was last served, a
    /// new incarnation begins: now, and whenever the writer connects to another server.
    /// </summary>
    public async Task StartIncarnation()
    {
        _writer.OnNewConnection = Incarnation.Check;
        if (!await Read(Incarnation.Start))
        {
            await CheckIncarnation();
        }
    }

    private Task CheckIncarnation() =>
        Write(async write =>
        {
            await Incarnation.Check(write);
            return true;
        });

    /// <summary>
    /// Lets this process copy the write-ahead log into the database file. Only the process that serves does this, in
    /// its writer.
    /// </summary>
    public Task Checkpoint() =>
        _engine is SqliteEngine
            ? Write(write => write.Connection.ExecuteAsync($"PRAGMA wal_autocheckpoint = {CheckpointPages}"))
            : Task.CompletedTask;

    /// <summary>
    /// The right to do what is to be done by one process at a time, until it is disposed of or its process ends; null
    /// where another has it.
    /// </summary>
    public Task<IAsyncDisposable?> TryLease(string name) => _engine.TryLease(name);

    /// <summary>Whether there is nothing in it: opening a database that is not there makes an empty one.</summary>
    public Task<bool> IsEmpty() => _engine.IsEmpty();

    /// <summary>
    /// Goes on after the last moment that was written: the machine's clock may have been set back since, and what was
    /// known when is found by moments.
    /// </summary>
    public async Task ContinueAfterLastChange() =>
        _writer.ContinueAfter(
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
    public Task PublishForeignCommits() =>
        _engine is SqliteEngine ? _writer.RunExclusive(LookAround)
        : DeafFor is null ? Task.CompletedTask
        : PublishReplicaCommits();

    /// <summary>How long ago the database was last heard of, where it should be heard of all the time; else null.</summary>
    public TimeSpan? DeafFor => _engine.DisconnectedFor;

    /// <summary>Tells of what other replicas commit, as soon as they have, until it is stopped.</summary>
    public Task ListenToReplicas(CancellationToken stop) =>
        _engine.ListenToReplicas(_writer.NotifyCommitted, PublishReplicaCommits, stop);

    /// <summary>Whether a connection string is one of PostgreSQL.</summary>
    public static bool NamesHost(string connectionString) =>
        connectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    // Apart: who keeps a file does not wait for the server's driver to be loaded.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static PostgresEngine OnServer(Settings settings, TimeProvider clock, ILogger log) =>
        new(settings, clock, log);

    private void LookAround(IWriting writing)
    {
        writing.Maintain();
        NotifyReplicas(writing.Connection);
    }

    private void NotifyReplicas(DbConnection connection)
    {
        var (version, seq) = (_othersVersion, _othersSeq);
        // In this order: what is written between the two is told the next time, and not taken for told.
        _othersSeq = connection.ExecuteScalar<long>("SELECT COALESCE(MAX(seq), 0) FROM change");
        _othersVersion = connection.ExecuteScalar<long>("PRAGMA data_version");
        if (version is { } known && known != _othersVersion)
        {
            _writer.NotifyCommitted([.. connection.Query<string>(ChangedAfter, new { seq })]);
        }
    }

    // This process or another replica began a new incarnation. If it cannot be read now, the next look reads it.
    private async Task ReadIncarnation()
    {
        try
        {
            await Read(Incarnation.Reread);
        }
        catch (Exception exception) when (exception is DbException or ObjectDisposedException)
        {
            _log.LogInformation("The new incarnation of the database could not be read: {Message}", exception.Message);
        }
    }

    private async Task PublishReplicaCommits()
    {
        await _looking.WaitAsync();
        try
        {
            await LookForReplicas();
        }
        finally
        {
            _looking.Release();
        }
    }

    private async Task LookForReplicas()
    {
        var (seq, changed, (isOther, hasMoved)) = await Read(async connection =>
        {
            var newest = await connection.ExecuteScalarAsync<long>("SELECT COALESCE(MAX(seq), 0) FROM change");
            var ids =
                _othersVersion is null || newest == _othersSeq
                    ? []
                    : (await connection.QueryAsync<string>(ChangedAfter, new { seq = _othersSeq })).ToList();
            return (newest, ids, await Incarnation.Reread(connection));
        });
        (_othersVersion, _othersSeq) = (0, seq);
        // In another incarnation, changes can be missing that were here: their numbers tell nothing.
        _writer.NotifyCommitted(isOther ? [Database.Write.Everything] : changed);
        if (hasMoved)
        {
            await CheckIncarnation();
        }
    }

    /// <summary>A consistent copy, through the writer's connection, between two commits; the file must not be there.</summary>
    public Task CopyTo(string file) =>
        _engine is SqliteEngine
            ? _writer.RunExclusive(writing => writing.Connection.Execute("VACUUM INTO @file", new { file }))
            : throw new SettingException("A campaign on PostgreSQL is backed up by PostgreSQL's own tools: pg_dump.");

    /// <summary>Begins a new incarnation in a copy that <see cref="CopyTo"/> wrote.</summary>
    public Task BeginIncarnation(string copy) => FileCopy.BeginIncarnation(copy, _clock.Moment());

    /// <summary>Makes an empty database, or one of ours, ready to be copied into; anything else is refused.</summary>
    public async Task PrepareTarget()
    {
        if (
            !await IsEmpty()
            && await Read(connection => Task.FromResult(_engine.Tables(connection))) is var tables
            && tables.All(table => table.Name != "schema_version")
        )
        {
            throw new SettingException("The target is not empty: it holds something else.");
        }
        await Migrate();
    }

    /// <summary>
    /// Copies every table of another database into this one, which has no rows, in one transaction and from one state
    /// of the other; then reads back what is there.
    /// </summary>
    public async Task<IReadOnlyList<CopiedTable>> CopyFrom(
        Db source,
        Action<string, long, long> progress,
        CancellationToken stop
    )
    {
        var sums = new List<(TableShape Table, TableCopy.TableSum Sum)>();
        await _writer.RunExclusive(writing =>
            source
                .Read(from => Task.FromResult(CopyAll(source, from, writing, sums, progress, stop)))
                .GetAwaiter()
                .GetResult()
        );
        return await Read(connection =>
            Task.FromResult<IReadOnlyList<CopiedTable>>([
                .. sums.Select(s => new CopiedTable(s.Table.Name, s.Sum, TableCopy.Sum(connection, s.Table))),
            ])
        );
    }

    private bool CopyAll(
        Db source,
        DbConnection from,
        IWriting writing,
        List<(TableShape, TableCopy.TableSum)> sums,
        Action<string, long, long> progress,
        CancellationToken stop
    )
    {
        writing.BeginSchemaChange();
        try
        {
            var tables = TableCopy.Tables(source._engine, from);
            var targets = TableCopy.Tables(_engine, writing.Connection);
            if (TableCopy.FindMismatch(tables, targets, writing.Connection) is { } refusal)
            {
                throw new SettingException(refusal);
            }
            var all = tables.Sum(t => from.ExecuteScalar<long>($"SELECT COUNT(*) FROM {t.Name}"));
            var done = 0L;
            foreach (var table in tables)
            {
                var target = targets.Single(t => t.Name == table.Name);
                sums.Add(
                    (
                        table,
                        TableCopy.Copy(
                            from,
                            writing.Connection,
                            table,
                            target,
                            rows =>
                            {
                                stop.ThrowIfCancellationRequested();
                                progress(table.Name, done += rows, all);
                            }
                        )
                    )
                );
            }
            _engine.ResetSequences(writing.Connection);
            writing.Commit(_clock.Moment(), []);
            return true;
        }
        catch
        {
            writing.Rollback();
            throw;
        }
    }

    /// <summary>What SQLite finds wrong in a copy; nothing where it is whole.</summary>
    public static IReadOnlyList<string> Check(string file) => SqliteEngine.Check(file);

    /// <summary>What kind of failure it is.</summary>
    public static DbFailure Classify(DbException exception) =>
        SqliteEngine.Classify(exception) ?? PostgresEngine.Classify(exception) ?? DbFailure.Statement;

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }
        _disposed = true;
        _writer.Drain();
        _engine.Dispose();
        _looking.Dispose();
        _writer.Dispose();
        _serving?.Dispose();
    }
}

/// <summary>A table that was copied: what was read, and what is there.</summary>
internal sealed record CopiedTable(string Name, TableCopy.TableSum Source, TableCopy.TableSum Target)
{
    public bool IsSame => Source.Equals(Target);
}

/// <summary>What went wrong in the database.</summary>
internal enum DbFailure
{
    /// <summary>This statement: a constraint, a mistake.</summary>
    Statement,

    /// <summary>It met another transaction; the same again may do.</summary>
    Conflict,

    /// <summary>No room, no turn or no connection now; later may be better.</summary>
    Busy,

    /// <summary>The disk or the file; nothing after it can be trusted.</summary>
    Disk,
}
