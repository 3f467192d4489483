using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Scenarios;

/// <summary>Computes what a scenario comes to, and stores nothing.</summary>
internal static class ComputeScenario
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/resolutions/{id}/scenarios", Handle)
            .Needs(Role.Viewer)
            .Repeatable()
            .Described(
                "ComputeScenario",
                "Scenarios",
                "Computes a scenario",
                "What if: member states or whole groups stood elsewhere, stayed away or could not vote, or the other rule held. Answers the tally and the chance of the majority as they would be, what they are now, and the difference. Nothing is stored; to keep a scenario, PUT it under a name."
            )
            .TakesBody()
            .Fails(StatusCodes.Status404NotFound)
            .Fails(StatusCodes.Status409Conflict, "The vote is over.");

    private static async Task<Results<Ok<ScenarioOutcome>, ProblemHttpResult>> Handle(
        string id,
        Body<ScenarioRequest> body,
        LiveTallies live,
        Facts facts,
        LiveForecasts forecasts
    )
    {
        if (await live.Get(id) is not { } snapshot)
        {
            return Problems.NoResolution(id);
        }
        var errors = body.Value.Check(snapshot.Standings, facts);
        return errors.Count > 0
            ? Problems.Invalid(errors)
            : await ScenarioOutcome.Of(snapshot, body.Value.Changes!, facts, forecasts);
    }
}
