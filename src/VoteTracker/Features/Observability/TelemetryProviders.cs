using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using VoteTracker.Database.Telemetry;

namespace VoteTracker.Features.Observability;

/// <summary>
/// OpenTelemetry: exports the metrics to Prometheus and to a collector, and traces to a collector. Only the methods of this
/// class use its types, so a service without these settings does not load them.
/// </summary>
internal sealed class TelemetryProviders
{
    /// <summary>How long a request to the collector may take. Two of them must fit into the time to stop.</summary>
    private const int CollectorTimeout = 2_000;

    private const int ExportInterval = 15_000;

    // Routes, methods and statuses, multiplied.
    private const int MostSeries = 5_000;

    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);
    private static readonly string[] RequestLabels = [SpanFilter.Method, SpanFilter.Route, SpanFilter.Status];

    private readonly List<IDisposable> _providers = [];
    private ActivityListener? _filter;

    private TelemetryProviders() { }

    /// <summary>Writes the metrics as a response; null if the setting is off.</summary>
    public RequestDelegate? Scrape { get; private init; }

    /// <summary>Begins to export.</summary>
    public static TelemetryProviders Start(Settings settings, IServiceProvider services)
    {
        var resource = ResourceBuilder
            .CreateDefault()
            .AddService("votetracker", serviceVersion: typeof(Settings).Assembly.GetName().Version?.ToString(3));
        var metrics = BuildMetrics(settings, resource);
        var providers = new TelemetryProviders { Scrape = settings.Metrics ? BuildScrape(metrics, services) : null };
        providers._providers.Add(metrics);
        if (settings.OtlpEndpoint.Length > 0)
        {
            providers._filter = SpanFilter.Listen();
            providers._providers.Add(BuildTraces(settings, resource));
        }
        return providers;
    }

    /// <summary>Sends what remains, for a few seconds at most.</summary>
    public async Task Stop()
    {
        try
        {
            await Task.WhenAll(_providers.Select(provider => Task.Run(provider.Dispose))).WaitAsync(LongestStop);
        }
        catch (TimeoutException)
        {
            // The collector does not respond. The threads that wait for it end with the process, and so does the filter.
            return;
        }
        _filter?.Dispose();
    }

    private static MeterProvider BuildMetrics(Settings settings, ResourceBuilder resource)
    {
        var builder = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(
                ServiceMetrics.MeterName,
                "Microsoft.AspNetCore.Hosting",
                "Microsoft.AspNetCore.Server.Kestrel",
                "System.Runtime"
            )
            .AddView(Select);
        if (settings.Metrics)
        {
            builder.AddPrometheusExporter();
        }
        if (settings.OtlpEndpoint.Length > 0)
        {
            builder.AddOtlpExporter(
                (exporter, reader) =>
                {
                    Configure(exporter, settings, "metrics");
                    reader.PeriodicExportingMetricReaderOptions = new PeriodicExportingMetricReaderOptions
                    {
                        ExportIntervalMilliseconds = ExportInterval,
                        ExportTimeoutMilliseconds = CollectorTimeout,
                    };
                }
            );
        }
        return builder.Build();
    }

    private static TracerProvider BuildTraces(Settings settings, ResourceBuilder resource)
    {
        var ratio = new TraceIdRatioBasedSampler(settings.TraceRatio);
        return Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            // A parent in another process never decides.
            .SetSampler(new ParentBasedSampler(ratio, remoteParentSampled: ratio, remoteParentNotSampled: ratio))
            .AddSource(SpanFilter.Requests, DatabaseTraces.Source, DatabaseTraces.Statements)
            .AddOtlpExporter(exporter => Configure(exporter, settings, "traces"))
            .Build();
    }

    private static void Configure(OtlpExporterOptions exporter, Settings settings, string signal)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri($"{settings.OtlpEndpoint.TrimEnd('/')}/v1/{signal}");
        exporter.TimeoutMilliseconds = CollectorTimeout;
    }

    // Only these labels of requests, whatever the framework adds in a later version.
    private static MetricStreamConfiguration? Select(System.Diagnostics.Metrics.Instrument instrument) =>
        instrument.Name switch
        {
            "http.server.request.duration" => new ExplicitBucketHistogramConfiguration
            {
                Boundaries = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
                TagKeys = RequestLabels,
                CardinalityLimit = MostSeries,
            },
            "http.server.active_requests" or "kestrel.active_connections" => new MetricStreamConfiguration
            {
                TagKeys = [],
            },
            "votetracker.commit.duration" => new ExplicitBucketHistogramConfiguration
            {
                Boundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
            },
            "votetracker.commit.writes" => new ExplicitBucketHistogramConfiguration
            {
                Boundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
            },
            _ when instrument.Meter.Name is not (ServiceMetrics.MeterName or "System.Runtime") =>
                MetricStreamConfiguration.Drop,
            _ => null,
        };

    // The exporter is middleware. As the delegate of an endpoint, it needs a key like every other one.
    private static RequestDelegate BuildScrape(MeterProvider metrics, IServiceProvider services) =>
        new ApplicationBuilder(services)
            .UseOpenTelemetryPrometheusScrapingEndpoint(
                metrics,
                predicate: static _ => true,
                path: null,
                configureBranchedPipeline: null,
                optionsName: null
            )
            .Build();
}
