using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Stances;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Scenarios;

/// <summary>Saves a scenario under a name, for the whole campaign.</summary>
internal sealed class KeepScenario(Db db, ReferenceData referenceData)
    : Endpoint<ScenarioRequest, Results<Ok<Scenario>, Created<Scenario>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Put("/v1/resolutions/{id}/scenarios/{name}");
        Description(route =>
            route
                .Requires(Right.SaveScenarios)
                .Described(
                    "Scenarios",
                    "Saves a scenario",
                    "Saved under a name of 1 to 64 of a-z, 0-9 and inner hyphens. A scenario has its own version; it does not change the tally or the version of the resolution. 201 if the name was free."
                )
                .Conditional<Scenario>()
                .Writes()
                .Produces<Scenario>(StatusCodes.Status201Created)
                .Fails(StatusCodes.Status404NotFound)
                .Fails(StatusCodes.Status409Conflict, "The vote is over.")
        );
    }

    public override async Task<Results<Ok<Scenario>, Created<Scenario>, ProblemHttpResult>> ExecuteAsync(
        ScenarioRequest request,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var name = HttpContext.Part(PathParameters.Scenario);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        if (ScenarioProblems.CheckName(name) is { } problem)
        {
            return problem;
        }
        return await db.Write<Results<Ok<Scenario>, Created<Scenario>, ProblemHttpResult>>(async write =>
        {
            if (await StateReader.LoadNow(write.Connection, referenceData, id, write.Now) is not { } standings)
            {
                return Problems.NoResolution(id);
            }
            if (standings.Basis != Basis.Stances)
            {
                return StanceProblems.VoteIsOver(standings.Status);
            }
            var errors = request.FindErrors(standings, referenceData);
            if (errors.Count > 0)
            {
                return Problems.Invalid(errors);
            }
            var (version, current) = await ScenarioStore.Find(write.Connection, id, name);
            if (!seen.Holds(current?.Version, nothing: current is null))
            {
                return seen.VersionConflict(current, current?.Version);
            }
            var next = version + 1 ?? await Incarnation.FindFirstVersion(write.Connection);
            var scenario = await ScenarioStore.Save(write, caller, id, name, next, request.Changes!);
            ETags.Set(HttpContext, ETags.FromVersion(scenario.Version));
            return current is null
                ? TypedResults.Created(HttpContext.Request.Path, scenario)
                : TypedResults.Ok(scenario);
        });
    }
}
