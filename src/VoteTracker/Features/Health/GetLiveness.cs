using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Security;

namespace VoteTracker.Features.Health;

/// <summary>A probe: is the process there.</summary>
internal sealed class GetLiveness : EndpointWithoutRequest<Ok<ServiceHealth>>
{
    public override void Configure()
    {
        Get("/health/live");
        Description(route =>
            route
                .WithMetadata(new FromMemory())
                .Requires(Right.ReadPublic)
                .IgnoresUnknownParameters()
                .Described("Health", "Says that the process is there", "Asks nothing of the database.")
        );
    }

    public override Task<Ok<ServiceHealth>> ExecuteAsync(CancellationToken ct) =>
        Task.FromResult(TypedResults.Ok(new ServiceHealth { Status = "live", Engine = null }));
}
