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

/// <summary>Computes what a scenario that is kept comes to as things stand.</summary>
internal sealed class GetScenarioOutcome(Db db, TallyCache live, ReferenceData facts, ForecastCache forecasts)
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
                    "Computes a scenario that is kept",
                    "From the stances as they are when it is asked for. A member of the scenario that is none any more on the day of the vote is passed over."
                )
                .Fails(
                    StatusCodes.Status404NotFound,
                    "This caller can see no resolution of that id, or nothing is kept under that name."
                )
                .Fails(StatusCodes.Status409Conflict, "The vote is over.")
        );
    }

    public override async Task<Results<Ok<ScenarioOutcome>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var name = HttpContext.Part(PathParameters.Scenario);
        var (_, scenario) = await db.Read(async connection =>
        {
            await Resolution.SeeWithRole(connection, id, HttpContext);
            return await Scenario.Find(connection, id, name);
        });
        if (scenario is null)
        {
            return Scenario.NotThere(name);
        }
        return await live.Get(id) is { } snapshot
            ? await ScenarioOutcome.Create(snapshot, scenario.Changes, facts, forecasts)
            : Problems.NoResolution(id);
    }
}
