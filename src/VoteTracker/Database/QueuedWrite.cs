using System.Data.Common;
using VoteTracker.Database.Audit;

namespace VoteTracker.Database;

/// <summary>An item of the writer's queue.</summary>
internal abstract class QueuedWrite
{
    /// <summary>Runs the write. False if it failed, so that its changes must be rolled back.</summary>
    public abstract bool Run(Write write);

    /// <summary>Adds the entries in the audit of a write that ran.</summary>
    public virtual void AddAudit(Write write, List<AuditEntry> entries) { }

    /// <summary>Completes the caller's task, after the commit.</summary>
    public abstract void Complete();

    /// <summary>Fails the caller's task.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>Work on the writer's connection between two transactions.</summary>
internal sealed class ExclusiveWork(Action<IWriting> work) : QueuedWrite
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Completion => _completion.Task;

    public void Run(IWriting writing)
    {
        try
        {
            work(writing);
            _completion.TrySetResult();
        }
        catch (Exception exception)
        {
            _completion.TrySetException(exception);
        }
    }

    public override bool Run(Write write) => throw new InvalidOperationException("Exclusive work has no transaction.");

    public override void Complete() { }

    public override void Fail(Exception exception) => _completion.TrySetException(exception);
}

/// <summary>A write and the task that its caller awaits.</summary>
internal sealed class QueuedWrite<T>(Func<Write, Task<T>> work, AuditScope? scope) : QueuedWrite
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private AuditEntry? _entry;
    private Exception? _failure;

    public Task<T> Completion => _completion.Task;

    public override bool Run(Write write)
    {
        _failure = null;
        try
        {
            var task = work(write);
            // A server sends a long result in parts, and the writer's thread waits for them. SQLite is synchronous.
            if (!task.IsCompleted && write.IsLocal)
            {
                throw new InvalidOperationException("A write may await only its own statements.");
            }
            _result = task.GetAwaiter().GetResult();
            _entry =
                write.HasNoEntry ? null
                : scope is null ? AuditScope.Create(write, AuditEntry.Service, AuditEntry.Service)
                : scope.CreateEntry(write, _result);
            return true;
        }
        // This failure concerns the whole transaction.
        catch (DbException exception) when (Db.Classify(exception) != DbFailure.Statement)
        {
            throw;
        }
        catch (Exception exception)
        {
            _failure = exception;
            return false;
        }
    }

    public override void AddAudit(Write write, List<AuditEntry> entries)
    {
        entries.AddRange(write.AuditEntries);
        if (_entry is not null)
        {
            entries.Add(_entry);
        }
    }

    public override void Complete()
    {
        if (_failure is null)
        {
            // First: the caller's next write may run as soon as its task is complete.
            scope?.OnCommitted();
            _completion.TrySetResult(_result!);
        }
        else
        {
            _completion.TrySetException(_failure);
        }
    }

    public override void Fail(Exception exception) => _completion.TrySetException(exception);
}
