using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Stances;
using VoteTracker.Features.Tasks;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Engagements;

/// <summary>Records an engagement with the stance that was heard and the tasks that follow, in one transaction.</summary>
internal sealed class RecordEngagement(Db db, ReferenceData referenceData, TeamMembers members)
    : Endpoint<RecordEngagementRequest, Results<Created<RecordedEngagement>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/engagements");
        Description(route =>
            route
                .Requires(Right.EditContacts)
                .AcceptsIdempotencyKey()
                .Described(
                    "Engagements",
                    "Records an engagement",
                    "One meeting, call, letter, message or event with a member state. The stance and the tasks are recorded in the same transaction: all or nothing. The stance follows the rules of its PUT, and gets the number of the engagement. 412 with the current stance if its `version` is old; 409 if the member may not vote on that day, or the vote is over."
                )
                .Writes()
                .AnswersETag()
                .Fails(StatusCodes.Status404NotFound)
                .WithMetadata(new ConditionInBody(typeof(Stance)))
                .Fails(StatusCodes.Status412PreconditionFailed)
        );
    }

    public override async Task<Results<Created<RecordedEngagement>, ProblemHttpResult>> ExecuteAsync(
        RecordEngagementRequest request,
        CancellationToken ct
    )
    {
        var caller = Caller.FromContext(HttpContext);
        var once = db.Once(HttpContext);
        return await once.Write<Results<Created<RecordedEngagement>, ProblemHttpResult>>(async write =>
        {
            write.OverwriteDeleted();
            var named = new NamedRecords(write, caller, members);
            var content = await EngagementReferences.Read(named, request, current: null);
            var assignees = new List<string?>();
            foreach (var (i, task) in (request.Tasks ?? []).Index())
            {
                assignees.Add(await named.ReadAssignee($"tasks[{i}].assignee", task.Assignee));
            }
            if (named.Problem is { } problem)
            {
                return problem;
            }
            if (await CheckStance(write, caller, request) is { } rejected)
            {
                // A 412 shows the stance, which is no personal data, and no contact.
                write.SkipAudit();
                return rejected;
            }
            write.SetContacts(content.Contacts);
            var engagement = await EngagementStore.Insert(write, caller, content);
            var stance = request.Stance is null
                ? null
                : await StanceRecorder.Save(
                    write,
                    caller,
                    content.Resolution!,
                    content.MemberState,
                    request.Stance.ToRequest(request, engagement.Id)
                );
            var tasks = new List<DeskTask>();
            foreach (var (task, assignee) in (request.Tasks ?? []).Zip(assignees))
            {
                tasks.Add(
                    await TaskStore.Insert(
                        write,
                        caller,
                        TaskContent.OfEngagement(engagement, task.What!, assignee, task.DueOn)
                    )
                );
            }
            ETags.Set(HttpContext, ETags.FromVersion(engagement.Version));
            return TypedResults.Created(
                $"/v1/engagements/{engagement.Id}",
                new RecordedEngagement(engagement, stance, tasks)
            );
        });
    }

    private async Task<ProblemHttpResult?> CheckStance(Write write, Caller caller, RecordEngagementRequest request) =>
        request.Stance is not { } stance
            ? null
            : (
                await StanceRecorder.Check(
                    write,
                    referenceData,
                    caller,
                    request.Resolution!,
                    request.MemberState!,
                    current =>
                        stance.Version is null || stance.Version == current.Version
                            ? null
                            : ConditionTypes.StanceChanged.CreateWith("current", current.For(caller), current.Version),
                    _ => stance.ToRequest(request),
                    path: "stance."
                )
            ).Problem;
}
