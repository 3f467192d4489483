using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Engagements;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Assignments;

/// <summary>Assigns a state to a team member.</summary>
internal sealed class RecordAssignment(Db db, ReferenceData referenceData, TeamMembers members)
    : Endpoint<RecordAssignmentRequest, Results<Ok<Assignment>, Created<Assignment>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Put("/v1/resolutions/{id}/assignments/{iso3}");
        Description(route =>
            route
                .Requires(Right.AssignStates)
                .Described(
                    "Assignments",
                    "Assigns a state",
                    "To the holder of a valid key. An assignment has its own version; it does not change the tally or the version of the resolution. 201 if the state was not assigned."
                )
                .Conditional<Assignment>()
                .Writes()
                .Produces<Assignment>(StatusCodes.Status201Created)
                .Fails(
                    StatusCodes.Status404NotFound,
                    "No resolution has that id, or no member or observer has that code."
                )
        );
    }

    public override async Task<Results<Ok<Assignment>, Created<Assignment>, ProblemHttpResult>> ExecuteAsync(
        RecordAssignmentRequest request,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<Ok<Assignment>, Created<Assignment>, ProblemHttpResult>>(async write =>
        {
            if (await ResolutionStore.Find(write.Connection, id) is null)
            {
                return Problems.NoResolution(id);
            }
            if (!AssignmentProblems.MayBeAssigned(referenceData, iso3))
            {
                return Problems.NoState(iso3);
            }
            var current = await AssignmentStore.Find(write.Connection, id, iso3);
            if (!seen.Holds(current?.Version, nothing: current is null))
            {
                return seen.VersionConflict(current, current?.Version);
            }
            var named = new NamedRecords(write, caller, members);
            var assignee = await named.ReadAssignee("assignee", request.Assignee);
            if (named.Problem is { } problem)
            {
                return problem;
            }
            await AssignmentStore.Save(write, caller, id, iso3, assignee);
            var saved = (await AssignmentStore.Find(write.Connection, id, iso3))!;
            ETags.Set(HttpContext, ETags.FromVersion(saved.Version));
            return current is null ? TypedResults.Created(HttpContext.Request.Path, saved) : TypedResults.Ok(saved);
        });
    }
}
