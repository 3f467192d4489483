using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Http;
using VoteTracker.Security;

namespace VoteTracker.Features.ApiKeys;

/// <summary>Revokes a key.</summary>
internal static class RevokeApiKey
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapDelete("/v1/api-keys/{id}", Handle)
            .Needs(Role.Admin)
            .Described(
                "RevokeApiKey",
                "API keys",
                "Revokes a key",
                "It is refused from then on; what it changed keeps its label."
            )
            .Writes()
            .Fails(StatusCodes.Status404NotFound);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(string id, Db db, Keys keys)
    {
        var revoked = await db.Write(write =>
            write.Connection.ExecuteAsync(
                "UPDATE api_key SET revoked_at = COALESCE(revoked_at, @Now) WHERE id = @id",
                new { id, write.Now }
            )
        );
        keys.Forget();
        return revoked > 0 ? TypedResults.NoContent() : Problems.NotFound("There is no such key.");
    }
}
