using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace VoteTracker.Features.Observability;

/// <summary>Exports metrics and traces while the service runs, as the settings say. By default it does nothing.</summary>
internal sealed class Telemetry(Settings settings, IServiceProvider services) : IHostedService, IDisposable
{
    // A read of the database that does not end must not delay the end of the service.
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(1);

    // Not disposed of: a host can stop its services after it disposed of them.
    private readonly CancellationTokenSource _stop = new();
    private TelemetryProviders? _providers;
    private ActivityListener? _ids;
    private Task _readings = Task.CompletedTask;

    /// <summary>Whether traces are exported.</summary>
    public static bool HasTraces(Settings settings) => settings.OtlpEndpoint.Length > 0;

    /// <summary>Writes the metrics as a response. False if the setting is off.</summary>
    public async Task<bool> TryScrape(HttpContext http)
    {
        if (!settings.Metrics)
        {
            return false;
        }
        await Scrape(http);
        return true;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Metrics || HasTraces(settings))
        {
            Start();
        }
        if (settings.LogFormat == Settings.JsonLogs && !HasTraces(settings))
        {
            ActivitySource.AddActivityListener(_ids = ListenForIds());
        }
        return Task.CompletedTask;
    }

    /// <summary>Sends what remains. The requests have ended before.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_readings, Task.Delay(LongestReading, CancellationToken.None));
        await StopProviders();
    }

    public void Dispose()
    {
        // A start that failed has not stopped them.
        StopProviders().GetAwaiter().GetResult();
        _ids?.Dispose();
    }

    // Separate methods, so that a service without these settings does not load OpenTelemetry.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Start()
    {
        services.GetRequiredService<ServiceMetrics>().Publish();
        _providers = TelemetryProviders.Start(settings, services);
        _readings = services.GetRequiredService<Readings>().Run(_stop.Token);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Task Scrape(HttpContext http) =>
        _providers?.Scrape is { } scrape
            ? scrape(http)
            : throw new InvalidOperationException("The metrics are not exported yet, or no longer.");

    // Once: a provider that is disposed of twice can end the process.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Task StopProviders() => Interlocked.Exchange(ref _providers, null)?.Stop() ?? Task.CompletedTask;

    // Spans that are not recorded give each request a trace id for the log.
    private static ActivityListener ListenForIds() =>
        new()
        {
            ShouldListenTo = static source => source.Name == "Microsoft.AspNetCore",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
        };
}
