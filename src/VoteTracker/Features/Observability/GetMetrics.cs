using FastEndpoints;
using Microsoft.Net.Http.Headers;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Contract;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Security;

namespace VoteTracker.Features.Observability;

/// <summary>Returns the metrics for Prometheus.</summary>
internal sealed class GetMetrics(Telemetry telemetry) : EndpointWithoutRequest
{
    public override void Configure()
    {
        Get("/metrics");
        Description(route =>
            route
                .WithMetadata(new FromMemory())
                .Requires(Right.ReadMetrics)
                .Described(
                    "Health",
                    "Returns the metrics for Prometheus",
                    "The text format of Prometheus, or OpenMetrics if the `Accept` header prefers it. No metric has data of the campaign. 404 unless the setting `Metrics` is on."
                )
                .Produces<string>(StatusCodes.Status200OK, "text/plain", OpenApiExamples.OpenMetrics)
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        HttpContext.Response.Headers[HeaderNames.CacheControl] = "no-store";
        if (!await telemetry.TryScrape(HttpContext))
        {
            await Problems
                .NotFound("The metrics are not served. Start the service with the setting Metrics=true.")
                .ExecuteAsync(HttpContext);
        }
    }
}
