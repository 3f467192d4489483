using System.Data.Common;
using Dapper;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Engagements;
using VoteTracker.Security;

namespace VoteTracker.Features.Tasks;

/// <summary>Adds a task.</summary>
internal sealed class AddTask(Db db, TeamMembers members)
    : Endpoint<TaskFields, Results<Created<DeskTask>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/tasks");
        Description(route =>
            route
                .Requires(Right.EditContacts)
                .AcceptsIdempotencyKey()
                .Described(
                    "Tasks",
                    "Adds a task",
                    "What a team member does, by which day, and what it is about. Only `what` is required."
                )
                .Writes()
                .AnswersETag()
        );
    }

    public override async Task<Results<Created<DeskTask>, ProblemHttpResult>> ExecuteAsync(
        TaskFields request,
        CancellationToken ct
    )
    {
        var caller = Caller.FromContext(HttpContext);
        var once = db.Once(HttpContext);
        return await once.Write<Results<Created<DeskTask>, ProblemHttpResult>>(async write =>
        {
            write.OverwriteDeleted();
            var named = new NamedRecords(write, caller, members);
            var content = await TaskReferences.Read(named, request.ToContent(), current: null);
            if (named.Problem is { } problem)
            {
                return problem;
            }
            write.SetContacts(await ListContacts(write.Connection, content));
            var task = await TaskStore.Insert(write, caller, content);
            ETags.Set(HttpContext, ETags.FromVersion(task.Version));
            return TypedResults.Created($"/v1/tasks/{task.Id}", task);
        });
    }

    // A task is erased with its contact, and with each contact of its engagement.
    private static async Task<IReadOnlyList<string>> ListContacts(DbConnection connection, TaskContent content)
    {
        var ofEngagement = await connection.QueryAsync<string>(
            "SELECT contact FROM engagement_contact WHERE engagement = @Engagement",
            new { content.Engagement }
        );
        return [.. ofEngagement.Union(content.Contact is { } contact ? [contact] : [])];
    }
}
