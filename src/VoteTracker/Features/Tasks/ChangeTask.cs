using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Engagements;
using VoteTracker.Security;

namespace VoteTracker.Features.Tasks;

/// <summary>Changes fields of a task, such as the day on which it was done.</summary>
internal sealed class ChangeTask(Db db, TeamMembers members)
    : Endpoint<MergePatch<TaskFields>, Results<Ok<DeskTask>, ProblemHttpResult>>
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

    public override async Task<Results<Ok<DeskTask>, ProblemHttpResult>> ExecuteAsync(
        MergePatch<TaskFields> patch,
        CancellationToken ct
    )
    {
        var id = HttpContext.Number(PathParameters.Task);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<Ok<DeskTask>, ProblemHttpResult>>(async write =>
        {
            write.OverwriteDeleted();
            if (await TaskStore.Find(write.Connection, id, caller) is not { } current)
            {
                return TaskProblems.NotFound();
            }
            var fields = patch.ApplyTo(TaskFields.FromContent(current));
            if (!seen.Holds(current.Version, nothing: false))
            {
                return seen.VersionConflict(current, current.Version);
            }
            var named = new NamedRecords(write, caller, members);
            var content = await TaskReferences.Read(named, fields.ToContent(), current);
            if (named.Problem is { } problem)
            {
                return problem;
            }
            write.EraseLog();
            var changed = await TaskStore.Update(write, caller, id, content);
            ETags.Set(HttpContext, ETags.FromVersion(changed.Version));
            return TypedResults.Ok(changed);
        });
    }
}
