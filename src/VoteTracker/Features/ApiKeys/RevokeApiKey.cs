using Dapper;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Security;
using VoteTracker.Security.Audit;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.ApiKeys;

/// <summary>Revokes a key.</summary>
internal sealed class RevokeApiKey(Db db, ApiKeyStore keys)
    : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
{
    public override void Configure()
    {
        Delete("/v1/api-keys/{id}");
        Description(route =>
            route
                .Requires(Right.ManageKeys)
                .Described("API keys", "Revokes a key", "The key is rejected from then on. Its changes keep its label.")
                .Writes()
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.ApiKey);
        var revoked = await db.Write(async write =>
        {
            write.SetAudit(EnumWord<AuditAction>.ToWord(AuditAction.KeyRevoked));
            return write.CountChanged(
                await write.Connection.ExecuteAsync(
                    "UPDATE api_key SET revoked_at = COALESCE(revoked_at, @Now) WHERE id = @id",
                    new { id, write.Now }
                )
            );
        });
        keys.ClearCache();
        return revoked > 0 ? TypedResults.NoContent() : Problems.NotFound("There is no key with this id.");
    }
}
