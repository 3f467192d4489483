using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;

namespace VoteTracker.Features.Observability;

/// <summary>The services and the middleware for metrics, traces and logs.</summary>
internal static class ObservabilityServices
{
    public static IServiceCollection AddObservability(this IServiceCollection services)
    {
        services.AddSingleton<ServiceMetrics>();
        services.AddSingleton<Readings>();
        services.AddSingleton<Telemetry>();
        services.AddHostedService(provider => provider.GetRequiredService<Telemetry>());
        services.Replace(ServiceDescriptor.Singleton<DistributedContextPropagator>(new IgnoredTraceContext()));
        services.AddSingleton<ConsoleFormatter, JsonLogFormatter>();
        services
            .AddOptions<ConsoleLoggerOptions>()
            .PostConfigure<Settings>(
                static (console, settings) =>
                {
                    if (settings.LogFormat == Settings.JsonLogs)
                    {
                        console.FormatterName = JsonLogFormatter.FormatterName;
                    }
                }
            );
        return services;
    }

    /// <summary>Describes the spans of requests, if traces are exported. It must be the first middleware.</summary>
    public static IApplicationBuilder UseRequestTraces(this IApplicationBuilder app) =>
        Telemetry.HasTraces(app.ApplicationServices.GetRequiredService<Settings>())
            ? app.UseMiddleware<RequestTraces>()
            : app;
}
