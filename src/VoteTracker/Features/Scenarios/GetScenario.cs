using VoteTracker.Database;
using VoteTracker.Features.Resolutions;
using VoteTracker.Http;
using VoteTracker.Security;

namespace VoteTracker.Features.Scenarios;

/// <summary>Shows a scenario that is kept.</summary>
internal static class GetScenario
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/resolutions/{id}/scenarios/{name}", Handle)
            .Needs(Role.Anonymous)
            .Described(
                "GetScenario",
                "Scenarios",
                "Shows a scenario",
                "What it supposes; needs a key of role viewer. What it comes to as things stand is under `/outcome`."
            )
            .Produces<Scenario>()
            .ReadsConditionally()
            .Fails(
                StatusCodes.Status404NotFound,
                "This caller can see no resolution of that id, or nothing is kept under that name."
            );

    private static async Task<IResult> Handle(string id, string name, HttpContext http, Db db)
    {
        var (_, scenario) = await db.Read(async connection =>
        {
            await Resolution.See(connection, id, http, (c, _) => c.IsViewer);
            return await Scenario.Find(connection, id, name);
        });
        return scenario is null ? Scenario.NotThere(name) : ETags.Answer(http, scenario, ETags.Of(scenario.Version));
    }
}
