using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.Resolutions;
using VoteTracker.Security;

namespace VoteTracker.Features.Scenarios;

/// <summary>Lists the saved scenarios of a resolution.</summary>
internal sealed class ListScenarios(Db db) : EndpointWithoutRequest<Results<Ok<Page<Scenario>>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/scenarios");
        Description(route =>
            route
                .Requires(Right.SeeForecasts, hidesExistence: true)
                .Described("Scenarios", "Lists the scenarios", "The saved scenarios, in the order of their names.")
                .Pages()
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<Ok<Page<Scenario>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, $"scenarios of {id}");
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var scenarios = await db.Read(async connection =>
        {
            await RouteResolution.LoadWithRole(connection, id, HttpContext);
            return await ScenarioStore.List(connection, id, paging.After, paging.Rows);
        });
        return TypedResults.Ok(paging.Page(HttpContext, scenarios, scenario => scenario, scenario => scenario.Name));
    }
}
