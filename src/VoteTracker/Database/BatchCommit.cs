using System.Data.Common;
using System.Diagnostics;
using VoteTracker.Database.Audit;
using VoteTracker.Database.Telemetry;

namespace VoteTracker.Database;

/// <summary>
/// Commits the queued writes in one transaction. Each write can be rolled back alone. A write completes after the commit.
/// Only the thread that has the turn of the queue uses it. Over 200 lines because a failure of any step decides about the
/// whole batch.
/// </summary>
internal sealed class BatchCommit(
    IWriting writing,
    WriteQueue<QueuedWrite> queue,
    DiskFaults storage,
    WriteCounts counts,
    TimeProvider clock,
    ILogger log,
    Action<IReadOnlyCollection<string>> onCommitted
)
{
    // Bounds how long a write waits for the others before the commit.
    private const int MaxBatchSize = 512;

    // Conflicts happen only if somebody changes rows by hand while the service runs.
    private const int MaxAttempts = 5;

    private readonly IWriting _writing = writing;
    private readonly List<QueuedWrite> _batch = new(MaxBatchSize);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly List<AuditEntry> _auditEntries = [];
    private DateTimeOffset _last;

    /// <summary>Runs before the writes of the first transaction on a new connection, in that transaction.</summary>
    public Func<Write, Task>? OnNewConnection { get; set; }

    /// <summary>Makes all later writes have this moment or a later one.</summary>
    public void ContinueAfter(DateTimeOffset moment) => _last = moment > _last ? moment : _last;

    /// <summary>Commits the queued writes, and completes or fails them. Returns how many there were.</summary>
    public int CommitQueued()
    {
        using var span = DatabaseTraces.StartCommit();
        try
        {
            for (var attempt = 1; !TryCommit(_batch, _changed, isLast: attempt == MaxAttempts); attempt++)
            {
                log.LogInformation("A transaction conflicted with another one and runs again.");
            }
        }
        catch (Exception exception)
        {
            span?.SetStatus(ActivityStatusCode.Error);
            FailAll(_batch, exception);
        }
        var count = _batch.Count;
        span?.SetTag(DatabaseTraces.Writes, count);
        _batch.Clear();
        _changed.Clear();
        return count;
    }

    // False: the transaction conflicted with another one and must run again.
    private bool TryCommit(List<QueuedWrite> batch, HashSet<string> changed, bool isLast)
    {
        try
        {
            Commit(batch, changed);
            return true;
        }
        catch (DbException exception) when (!isLast && Db.Classify(exception) == DbFailure.Conflict)
        {
            _writing.Rollback();
            changed.Clear();
            return false;
        }
        catch (CommitRestartException)
        {
            _writing.Rollback();
            changed.Clear();
            return TryCommit(batch, changed, isLast);
        }
    }

    private void Commit(List<QueuedWrite> batch, HashSet<string> changed)
    {
        if (storage.Fault is { } fault)
        {
            throw new StorageFaultException(fault);
        }
        var (began, committed) = (counts.Measure is null ? 0 : clock.GetTimestamp(), 0);
        _auditEntries.Clear();
        ContinueAfter(_writing.Begin());
        if (_writing.IsNew && OnNewConnection is { } onNewConnection)
        {
            RunOnNewConnection(onNewConnection, changed);
        }
        // Only the writes that are queued now. Otherwise all writes could end up in one transaction and wait for its sync
        // together, while no thread does other work.
        var size = Math.Min(batch.Count + queue.Count, MaxBatchSize);
        foreach (var taken in batch)
        {
            committed += RunOne(taken, changed) ? 1 : 0;
        }
        while (batch.Count < size && queue.TryPeek(out var item) && item is not ExclusiveWork)
        {
            queue.TryTake(out _);
            batch.Add(item);
            committed += RunOne(item, changed) ? 1 : 0;
        }
        // All entries at once, so that the end of the chain moves once for each commit.
        if (_auditEntries.Count > 0)
        {
            _writing.AppendAudit(_auditEntries);
        }
        _writing.Commit(_last, changed);
        counts.AddCommit(committed, batch.Count - committed, began == 0 ? null : clock.GetElapsedTime(began));
        // Before the writes complete, because the next GET after a response must return its version.
        Notify(changed);
        foreach (var item in batch)
        {
            item.Complete();
        }
    }

    // The writes are committed, even if a handler of the event fails.
    private void Notify(HashSet<string> changed)
    {
        try
        {
            onCommitted(changed);
        }
        catch (Exception exception)
        {
            log.LogError(exception, "A handler of a commit failed.");
        }
    }

    // False: the write was rolled back.
    private bool RunOne(QueuedWrite item, HashSet<string> changed)
    {
        _writing.BeginSavepoint();
        var write = new Write(_writing, Now());
        var succeeded = item.Run(write);
        if (succeeded)
        {
            changed.UnionWith(write.ChangedResolutions);
            item.AddAudit(write, _auditEntries);
        }
        else
        {
            _writing.RollbackSavepoint();
        }
        _writing.ReleaseSavepoint();
        return succeeded;
    }

    private void RunOnNewConnection(Func<Write, Task> work, HashSet<string> changed)
    {
        var write = new Write(_writing, Now());
        work(write).GetAwaiter().GetResult();
        changed.UnionWith(write.ChangedResolutions);
    }

    // Moments never decrease, even if the machine's clock does: past states are found by moment.
    private DateTimeOffset Now()
    {
        var now = clock.Moment();
        return _last = now > _last ? now : _last;
    }

    private void FailAll(List<QueuedWrite> batch, Exception cause)
    {
        // The queued writes have not started. They fail too, instead of waiting for a disk that failed.
        while (queue.TryTake(out var item))
        {
            batch.Add(item);
        }
        if (cause is DbException failure && Db.Classify(failure) == DbFailure.Disk)
        {
            cause = storage.Stop(
                "The disk failed during a write. Writing is stopped until the service is restarted.",
                cause
            );
        }
        try
        {
            _writing.Rollback();
        }
        catch (Exception exception)
        {
            // The next transaction begins on a new connection, or fails too. No exception may end this thread.
            log.LogError(exception, "A transaction that failed could not be rolled back.");
        }
        if (cause is CommitUnknownException)
        {
            // The writes may be committed, so cached states can be outdated.
            Notify(_changed);
        }
        if (cause is StorageFaultException or not WriteUnavailableException)
        {
            log.LogError(cause, "A transaction failed. Its {Count} writes were rejected with 503.", batch.Count);
        }
        counts.AddFailed(cause, batch.Count);
        var rejection =
            cause as WriteUnavailableException
            ?? new WriteUnavailableException(
                "The database could not commit now. Nothing of this write was committed.",
                TimeSpan.FromSeconds(1),
                cause
            );
        foreach (var item in batch)
        {
            item.Fail(rejection);
        }
    }
}
