using System.Diagnostics;

namespace VoteTracker.Endpoints.Limits;

/// <summary>
/// The turns of expensive reads at the processors. Reads with and without a key wait in separate queues, which
/// alternate.
/// </summary>
internal sealed class RequestQueue(int count)
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _withKey = new();
    private readonly Queue<TaskCompletionSource> _withoutKey = new();
    private int _free = count;
    private bool _lastHadKey;

    /// <summary>Whether a read waits for a turn.</summary>
    public bool IsWaitedFor
    {
        get
        {
            lock (_lock)
            {
                return _withKey.Count + _withoutKey.Count > 0;
            }
        }
    }

    /// <summary>Waits for a turn.</summary>
    public ValueTask Take(bool hasKey)
    {
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return ValueTask.CompletedTask;
            }
            var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            (hasKey ? _withKey : _withoutKey).Enqueue(waiting);
            return new ValueTask(waiting.Task);
        }
    }

    /// <summary>Gives the turn to the next waiting read.</summary>
    public void Give()
    {
        lock (_lock)
        {
            var (first, second) = _lastHadKey ? (_withoutKey, _withKey) : (_withKey, _withoutKey);
            if (first.TryDequeue(out var next))
            {
                _lastHadKey = !_lastHadKey;
                next.SetResult();
            }
            else if (second.TryDequeue(out next))
            {
                next.SetResult();
            }
            else
            {
                _free++;
            }
        }
    }
}

/// <summary>The turn of one read. It pauses while the read waits for its client, which may be slow.</summary>
internal sealed class RequestTurn(RequestQueue turns, bool hasKey) : IDisposable
{
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(50);
    private bool _isHeld;
    private long _since;

    /// <summary>
    /// While other expensive reads wait, it leaves the processor to polls and writes for as long as it has used it. The
    /// time comes from the machine and not from an injected clock, because it measures the use of a processor.
    /// </summary>
    public Task Rest()
    {
        var used = Stopwatch.GetElapsedTime(_since);
        return turns.IsWaitedFor ? Task.Delay(used < LongestRest ? used : LongestRest) : Task.CompletedTask;
    }

    /// <summary>Lets others have their turn.</summary>
    public void Pause()
    {
        if (_isHeld)
        {
            _isHeld = false;
            turns.Give();
        }
    }

    /// <summary>Waits for the next turn.</summary>
    public async ValueTask Resume()
    {
        await turns.Take(hasKey);
        _isHeld = true;
        _since = Stopwatch.GetTimestamp();
    }

    public void Dispose() => Pause();
}
