using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Assignments;

/// <summary>Ends the assignment of a state.</summary>
internal sealed class DeleteAssignment(Db db, ReferenceData referenceData)
    : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
{
    public override void Configure()
    {
        Delete("/v1/resolutions/{id}/assignments/{iso3}");
        Description(route =>
            route
                .Requires(Right.AssignStates)
                .Described(
                    "Assignments",
                    "Ends an assignment",
                    "The state is assigned to nobody. If it is assigned again, the version continues."
                )
                .Conditional<Assignment>()
                .Writes()
                .AnswersETag()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, AssignmentProblems.NotFoundDescription)
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            if (await ResolutionStore.Find(write.Connection, id) is null)
            {
                return Problems.NoResolution(id);
            }
            if (!AssignmentProblems.MayBeAssigned(referenceData, iso3))
            {
                return Problems.NoState(iso3);
            }
            if (await AssignmentStore.Find(write.Connection, id, iso3) is not { } current)
            {
                return AssignmentProblems.NotAssigned(iso3);
            }
            if (!seen.Holds(current.Version, nothing: false))
            {
                return seen.VersionConflict(current, current.Version);
            }
            var version = await AssignmentStore.Save(write, caller, id, iso3, assignee: null);
            ETags.Set(HttpContext, ETags.FromVersion(version));
            return TypedResults.NoContent();
        });
    }
}
