using System.Data.Common;

namespace VoteTracker.Database;

/// <summary>
/// The one writer. It takes what arrived during the last commit, runs the writes so that each can be taken back alone,
/// commits them together and answers them afterwards: as durable as one commit a write, at a fraction of the syncs.
/// </summary>
internal sealed class Writer : IDisposable
{
    // Bounds how long a write waits for its neighbours before the commit.
    private const int MostInOneCommit = 512;

    // Others are met only where somebody changes rows by hand while the service runs.
    private const int MostTries = 5;

    private readonly IWriting _writing;
    private readonly DiskFaults _storage;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly WriteQueue<QueuedWrite> _queue;
    private readonly Thread _thread;

    // For the thread whose turn it is.
    private readonly List<QueuedWrite> _batch = new(MostInOneCommit);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private DateTimeOffset _last;
    private volatile bool _wasAlone = true;

    public Writer(IWriting writing, DiskFaults storage, int queueLength, TimeProvider clock, ILogger log)
    {
        (_writing, _storage, _clock, _log) = (writing, storage, clock, log);
        _queue = new WriteQueue<QueuedWrite>(queueLength);
        _thread = new Thread(Run) { IsBackground = true, Name = "Writer" };
        _thread.Start();
    }

    public event Action<IReadOnlyCollection<string>> Committed = delegate { };

    /// <summary>Runs before the writes of the first commit on a new connection, in their transaction.</summary>
    public Func<Write, Task>? OnNewConnection { get; set; }

    /// <summary>How many wait to be taken into a commit.</summary>
    public int Waiting => _queue.Count;

    public async Task<T> Enqueue<T>(Func<Write, Task<T>> work)
    {
        if (_storage.Fault is { } fault)
        {
            throw new StorageFaultException(fault);
        }
        var item = new QueuedWrite<T>(work);
        // A lone write runs on its caller's thread: waking another thread, and being woken by it, takes longer than the
        // commit. Where writes come together, the writer's thread commits them while the others' threads work.
        if (_wasAlone && _writing.IsLocal && _queue.TryAddAndBegin(item))
        {
            CommitAndEnd();
        }
        else if (!_queue.TryAdd(item))
        {
            throw Full();
        }
        return await item.Answer;
    }

    /// <summary>Runs something on the writer's connection between two commits, in no transaction.</summary>
    public async Task RunExclusive(Action<IWriting> work)
    {
        var item = new ExclusiveWork(work);
        if (!_queue.TryAdd(item, takesPlace: false))
        {
            throw Full();
        }
        await item.Answer;
    }

    /// <summary>Tells of resolutions that changed, on the writer's thread.</summary>
    public void NotifyCommitted(IReadOnlyCollection<string> changed) => Committed(changed);

    /// <summary>From here on no write has a moment before this one.</summary>
    public void ContinueAfter(DateTimeOffset moment)
    {
        // Read by the writer's thread alone, which has it when it takes the next write from the queue.
        _last = moment > _last ? moment : _last;
    }

    /// <summary>Takes nothing more, and finishes what waits.</summary>
    public void Drain()
    {
        _queue.Complete();
        _thread.Join();
    }

    public void Dispose()
    {
        Drain();
        _writing.Dispose();
    }

    private static WriteUnavailableException Full() =>
        new(
            "More writes are waiting for the disk than the queue holds; nothing of this one was done.",
            TimeSpan.FromSeconds(1)
        );

    private void Run()
    {
        while (_queue.WaitAndBegin())
        {
            if (_queue.TryPeek(out var first) && first is ExclusiveWork alone)
            {
                _queue.TryTake(out _);
                alone.Run(_writing);
                _queue.End();
                continue;
            }
            CommitAndEnd();
        }
    }

    private void CommitAndEnd()
    {
        try
        {
            for (var tries = 1; !Commits(_batch, _changed, lastTry: tries == MostTries); tries++)
            {
                _log.LogInformation("A commit met another and is done again.");
            }
        }
        catch (Exception exception)
        {
            GiveUp(_batch, exception);
        }
        finally
        {
            _wasAlone = _batch.Count == 1;
            _batch.Clear();
            _changed.Clear();
            _queue.End();
        }
    }

