using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Http;
using VoteTracker.Security;

namespace VoteTracker.Features.Health;

/// <summary>The probes: is the process there, and can it answer and write.</summary>
internal static class GetHealth
{
    public static RouteHandlerBuilder MapLive(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/health/live", () => TypedResults.Ok(new ServiceHealth { Status = "live", Engine = null }))
            .WithMetadata(new FromMemory())
            .Needs(Role.Anonymous)
            .Described("GetLiveness", "Health", "Says that the process is there", "Asks nothing of the database.");

    public static RouteHandlerBuilder MapReady(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/health/ready", Ready)
            .WithMetadata(new FromMemory())
            .Needs(Role.Anonymous)
            .Described(
                "GetReadiness",
                "Health",
                "Says whether it can answer and write",
                "503 where the database cannot be read, or the disk failed under a write."
            )
            .Fails(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Ok<ServiceHealth>, ProblemHttpResult>> Ready(HttpContext http, Db db)
    {
        if (!db.Writable)
        {
            return Problems.Unavailable(
                http,
                "The disk failed under a write; writing stays stopped until a restart.",
                null
            );
        }
        await db.Read(connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM schema_version"));
        return TypedResults.Ok(new ServiceHealth { Status = "ready", Engine = db.EngineVersion });
    }
}

/// <summary>How the service is.</summary>
public sealed record ServiceHealth
{
    /// <summary>`live` or `ready`.</summary>
    public required string Status { get; init; }

    /// <summary>The database engine and its version, where it was asked.</summary>
    public required string? Engine { get; init; }
}
