using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Resolutions;
using VoteTracker.Security;

namespace VoteTracker.Features.Scenarios;

/// <summary>Deletes a saved scenario.</summary>
internal sealed class DeleteScenario(Db db) : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
{
    public override void Configure()
    {
        Delete("/v1/resolutions/{id}/scenarios/{name}");
        Description(route =>
            route
                .Requires(Right.SaveScenarios)
                .Described(
                    "Scenarios",
                    "Deletes a scenario",
                    "Its name is erased, and free again. If another scenario is saved under it, the version continues."
                )
                .Conditional<Scenario>()
                .Writes()
                .AnswersETag()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, "No resolution has that id, or no scenario has that name.")
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var name = HttpContext.Part(PathParameters.Scenario);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            if (await ResolutionStore.Find(write.Connection, id) is null)
            {
                return Problems.NoResolution(id);
            }
            var (_, current) = await ScenarioStore.Find(write.Connection, id, name);
            if (current is null)
            {
                return ScenarioProblems.NotFound(name);
            }
            if (!seen.Holds(current.Version, nothing: false))
            {
                return seen.VersionConflict(current, current.Version);
            }
            var version = current.Version + 1;
            await ScenarioStore.Delete(write, caller, current, version);
            ETags.Set(HttpContext, ETags.FromVersion(version));
            return TypedResults.NoContent();
        });
    }
}
