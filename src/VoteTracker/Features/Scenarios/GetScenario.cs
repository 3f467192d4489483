using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Features.Resolutions;
using VoteTracker.Security;

namespace VoteTracker.Features.Scenarios;

/// <summary>Shows a saved scenario.</summary>
internal sealed class GetScenario(Db db) : EndpointWithoutRequest<IResult>
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/scenarios/{name}");
        Description(route =>
            route
                .Requires(Right.SeeForecasts, hidesExistence: true)
                .Described(
                    "Scenarios",
                    "Shows a scenario",
                    "The assumed changes. The outcome, computed from the current stances, is at `/outcome`."
                )
                .Produces<Scenario>()
                .ReadsConditionally()
                .Fails(StatusCodes.Status404NotFound, ScenarioProblems.NotFoundDescription)
        );
    }

    public override async Task<IResult> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var name = HttpContext.Part(PathParameters.Scenario);
        var (_, scenario) = await db.Read(async connection =>
        {
            await RouteResolution.LoadWithRole(connection, id, HttpContext);
            return await ScenarioStore.Find(connection, id, name);
        });
        return scenario is null
            ? ScenarioProblems.NotFound(name)
            : ETags.Answer(HttpContext, scenario, ETags.FromVersion(scenario.Version));
    }
}
