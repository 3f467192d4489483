using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.Resolutions;
using VoteTracker.Security;

namespace VoteTracker.Features.Sharing;

/// <summary>Lists the share links of a resolution, also expired and revoked ones, without their addresses.</summary>
internal sealed class ListShareLinks(Db db, ShareLinkUses uses)
    : EndpointWithoutRequest<Results<Ok<Page<ShareLink>>, ProblemHttpResult>>
{
    // An id has no blank.
    private const char Separator = ' ';

    public override void Configure()
    {
        Get("/v1/resolutions/{id}/share-links");
        Description(route =>
            route
                .Requires(Right.ShareResolutions, hidesExistence: true)
                .Described(
                    "Sharing",
                    "Lists the share links of a resolution",
                    "The newest first, with their uses. Expired and revoked links are included."
                )
                .Pages()
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<Ok<Page<ShareLink>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, $"share-links of {id}");
        await db.Read(connection => RouteResolution.LoadWithRole(connection, id, HttpContext));
        if (query.Problem is { } problem)
        {
            return problem;
        }
        // The uses that this process has counted are part of the list.
        await uses.Save();
        var rows = await db.Read(connection => ShareLinkStore.List(connection, id, Parse(paging.After), paging.Rows));
        return TypedResults.Ok(
            paging.Page(HttpContext, rows, row => row.Link, row => $"{Moments.Text(row.CreatedAt)}{Separator}{row.Id}")
        );
    }

    private static (DateTimeOffset, string)? Parse(string? position) =>
        position?.Split(Separator) is [var moment, var id] && Moments.TryParse(moment, out var at) ? (at, id) : null;
}
