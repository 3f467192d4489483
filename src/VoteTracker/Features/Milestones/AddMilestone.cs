using System.Globalization;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Features.Resolutions;
using VoteTracker.Security;

namespace VoteTracker.Features.Milestones;

/// <summary>Adds a milestone to the timetable of a resolution.</summary>
internal sealed class AddMilestone(Db db) : Endpoint<MilestoneFields, Results<Created<Milestone>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/resolutions/{id}/milestones");
        Description(route =>
            route
                .Requires(Right.ManageMilestones)
                .AcceptsIdempotencyKey()
                .Described(
                    "Timetable",
                    "Adds a milestone",
                    "A step of the resolution, with its day in New York. A resolution has at most 200 milestones, and one `vote`. The day of the `vote` is the `voteOn` of the resolution: without `voteOn`, the milestone sets it, and with another day it is a 400. The version of the resolution rises only then."
                )
                .Writes()
                .AnswersETag()
                .Fails(StatusCodes.Status404NotFound)
                .Fails(StatusCodes.Status409Conflict, "The resolution has 200 milestones.")
        );
    }

    public override async Task<Results<Created<Milestone>, ProblemHttpResult>> ExecuteAsync(
        MilestoneFields request,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var caller = Caller.FromContext(HttpContext);
        var once = db.Once(HttpContext);
        return await once.Write<Results<Created<Milestone>, ProblemHttpResult>>(async write =>
        {
            write.OverwriteDeleted();
            if (await ResolutionStore.Find(write.Connection, id) is not { } resolution)
            {
                return Problems.NoResolution(id);
            }
            if (await MilestoneStore.Count(write.Connection, id) >= MilestoneStore.MostOfResolution)
            {
                return PreparationConflictTypes.TooManyMilestones.Create(MilestoneStore.MostOfResolution);
            }
            var (content, problem) =
                request.Kind == MilestoneKind.Vote
                    ? await ReadVote(write, caller, resolution, request)
                    : (request.ToContent(request.PlannedOn!.Value), null);
            if (content is null)
            {
                return problem!;
            }
            var added = await MilestoneStore.Insert(write, caller, id, content);
            if (content.Kind == MilestoneKind.Vote)
            {
                await VoteMilestone.SetVoteOn(write, caller, resolution, content.PlannedOn);
            }
            ETags.Set(HttpContext, ETags.FromVersion(added.Version));
            return TypedResults.Created(
                string.Create(CultureInfo.InvariantCulture, $"/v1/resolutions/{id}/milestones/{added.Id}"),
                added
            );
        });
    }

    private static async Task<(MilestoneContent? Content, ProblemHttpResult? Problem)> ReadVote(
        Write write,
        Caller caller,
        Resolution resolution,
        MilestoneFields request
    )
    {
        if (await VoteMilestone.Find(write.Connection, resolution.Id) is { } other)
        {
            return (
                null,
                Problems.Invalid(
                    "kind",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"must be another: milestone {other} is the vote of this resolution"
                    )
                )
            );
        }
        if ((request.PlannedOn ?? resolution.VoteOn) is not { } day)
        {
            return (null, Problems.Invalid("plannedOn", "is required: the resolution has no voteOn"));
        }
        if (resolution.VoteOn is { } voteOn && voteOn != day)
        {
            return (null, VoteMilestone.OtherDay(voteOn, day));
        }
        if (await VoteMilestone.FindWrongDay(write, caller, resolution, day) is { } fault)
        {
            return (null, Problems.Invalid("plannedOn", fault));
        }
        if (!MilestoneFieldsValidator.IsOnTheClock(day, request.PlannedAt))
        {
            return (
                null,
                Problems.Invalid("plannedAt", MilestoneFieldsValidator.DescribeSkippedHour(day, request.PlannedAt!))
            );
        }
        var doneOn = VoteMilestone.DoneOn(resolution.Status, day);
        return request.DoneOn is { } done && done != doneOn
            ? (null, MilestoneRecords.DoneByRollCall())
            : (request.ToContent(day) with { DoneOn = doneOn }, null);
    }
}
