using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting.Systemd;

namespace VoteTracker.Features.Health;

/// <summary>
/// The stop of the process at SIGTERM, SIGINT or SIGQUIT. At first requests are still served, and `/health/ready` reports the
/// stop, so that a proxy sends its requests elsewhere. Then the host stops. If that takes too long, the process exits anyway.
/// A second signal ends the first step. A service manager is notified of the start and of the stop.
/// </summary>
internal sealed class ServiceLifetime(
    IHostApplicationLifetime lifetime,
    Settings settings,
    TimeProvider clock,
    ILogger<ServiceLifetime> log
) : IHostLifetime, IDisposable
{
    /// <summary>The time after the end of all connections, in which the writer and the other parts end.</summary>
    public static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(4);

    private const string NotifySocket = "NOTIFY_SOCKET";

    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IDisposable> _signals = [];
    private Action<ServiceState> _notify = _ => { };
    private Timer? _deadline;
    private int _begun;

    /// <summary>Whether the service is stopping.</summary>
    public bool IsStopping => Volatile.Read(ref _begun) != 0 || lifetime.ApplicationStopping.IsCancellationRequested;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable(NotifySocket)))
        {
            _notify = ConnectServiceManager();
        }
        lifetime.ApplicationStarted.Register(() => _notify(ServiceState.Ready));
        lifetime.ApplicationStopping.Register(() => _notify(ServiceState.Stopping));
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
        {
            _signals.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        _deadline?.Dispose();
    }

    // A separate method, so that the library is loaded only under a service manager.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Action<ServiceState> ConnectServiceManager() => new SystemdNotifier().Notify;

    private void OnSignal(PosixSignalContext signal)
    {
        // Otherwise the runtime ends the process at once.
        signal.Cancel = true;
        if (Interlocked.Exchange(ref _begun, 1) != 0)
        {
            _drained.TrySetResult();
            return;
        }
        _ = Stop();
    }

    private async Task Stop()
    {
        if (settings.DrainSeconds > 0)
        {
            log.LogInformation(
                "The service stops in {Seconds} seconds. Until then it serves requests, and is not ready.",
                settings.DrainSeconds
            );
            await Task.WhenAny(_drained.Task, Task.Delay(TimeSpan.FromSeconds(settings.DrainSeconds), clock));
        }
        log.LogInformation("The service is stopping.");
        // A timer of the machine: a clock that stands still must not keep the process.
        _deadline = new Timer(
            _ => Exit(),
            null,
            TimeSpan.FromSeconds(settings.StopSeconds) + TimeToEnd,
            Timeout.InfiniteTimeSpan
        );
        lifetime.StopApplication();
    }

    // The connections are closed already, so no client waits for an acknowledgement.
    private void Exit()
    {
        log.LogError(
            "The service did not end in time, so the process exits. Probably the database does not respond. Writes without a response may be committed or not."
        );
        Environment.Exit(1);
    }
}

/// <summary>The registration of the lifetime.</summary>
internal static class ServiceLifetimeServices
{
    public static IServiceCollection AddServiceLifetime(this IServiceCollection services)
    {
        services.AddSingleton<ServiceLifetime>();
        services.AddSingleton<IHostLifetime>(provider => provider.GetRequiredService<ServiceLifetime>());
        services
            .AddOptions<HostOptions>()
            .Configure<Settings>((host, settings) => host.ShutdownTimeout = TimeSpan.FromSeconds(settings.StopSeconds));
        return services;
    }
}
