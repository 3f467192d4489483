namespace VoteTracker.Live;

/// <summary>
/// One clock for all listeners: every 15 seconds each says that it is alive, and looks whether a date has changed who
/// may vote. When the service stops, they are told when to come back, and who does not read that is not waited for.
/// </summary>
internal sealed class Heartbeat(TallyCache live, TimeProvider clock, IHostApplicationLifetime lifetime)
    : IHostedService,
        IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _over = new();
    private ITimer? _timer;
    private int _count;

    /// <summary>How many beats there were.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether the service is stopping.</summary>
    public bool Stopping => lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Cancelled when the service has been stopping for so long that whoever reads was told.</summary>
    public CancellationToken Over => _over.Token;

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
        _over.Dispose();
    }

    private void Stop()
    {
        live.WakeAll();
        _over.CancelAfter(Farewell);
    }

    private void Beat()
    {
        Interlocked.Increment(ref _count);
        live.WakeAll();
    }
}
