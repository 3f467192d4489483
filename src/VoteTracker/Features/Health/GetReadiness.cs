using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Database.Time;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Security;

namespace VoteTracker.Features.Health;

/// <summary>A probe of whether the service can read and write.</summary>
internal sealed class GetReadiness(Db db, WatchClock clock, ServiceLifetime lifetime)
    : EndpointWithoutRequest<Results<Ok<ServiceHealth>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/health/ready");
        Description(route =>
            route
                .WithMetadata(new FromMemory())
                .Requires(Right.ReadPublic)
                .IgnoresUnknownParameters()
                .Described(
                    "Health",
                    "Reports whether the service can read and write",
                    "503 if the database cannot be read, its files were deleted, replaced, cut short or damaged, the disk failed under a write, or the service is stopping. A clock that is wrong is a 200 with a warning."
                )
                .Fails(StatusCodes.Status503ServiceUnavailable)
        );
    }

    public override async Task<Results<Ok<ServiceHealth>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        if (db.StorageFault is { } fault)
        {
            return Problems.Unavailable(HttpContext, fault, DiskFaults.RetryAfter);
        }
        if (lifetime.IsStopping)
        {
            return Problems.Unavailable(HttpContext, "The service is stopping.", TimeSpan.FromSeconds(5));
        }
        await db.Probe();
        return TypedResults.Ok(
            new ServiceHealth
            {
                Status = "ready",
                Engine = db.EngineVersion,
                Warning = clock.Warning,
            }
        );
    }
}
