using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Features.Engagements;
using VoteTracker.Security;

namespace VoteTracker.Features.Tasks;

/// <summary>Deletes a task with its history.</summary>
internal sealed class DeleteTask(Db db) : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
{
    public override void Configure()
    {
        Delete("/v1/tasks/{id}");
        Description(route =>
            route
                .Requires(Right.EditContacts)
                .Described(
                    "Tasks",
                    "Deletes a task",
                    "For an entry made by mistake; its history is deleted with it. A task that is done gets a `doneOn` instead."
                )
                .Conditional<DeskTask>()
                .Writes()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, TaskProblems.NotFoundDescription)
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Number(PathParameters.Task);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            write.OverwriteDeleted();
            if (await TaskStore.Find(write.Connection, id, caller) is not { } current)
            {
                return TaskProblems.NotFound();
            }
            if (!seen.Holds(current.Version, nothing: false))
            {
                return seen.VersionConflict(current, current.Version);
            }
            write.EraseLog();
            await TaskStore.Delete(write, caller, id);
            return TypedResults.NoContent();
        });
    }
}
