using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Features.Resolutions;
using VoteTracker.Http;
using VoteTracker.Security;

namespace VoteTracker.Features.Scenarios;

/// <summary>Takes away a scenario that was kept.</summary>
internal static class DeleteScenario
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapDelete("/v1/resolutions/{id}/scenarios/{name}", Handle)
            .Needs(Role.Lobbyist)
            .Described(
                "DeleteScenario",
                "Scenarios",
                "Takes a scenario away",
                "Its name is free again; its version goes on where another is kept under the same name."
            )
            .Conditional()
            .Writes()
            .AnswersETag()
            .Fails(StatusCodes.Status400BadRequest)
            .Fails(StatusCodes.Status404NotFound, "No resolution has that id, or nothing is kept under that name.");

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string id,
        string name,
        HttpContext http,
        Precondition seen,
        Caller caller,
        Db db
    ) =>
        await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            if (await Resolution.Find(write.Connection, id) is null)
            {
                return Problems.NoResolution(id);
            }
            var (_, kept) = await Scenario.Find(write.Connection, id, name);
            if (kept is null)
            {
                return Scenario.NotThere(name);
            }
            if (!seen.Holds(kept.Version, nothing: false))
            {
                return Problems.VersionConflict(kept, kept.Version);
            }
            var taken = await Scenario.Keep(write, caller, id, name, kept.Version + 1, changes: null);
            ETags.Set(http, ETags.Of(taken.Version));
            return TypedResults.NoContent();
        });
}
