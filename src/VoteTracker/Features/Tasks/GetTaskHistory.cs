using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Tasks;

/// <summary>Shows every version of a task.</summary>
internal sealed class GetTaskHistory(Db db, TaskRecords records) : ShowHistory<DeskTask, TaskFields>(db, records)
{
    public override void Configure()
    {
        Get("/v1/tasks/{id}/history");
        Description(route =>
            route
                .Requires(Right.SeeContacts)
                .Described(
                    "Tasks",
                    "Shows every version of a task",
                    "The task as it was added, and after each change; the oldest first."
                )
                .Pages()
                .Fails(StatusCodes.Status404NotFound, TaskProblems.NotFoundDescription)
        );
    }
}
