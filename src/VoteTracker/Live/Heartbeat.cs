namespace VoteTracker.Live;

/// <summary>
/// One timer for all listeners. Every 15 seconds it wakes them, to send a heartbeat and to see whether a date has changed
/// which members may vote. When the service stops, it wakes them to finish, and does not wait for those that do not read.
/// </summary>
internal sealed class Heartbeat(TallyCache live, TimeProvider clock, IHostApplicationLifetime lifetime)
    : IHostedService,
        IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _gracePeriodEnded = new();
    private ITimer? _timer;
    private int _count;

    /// <summary>The number of heartbeats.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether the service is stopping.</summary>
    public bool Stopping => lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Cancelled two seconds after the service began to stop. Listeners that read have finished by then.</summary>
    public CancellationToken GracePeriodEnded => _gracePeriodEnded.Token;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = clock.CreateTimer(_ => Beat(), null, Interval, Interval);
        lifetime.ApplicationStopping.Register(Stop);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _timer?.Dispose();
        _gracePeriodEnded.Dispose();
    }

    private void Stop()
    {
        live.WakeAll();
        _gracePeriodEnded.CancelAfter(GracePeriod);
    }

    private void Beat()
    {
        Interlocked.Increment(ref _count);
        live.WakeAll();
    }
}
