using System.Data.Common;
using Dapper;

namespace VoteTracker.Database;

/// <summary>
/// Publishes which resolutions each commit changed: commits of this process, of other replicas, and of other processes
/// that write to the same file.
/// </summary>
internal sealed class CommitFeed : IDisposable
{
    private const string ChangedAfter =
        "SELECT DISTINCT resolution FROM change WHERE seq > @seq AND resolution IS NOT NULL AND version > (SELECT COALESCE(MAX(first_version), 1) FROM incarnation)";

    private readonly Db _db;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _lookups = new(1);

    // The last foreign commit that was published. On SQLite only the writer's thread uses these; on PostgreSQL only the
    // holder of _lookups.
    private long? _dataVersion;
    private long _lastSeq;

    public CommitFeed(Db db, ILogger<CommitFeed> log)
    {
        (_db, _log) = (db, log);
        _db.Writer.Committed += OnCommitted;
    }

    /// <summary>
    /// Raised after a commit and before its writes complete, with the ids of the resolutions that it changed, or
    /// <see cref="Write.Everything"/>. The handler reads their new state itself.
    /// </summary>
    public event Action<IReadOnlyCollection<string>> Committed = delegate { };

    /// <summary>How long commits of other replicas have not been received; null while they are received.</summary>
    public TimeSpan? DisconnectedFor => _db.Engine.DisconnectedFor;

    /// <summary>
    /// Publishes the commits of other processes since the last call. Resolutions that they added are not published,
    /// because nothing has an older state of them.
    /// </summary>
    public Task PublishForeignCommits() =>
        _db.Engine.IsLocal ? _db.Writer.RunExclusive(PublishCommitsToFile)
        : DisconnectedFor is null ? Task.CompletedTask
        : PublishReplicaCommits();

    /// <summary>Publishes the commits of other replicas as they happen, until it is stopped.</summary>
    public Task ListenToReplicas(CancellationToken stop) =>
        _db.Engine.ListenToReplicas(_db.Writer.NotifyCommitted, PublishReplicaCommits, stop);

    public void Dispose()
    {
        _db.Writer.Committed -= OnCommitted;
        _lookups.Dispose();
    }

    private void OnCommitted(IReadOnlyCollection<string> changed)
    {
        if (changed.Contains(Write.Everything))
        {
            _ = ReadIncarnation();
        }
        Committed(changed);
    }

    private void PublishCommitsToFile(IWriting writing)
    {
        writing.Maintain();
        var (version, seq, connection) = (_dataVersion, _lastSeq, writing.Connection);
        // In this order, so that a commit between the statements is published, now or by the next call.
        _lastSeq = connection.ExecuteScalar<long>("SELECT COALESCE(MAX(seq), 0) FROM change");
        _dataVersion = connection.ExecuteScalar<long>("PRAGMA data_version");
        if (version is { } last && last != _dataVersion)
        {
            _db.Writer.NotifyCommitted([.. connection.Query<string>(ChangedAfter, new { seq })]);
        }
    }

    // This process or another replica began a new incarnation. If it cannot be read now, the next lookup reads it.
    private async Task ReadIncarnation()
    {
        try
        {
            await _db.Read(_db.Incarnation.Reread);
        }
        catch (Exception exception) when (exception is DbException or ObjectDisposedException)
        {
            _log.LogInformation("The new incarnation of the database could not be read: {Message}", exception.Message);
        }
    }

    private async Task PublishReplicaCommits()
    {
        await _lookups.WaitAsync();
        try
        {
            await PublishCommitsToServer();
        }
        finally
        {
            _lookups.Release();
        }
    }

    private async Task PublishCommitsToServer()
    {
        var (seq, changed, (isOther, hasMoved)) = await _db.Read(async connection =>
        {
            var newest = await connection.ExecuteScalarAsync<long>("SELECT COALESCE(MAX(seq), 0) FROM change");
            var ids =
                _dataVersion is null || newest == _lastSeq
                    ? []
                    : (await connection.QueryAsync<string>(ChangedAfter, new { seq = _lastSeq })).ToList();
            return (newest, ids, await _db.Incarnation.Reread(connection));
        });
        (_dataVersion, _lastSeq) = (0, seq);
        // Another incarnation can lack changes that this one had, so their numbers cannot be compared.
        _db.Writer.NotifyCommitted(isOther ? [Write.Everything] : changed);
        if (hasMoved)
        {
            await _db.WriteBookkeeping(_db.Incarnation.Check);
        }
    }
}
