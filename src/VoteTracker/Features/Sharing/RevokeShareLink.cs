using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Security;

namespace VoteTracker.Features.Sharing;

/// <summary>Revokes a share link.</summary>
internal sealed class RevokeShareLink(Db db) : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
{
    public override void Configure()
    {
        Delete("/v1/resolutions/{id}/share-links/{linkId}");
        Description(route =>
            route
                .Requires(Right.ShareResolutions)
                .Described(
                    "Sharing",
                    "Revokes a share link",
                    "From then on all of its addresses are a 404, and its open streams end. The list still has it. A repetition changes nothing."
                )
                .Writes()
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var link = HttpContext.Part(PathParameters.ShareLink);
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            if (!await ShareLinkStore.Revoke(write, id, link))
            {
                return Problems.NotFound("The resolution has no share link with this id.");
            }
            // Every replica then looks the link up again, and ends its streams.
            write.Changes(id);
            return TypedResults.NoContent();
        });
    }
}
