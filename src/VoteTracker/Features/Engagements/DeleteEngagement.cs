using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Security;

namespace VoteTracker.Features.Engagements;

/// <summary>Deletes an engagement with its history and its tasks.</summary>
internal sealed class DeleteEngagement(Db db) : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
{
    public override void Configure()
    {
        Delete("/v1/engagements/{id}");
        Description(route =>
            route
                .Requires(Right.EditContacts)
                .Described(
                    "Engagements",
                    "Deletes an engagement",
                    "For an entry made by mistake. Its history and its tasks are deleted with it. A stance that names it keeps its number."
                )
                .Conditional<StateEngagement>()
                .Writes()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, EngagementProblems.NotFoundDescription)
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Number(PathParameters.Engagement);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            write.OverwriteDeleted();
            if (await EngagementStore.Find(write.Connection, id, caller) is not { } current)
            {
                return EngagementProblems.NotFound();
            }
            if (!seen.Holds(current.Version, nothing: false))
            {
                return seen.VersionConflict(current, current.Version);
            }
            write.EraseLog();
            await EngagementStore.Delete(write, caller, current);
            return TypedResults.NoContent();
        });
    }
}
