using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Tasks;

/// <summary>Changes fields of a task, such as the day on which it was done.</summary>
internal sealed class ChangeTask(Db db, TaskRecords records) : ChangeNumbered<DeskTask, TaskFields>(db, records)
{
    public override void Configure()
    {
        Patch("/v1/tasks/{id}");
        RequestBinder(new MergePatchBinder<TaskFields>());
        Description(route =>
            route
                .TakesPatchOf<TaskFields>()
                .Requires(Right.EditContacts)
                .Described(
                    "Tasks",
                    "Changes a task",
                    MergePatchText.Description + " `doneOn` is the day on which it was done; null opens it again."
                )
                .Conditional<DeskTask>()
                .Writes()
                .Fails(StatusCodes.Status404NotFound, TaskProblems.NotFoundDescription)
        );
    }
}
