using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Security;

namespace VoteTracker.Features.Health;

/// <summary>A probe of whether the process runs.</summary>
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
                .Described("Health", "Reports that the process runs", "It does not use the database.")
        );
    }

    public override Task<Ok<ServiceHealth>> ExecuteAsync(CancellationToken ct) =>
        Task.FromResult(
            TypedResults.Ok(
                new ServiceHealth
                {
                    Status = "live",
                    Engine = null,
                    Warning = null,
                }
            )
        );
}
