using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Tasks;

/// <summary>Restores an earlier version of a task, as a new change.</summary>
internal sealed class RevertTask(Db db, TaskRecords records) : RevertNumbered<DeskTask, TaskFields>(db, records)
{
    public override void Configure()
    {
        Post("/v1/tasks/{id}/revert");
        Description(route =>
            route
                .Requires(Right.EditContacts)
                .AcceptsIdempotencyKey()
                .Described(
                    "Tasks",
                    "Restores an earlier version of a task",
                    "The task gets the fields of one of its versions, as its history shows them. It is a new change with its own version. If-Match names the current version. The rules of PATCH apply. A deleted task has no history."
                )
                .Conditional<DeskTask>()
                .Writes()
                .Fails(StatusCodes.Status404NotFound, TaskProblems.NotFoundDescription)
        );
    }
}
