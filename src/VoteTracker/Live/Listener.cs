using System.Threading.Tasks.Sources;

namespace VoteTracker.Live;

/// <summary>
/// One who waits for changes. It looks once, however often it was woken since it looked last; and who was woken while
/// it was busy does not wait. Woken, it goes on at once on the thread that wakes it: it must not keep that for long.
/// </summary>
internal sealed class Listener(Listeners waiters) : IValueTaskSource, IDisposable
{
    private const int Busy = 0;
    private const int Woken = 1;
    private const int Waiting = 2;

    private ManualResetValueTaskSourceCore<bool> _next;
    private int _state;

    /// <summary>Ends when it is woken; at once, where that was since this was last awaited. For one who awaits it.</summary>
    public ValueTask Next()
    {
        if (Interlocked.CompareExchange(ref _state, Busy, Woken) == Woken)
        {
            return ValueTask.CompletedTask;
        }
        _next.Reset();
        if (Interlocked.CompareExchange(ref _state, Waiting, Busy) == Busy)
        {
            return new ValueTask(this, _next.Version);
        }
        // A full fence: what it looks at next must not have been read before this.
        Interlocked.Exchange(ref _state, Busy);
        return ValueTask.CompletedTask;
    }

    /// <summary>Wakes it.</summary>
    public void Wake()
    {
        if (
            Interlocked.CompareExchange(ref _state, Woken, Busy) == Waiting
            && Interlocked.CompareExchange(ref _state, Busy, Waiting) == Waiting
        )
        {
            _next.SetResult(true);
        }
    }

    public void Dispose() => waiters.Leave(this);

    void IValueTaskSource.GetResult(short token) => _next.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _next.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    ) => _next.OnCompleted(continuation, state, token, flags);
}
