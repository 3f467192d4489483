using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.Resolutions;
using VoteTracker.Security;

namespace VoteTracker.Features.Stances.Undo;

/// <summary>Lists the imports of stances and assignments of a resolution.</summary>
internal sealed class ListStanceImports(Db db)
    : EndpointWithoutRequest<Results<Ok<Page<StoredStanceImport>>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/stances/imports");
        Description(route =>
            route
                .Requires(Right.SeeStances, hidesExistence: true)
                .Described(
                    "Stances",
                    "Lists the imports of stances",
                    "The newest first, also those that changed only assignments. Imports that changed nothing, dry runs, and imports by a release without this list are not in it."
                )
                .Pages()
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<Ok<Page<StoredStanceImport>>, ProblemHttpResult>> ExecuteAsync(
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, $"imports of stances of {id}");
        var before = ImportPosition.Parse(paging.After);
        var imports = await db.Read(async connection =>
        {
            await RouteResolution.LoadWithRole(connection, id, HttpContext);
            return query.Problem is null ? await StoredStanceImport.List(connection, id, before, paging.Rows) : [];
        });
        return query.Problem is { } problem
            ? problem
            : TypedResults.Ok(paging.Page(HttpContext, imports, import => import, ImportPosition.ToText));
    }
}