    // False: it met another transaction, and is to be done again.
    private bool Commits(List<QueuedWrite> batch, HashSet<string> changed, bool lastTry)
    {
        try
        {
            CommitWhatWaits(batch, changed);
            return true;
        }
        catch (DbException exception) when (!lastTry && Db.Classify(exception) == DbFailure.Conflict)
        {
            _writing.Rollback();
            changed.Clear();
            return false;
        }
        catch (CommitRestartException)
        {
            _writing.Rollback();
            changed.Clear();
            return Commits(batch, changed, lastTry);
        }
    }

    private void CommitWhatWaits(List<QueuedWrite> batch, HashSet<string> changed)
    {
        if (_storage.Fault is { } fault)
        {
            throw new StorageFaultException(fault);
        }
        ContinueAfter(_writing.Begin());
        if (_writing.IsNew && OnNewConnection is { } check)
        {
            RunFirst(check, changed);
        }
        // Those who wait now, not those who come meanwhile: or all would end up in one commit and wait for its sync
        // together, while nobody works.
        var waiting = Math.Min(batch.Count + _queue.Count, MostInOneCommit);
        foreach (var taken in batch)
        {
            RunOne(taken, changed);
        }
        while (batch.Count < waiting && _queue.TryPeek(out var item) && item is not ExclusiveWork)
        {
            _queue.TryTake(out _);
            batch.Add(item);
            RunOne(item, changed);
        }
        _writing.Commit(_last, changed);
        // Before the writers are answered: the next GET after an answer must show its version.
        NotifyCommitted(changed);
        foreach (var item in batch)
        {
            item.Complete();
        }
    }

    // The writes are committed, also if a handler of the event fails.
    private void NotifyCommitted(HashSet<string> changed)
    {
        try
        {
            Committed(changed);
        }
        catch (Exception exception)
        {
            _log.LogError(exception, "A handler of a commit failed.");
        }
    }

    private void RunOne(QueuedWrite item, HashSet<string> changed)
    {
        _writing.BeginSavepoint();
        var write = new Write(_writing, Now());
        if (item.Run(write))
        {
            changed.UnionWith(write.ChangedResolutions);
        }
        else
        {
            _writing.RollbackSavepoint();
        }
        _writing.ReleaseSavepoint();
    }

    private void RunFirst(Func<Write, Task> check, HashSet<string> changed)
    {
        var write = new Write(_writing, Now());
        check(write).GetAwaiter().GetResult();
        changed.UnionWith(write.ChangedResolutions);
    }

    // A moment never runs backwards, whatever the machine's clock does: the past is found by it.
    private DateTimeOffset Now()
    {
        var now = _clock.Moment();
        return _last = now > _last ? now : _last;
    }

    private void GiveUp(List<QueuedWrite> batch, Exception cause)
    {
        // What still waits was not begun; it shares the answer rather than waiting for a disk that failed.
        while (_queue.TryTake(out var item))
        {
            batch.Add(item);
        }
        if (cause is DbException failure && Db.Classify(failure) == DbFailure.Disk)
        {
            cause = _storage.Stop(
                "The disk failed under a write; writing stays stopped until the service is started again.",
                cause
            );
        }
        try
        {
            _writing.Rollback();
        }
        catch (Exception exception)
        {
            // The next commit begins on a new connection, or fails in turn. Nothing may end this thread.
            _log.LogError(exception, "A commit that failed could not be rolled back.");
        }
        if (cause is CommitUnknownException)
        {
            // What may have been committed must not be answered from memory.
            NotifyCommitted(_changed);
        }
        if (cause is StorageFaultException or not WriteUnavailableException)
        {
            _log.LogError(cause, "A commit failed; its {Count} writes were answered 503.", batch.Count);
        }
        var refusal =
            cause as WriteUnavailableException
            ?? new WriteUnavailableException(
                "The database could not commit now; nothing of this write was done.",
                TimeSpan.FromSeconds(1),
                cause
            );
        foreach (var item in batch)
        {
            item.Fail(refusal);
        }
    }
}
