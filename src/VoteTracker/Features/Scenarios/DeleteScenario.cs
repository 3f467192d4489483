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

/// <summary>Takes away a scenario that was kept.</summary>
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
                    "Takes a scenario away",
                    "Its name is free again; its version goes on where another is kept under the same name."
                )
                .Conditional<Scenario>()
                .Writes()
                .AnswersETag()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, "No resolution has that id, or nothing is kept under that name.")
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
                return seen.VersionConflict(kept, kept.Version);
            }
            var taken = await Scenario.Save(write, caller, id, name, kept.Version + 1, changes: null);
            ETags.Set(HttpContext, ETags.FromVersion(taken.Version));
            return TypedResults.NoContent();
        });
    }
}
