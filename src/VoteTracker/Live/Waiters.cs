namespace VoteTracker.Live;

/// <summary>Those who wait for the next change: one task for all of them, swapped for a new one when they are woken.</summary>
internal sealed class Waiters
{
    private TaskCompletionSource _next = New();

    /// <summary>Ends when they are woken next.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Wake() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    // Asynchronously, or who wakes them would run each of them.
    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
