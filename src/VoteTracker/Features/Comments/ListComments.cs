using System.Globalization;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Stances;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Comments;

/// <summary>Lists the comments on a stance.</summary>
internal sealed class ListComments(Db db, ReferenceData referenceData)
    : EndpointWithoutRequest<Results<Ok<Page<Comment>>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/stances/{iso3}/comments");
        Description(route =>
            route
                .Requires(Right.Comment, hidesExistence: true)
                .Described("Comments", "Lists the comments on a stance", "The newest first.")
                .Pages()
                .Fails(StatusCodes.Status404NotFound, CommentProblems.NoStanceDescription)
        );
    }

    public override async Task<Results<Ok<Page<Comment>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, $"comments of {id} {iso3}");
        var comments = await db.Read(async connection =>
        {
            await RouteResolution.LoadWithRole(connection, id, HttpContext);
            return await CommentStore.List(connection, id, iso3, paging.BeforeNumber, paging.Rows);
        });
        return query.Problem is { } problem ? problem
            : !StanceRules.HasStance(referenceData, iso3) ? StanceProblems.NoStance(referenceData, iso3)
            : TypedResults.Ok(
                paging.Page(
                    HttpContext,
                    comments,
                    comment => comment,
                    comment => comment.Id.ToString(CultureInfo.InvariantCulture)
                )
            );
    }
}
