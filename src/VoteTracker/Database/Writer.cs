using VoteTracker.Database.Audit;
using VoteTracker.Database.Telemetry;

namespace VoteTracker.Database;

/// <summary>
/// The one writer: a queue of writes, and a thread that commits the queued writes together. This is as durable as one
/// commit for each write, with a fraction of the syncs.
/// </summary>
internal sealed class Writer : IDisposable
{
    private readonly IWriting _writing;
    private readonly DiskFaults _storage;
    private readonly WriteQueue<QueuedWrite> _queue;
    private readonly BatchCommit _commit;
    private readonly Thread _thread;
    private volatile bool _wasAlone = true;

    public Writer(IWriting writing, DiskFaults storage, int queueLength, TimeProvider clock, ILogger log)
    {
        (_writing, _storage) = (writing, storage);
        _queue = new WriteQueue<QueuedWrite>(queueLength);
        _commit = new BatchCommit(writing, _queue, storage, Counts, clock, log, NotifyCommitted);
        _thread = new Thread(Run) { IsBackground = true, Name = "Writer" };
        _thread.Start();
    }

    /// <summary>Raised after a commit and before its writes complete, with the ids of the resolutions that it changed.</summary>
    public event Action<IReadOnlyCollection<string>> Committed = delegate { };

    /// <summary>Runs before the writes of the first transaction on a new connection, in that transaction.</summary>
    public Func<Write, Task>? OnNewConnection
    {
        get => _commit.OnNewConnection;
        set => _commit.OnNewConnection = value;
    }

    /// <summary>What it has done since the start.</summary>
    public WriteCounts Counts { get; } = new();

    /// <summary>The number of queued writes.</summary>
    public int Waiting => _queue.Count;

    /// <summary>Queues a write. The task completes after the commit.</summary>
    public Task<T> Enqueue<T>(Func<Write, Task<T>> work) => Enqueue(work, AuditScope.Current);

    /// <summary>Queues a write of an author. The task completes after the commit.</summary>
    public async Task<T> Enqueue<T>(Func<Write, Task<T>> work, AuditScope? scope)
    {
        if (_storage.Fault is { } fault)
        {
            Counts.AddFailed(WriteFailure.Storage);
            throw new StorageFaultException(fault);
        }
        var item = new QueuedWrite<T>(work, scope);
        // A lone write runs on its caller's thread: to wake another thread and to be woken by it takes longer than the
        // commit. With concurrent writes, the writer's thread commits while the callers' threads do other work.
        if (_wasAlone && _writing.IsLocal && _queue.TryAddAndBegin(item))
        {
            CommitAndEnd();
        }
        else if (!_queue.TryAdd(item))
        {
            Counts.AddFailed(WriteFailure.QueueFull);
            throw QueueFull();
        }
        return await item.Completion;
    }

    /// <summary>Runs work on the writer's connection between two transactions.</summary>
    public async Task RunExclusive(Action<IWriting> work)
    {
        var item = new ExclusiveWork(work);
        if (!_queue.TryAdd(item, usesCapacity: false))
        {
            throw QueueFull();
        }
        await item.Completion;
    }

    /// <summary>Raises <see cref="Committed"/>, also for the commits of other processes.</summary>
    public void NotifyCommitted(IReadOnlyCollection<string> changed) => Committed(changed);

    /// <summary>Makes all later writes have this moment or a later one.</summary>
    public void ContinueAfter(DateTimeOffset moment) => _commit.ContinueAfter(moment);

    /// <summary>Rejects further writes, and finishes the queued ones.</summary>
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

    private static WriteUnavailableException QueueFull() =>
        new("The queue of writes to the disk is full. Nothing of this write was committed.", TimeSpan.FromSeconds(1));

    private void Run()
    {
        while (_queue.WaitAndBegin())
        {
            if (_queue.TryPeek(out var first) && first is ExclusiveWork exclusive)
            {
                _queue.TryTake(out _);
                exclusive.Run(_writing);
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
            _wasAlone = _commit.CommitQueued() == 1;
        }
        finally
        {
            _queue.End();
        }
    }
}
