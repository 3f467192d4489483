using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Scenarios;

/// <summary>Computes the outcome of a saved scenario from the current stances.</summary>
internal sealed class GetScenarioOutcome(Db db, TallyCache live, ReferenceData referenceData, ForecastCache forecasts)
    : EndpointWithoutRequest<Results<Ok<ScenarioOutcome>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/scenarios/{name}/outcome");
        Description(route =>
            route
                .Requires(Right.SeeForecasts, hidesExistence: true)
                .Described(
                    "Scenarios",
                    "Computes a saved scenario",
                    "Computed from the stances at the time of the request. A state of the scenario that is not a member on the day of the vote is ignored."
                )
                .Fails(StatusCodes.Status404NotFound, ScenarioProblems.NotFoundDescription)
                .Fails(StatusCodes.Status409Conflict, "The vote is over.")
        );
    }

    public override async Task<Results<Ok<ScenarioOutcome>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var name = HttpContext.Part(PathParameters.Scenario);
        var (_, scenario) = await db.Read(async connection =>
        {
            await RouteResolution.LoadWithRole(connection, id, HttpContext);
            return await ScenarioStore.Find(connection, id, name);
        });
        if (scenario is null)
        {
            return ScenarioProblems.NotFound(name);
        }
        return await live.Get(id) is { } snapshot
            ? await ScenarioOutcome.Create(snapshot, scenario.Changes, referenceData, forecasts)
            : Problems.NoResolution(id);
    }
}
