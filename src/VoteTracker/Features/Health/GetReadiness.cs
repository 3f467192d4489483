using Dapper;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Http;
using VoteTracker.Security;

namespace VoteTracker.Features.Health;

/// <summary>A probe: can the service answer and write.</summary>
internal sealed class GetReadiness(Db db) : EndpointWithoutRequest<Results<Ok<ServiceHealth>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/health/ready");
        Description(route =>
            route
                .WithMetadata(new FromMemory())
                .Needs(Role.Anonymous)
                .IgnoresUnknownParameters()
                .Described(
                    "Health",
                    "Says whether it can answer and write",
                    "503 where the database cannot be read, or the disk failed under a write."
                )
                .Fails(StatusCodes.Status503ServiceUnavailable)
        );
    }

    public override async Task<Results<Ok<ServiceHealth>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        if (!db.Writable)
        {
            return Problems.Unavailable(
                HttpContext,
                "The disk failed under a write; writing stays stopped until a restart.",
                null
            );
        }
        await db.Read(connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM schema_version"));
        return TypedResults.Ok(new ServiceHealth { Status = "ready", Engine = db.EngineVersion });
    }
}
