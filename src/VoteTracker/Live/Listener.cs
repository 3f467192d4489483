using System.Threading.Tasks.Sources;

namespace VoteTracker.Live;

/// <summary>
/// Waits for changes. Several wake-ups between two waits count as one. A listener that was woken while it was busy does
/// not wait. Its continuation runs on the thread that wakes it, so it must be short.
/// </summary>
internal sealed class Listener(Listeners listeners) : IValueTaskSource, IDisposable
{
    private const int Busy = 0;
    private const int Woken = 1;
    private const int Waiting = 2;

    private ManualResetValueTaskSourceCore<bool> _next;
    private int _state;

    /// <summary>Completes when it is woken, or at once if it was woken since the last call. Only one caller may await it.</summary>
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
        // A full fence: the state must be read after this.
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

    public void Dispose() => listeners.Remove(this);

    void IValueTaskSource.GetResult(short token) => _next.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _next.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    ) => _next.OnCompleted(continuation, state, token, flags);
}
