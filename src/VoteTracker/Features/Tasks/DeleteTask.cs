using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Tasks;

/// <summary>Deletes a task with its history.</summary>
internal sealed class DeleteTask(Db db, TaskRecords records) : DeleteNumbered<DeskTask, TaskFields>(db, records)
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
}
