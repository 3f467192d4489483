using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Features.Resolutions;
using VoteTracker.Security;

namespace VoteTracker.Features.Scenarios;

/// <summary>Shows a scenario that is kept.</summary>
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
                    "What it supposes. What it comes to as things stand is under `/outcome`."
                )
                .Produces<Scenario>()
                .ReadsConditionally()
                .Fails(
                    StatusCodes.Status404NotFound,
                    "This caller can see no resolution of that id, or nothing is kept under that name."
                )
        );
    }

    public override async Task<IResult> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var name = HttpContext.Part(PathParameters.Scenario);
        var (_, scenario) = await db.Read(async connection =>
        {
            await Resolution.SeeWithRole(connection, id, HttpContext);
            return await Scenario.Find(connection, id, name);
        });
        return scenario is null
            ? Scenario.NotThere(name)
            : ETags.Answer(HttpContext, scenario, ETags.FromVersion(scenario.Version));
    }
}
