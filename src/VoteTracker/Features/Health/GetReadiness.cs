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
internal sealed class GetReadiness(Db db, WatchClock clock)
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
                    "503 if the database cannot be read, its files were deleted, replaced, cut short or damaged, or the disk failed under a write. A clock that is wrong is a 200 with a warning."
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
