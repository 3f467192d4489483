using System.Runtime.InteropServices;

namespace VoteTracker.Endpoints.Server;

/// <summary>
/// Looks for a renewed certificate every minute, and at the signal SIGHUP. Without a certificate in the settings, it does
/// nothing.
/// </summary>
internal sealed class WatchCertificate(IServiceProvider services, Settings settings, TimeProvider clock)
    : IHostedService,
        IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private ITimer? _timer;
    private PosixSignalRegistration? _signal;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (ServerCertificate.IsSet(settings))
        {
            var certificate = services.GetRequiredService<ServerCertificate>();
            _timer = clock.CreateTimer(_ => certificate.Reload(), null, Interval, Interval);
            _signal = PosixSignalRegistration.Create(
                PosixSignal.SIGHUP,
                signal =>
                {
                    // Without a handler, the signal ends the process.
                    signal.Cancel = true;
                    certificate.Reload();
                }
            );
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _timer?.Dispose();
        _signal?.Dispose();
    }
}
