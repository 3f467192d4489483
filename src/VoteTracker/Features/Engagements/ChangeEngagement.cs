using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Security;

namespace VoteTracker.Features.Engagements;

/// <summary>Corrects fields of an engagement.</summary>
internal sealed class ChangeEngagement(Db db, TeamMembers members)
    : Endpoint<MergePatch<EngagementFields>, Results<Ok<StateEngagement>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Patch("/v1/engagements/{id}");
        RequestBinder(new MergePatchBinder<EngagementFields>());
        Description(route =>
            route
                .TakesPatchOf<EngagementFields>()
                .Requires(Right.EditContacts)
                .Described(
                    "Engagements",
                    "Corrects an engagement",
                    MergePatchText.Description
                        + " The version before stays in the history. Only the author and coordinators change `confidential`. If the member state or the resolution changes, the tasks of the engagement follow it. A stance that was heard in it does not: such a change is a 400 until the stance no longer names the engagement."
                )
                .Conditional<StateEngagement>()
                .Writes()
                .Fails(StatusCodes.Status404NotFound, EngagementProblems.NotFoundDescription)
        );
    }

    public override async Task<Results<Ok<StateEngagement>, ProblemHttpResult>> ExecuteAsync(
        MergePatch<EngagementFields> patch,
        CancellationToken ct
    )
    {
        var id = HttpContext.Number(PathParameters.Engagement);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<Ok<StateEngagement>, ProblemHttpResult>>(async write =>
        {
            write.OverwriteDeleted();
            if (await EngagementStore.Find(write.Connection, id, caller) is not { } current)
            {
                return EngagementProblems.NotFound();
            }
            var fields = patch.ApplyTo(EngagementFields.FromContent(current));
            if (!seen.Holds(current.Version, nothing: false))
            {
                return seen.VersionConflict(current, current.Version);
            }
            if ((fields.Confidential ?? false) != current.Confidential && !current.MayHide(caller))
            {
                return KeyProblems.RoleTooLow(HttpContext, caller, Right.SeeConfidential);
            }
            var named = new NamedRecords(write, caller, members);
            var content = await EngagementReferences.Read(named, fields, current);
            await EngagementMove.Check(write, named, current, content);
            if (named.Problem is { } problem)
            {
                return problem;
            }
            write.EraseLog();
            var changed = await EngagementStore.Update(write, caller, id, content);
            await EngagementMove.MoveTasks(write, caller, current, content);
            ETags.Set(HttpContext, ETags.FromVersion(changed.Version));
            return TypedResults.Ok(changed);
        });
    }
}
