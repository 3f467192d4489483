using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Tasks;

/// <summary>Shows one task.</summary>
internal sealed class GetTask(Db db, TaskRecords records) : ShowNumbered<DeskTask, TaskFields>(db, records)
{
    public override void Configure()
    {
        Get("/v1/tasks/{id}");
        Description(route =>
            route
                .Requires(Right.SeeContacts)
                .Described("Tasks", "Shows a task", "The ETag is its version; a change names it in If-Match.")
                .Produces<DeskTask>()
                .ReadsConditionally()
                .Fails(StatusCodes.Status404NotFound, TaskProblems.NotFoundDescription)
        );
    }
}
