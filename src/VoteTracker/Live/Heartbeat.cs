namespace VoteTracker.Live;

/// <summary>
/// One clock for all listeners: every 15 seconds each says that it is alive, and looks whether a date has changed who
/// may vote. When the service stops, they are told to come back elsewhere.
/// </summary>
internal sealed class Heartbeat(LiveTallies live, TimeProvider clock, IHostApplicationLifetime lifetime)
    : IHostedService,
        IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private ITimer? _timer;
    private int _count;

    /// <summary>How many beats there were.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether the service is stopping.</summary>
    public bool Stopping => lifetime.ApplicationStopping.IsCancellationRequested;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = clock.CreateTimer(_ => Beat(), null, Interval, Interval);
        lifetime.ApplicationStopping.Register(live.WakeAll);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _timer?.Dispose();

    private void Beat()
    {
        Interlocked.Increment(ref _count);
        live.WakeAll();
    }
}
