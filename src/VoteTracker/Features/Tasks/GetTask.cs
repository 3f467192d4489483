using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Features.Engagements;
using VoteTracker.Security;

namespace VoteTracker.Features.Tasks;

/// <summary>Shows one task.</summary>
internal sealed class GetTask(Db db) : EndpointWithoutRequest<IResult>
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

    public override async Task<IResult> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Number(PathParameters.Task);
        var caller = Caller.FromContext(HttpContext);
        return await db.Read(connection => TaskStore.Find(connection, id, caller)) is { } task
            ? ETags.Answer(HttpContext, task, ETags.FromVersion(task.Version))
            : TaskProblems.NotFound();
    }
}
