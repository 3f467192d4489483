using System.Data.Common;

namespace VoteTracker.Database;

/// <summary>Something that waits for the writer.</summary>
internal abstract class QueuedWrite
{
    public abstract bool Run(Write write);

    public abstract void Complete();

    public abstract void Fail(Exception exception);
}

/// <summary>What is no write: it has no transaction, and no neighbours.</summary>
internal sealed class ExclusiveWork(Action<IWriting> work) : QueuedWrite
{
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Answer => _answer.Task;

    public void Run(IWriting writing)
    {
        try
        {
            work(writing);
            _answer.TrySetResult();
        }
        catch (Exception exception)
        {
            _answer.TrySetException(exception);
        }
    }

    public override bool Run(Write write) => throw new InvalidOperationException("It runs alone.");

    public override void Complete() { }

    public override void Fail(Exception exception) => _answer.TrySetException(exception);
}

/// <summary>A write, and who waits for its answer.</summary>
internal sealed class QueuedWrite<T>(Func<Write, Task<T>> work) : QueuedWrite
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _failure;

    public Task<T> Answer => _answer.Task;

    // False: undo what it did. Only what fails whatever the write is goes further than it.
    public override bool Run(Write write)
    {
        _failure = null;
        try
        {
            var task = work(write);
            // A server sends a long result in parts, and the writer's thread waits for them. SQLite is never waited for.
            if (!task.IsCompleted && write.IsLocal)
            {
                throw new InvalidOperationException("A write may await its own statements and nothing else.");
            }
            _result = task.GetAwaiter().GetResult();
            return true;
        }
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

    public override void Complete()
    {
        if (_failure is null)
        {
            _answer.TrySetResult(_result!);
        }
        else
        {
            _answer.TrySetException(_failure);
        }
    }

    public override void Fail(Exception exception) => _answer.TrySetException(exception);
}
