using System.Globalization;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Security;

namespace VoteTracker.Features.Comments;

/// <summary>Lists the comments that mention the caller.</summary>
internal sealed class ListMentions(Db db, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<Page<Comment>>, ProblemHttpResult>>
{
    private static readonly SinceParameter SinceParameter = new(
        "since",
        "Only comments that were written at this moment or later.",
        "24h"
    );

    public override void Configure()
    {
        Get("/v1/mentions");
        Description(route =>
            route
                .Requires(Right.Comment)
                .Described(
                    "Comments",
                    "Lists the caller's mentions",
                    "The comments that mention the label of the caller's key, the newest first. A key that replaces another has its label, and so its mentions."
                )
                .Takes(SinceParameter)
                .Pages()
        );
    }

    public override async Task<Results<Ok<Page<Comment>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, $"mentions of {caller.Label}");
        var since = query.Read(SinceParameter, clock.Moment());
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var comments = await db.Read(connection =>
            CommentStore.ListMentions(
                connection,
                caller.Label,
                resolution: null,
                since,
                paging.BeforeNumber,
                paging.Rows
            )
        );
        return TypedResults.Ok(
            paging.Page(
                HttpContext,
                comments,
                comment => comment,
                comment => comment.Id.ToString(CultureInfo.InvariantCulture)
            )
        );
    }
}
