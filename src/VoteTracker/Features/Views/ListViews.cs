using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Security;

namespace VoteTracker.Features.Views;

/// <summary>Lists the saved views that the caller sees.</summary>
internal sealed class ListViews(Db db, Settings settings)
    : EndpointWithoutRequest<Results<Ok<Page<SavedView>>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/views");
        Description(route =>
            route
                .Requires(Right.SaveViews)
                .Described(
                    "Views",
                    "Lists the views",
                    "The caller's own ones first, then the shared ones of other labels; by label and name."
                )
                .Pages()
        );
    }

    public override async Task<Results<Ok<Page<SavedView>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var caller = Caller.FromContext(HttpContext);
        var address = PublicAddress.Of(HttpContext.Request, settings);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, $"views of {caller.Label}");
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var views = await db.Read(connection =>
            ViewStore.List(connection, caller.Label, ReadPlace(paging.After), paging.Rows)
        );
        return TypedResults.Ok(paging.Page(HttpContext, views, view => view.At(address), WritePlace));
    }

    // A name has no slash, and a label of an early release can have one.
    private static string WritePlace(SavedView view) => $"{view.CreatedBy}/{view.Name}";

    private static (string Label, string Name)? ReadPlace(string? after) =>
        after?.LastIndexOf('/') is { } slash ? (after[..slash], after[(slash + 1)..]) : null;
}
