using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Milestones;

/// <summary>Changes fields of a milestone, such as the day on which it was done.</summary>
internal sealed class ChangeMilestone(Db db, MilestoneRecords records)
    : ChangeNumbered<Milestone, MilestoneFields>(db, records)
{
    public override void Configure()
    {
        Patch("/v1/resolutions/{id}/milestones/{milestone}");
        RequestBinder(new MergePatchBinder<MilestoneFields>());
        Description(route =>
            route
                .TakesPatchOf<MilestoneFields>()
                .Requires(Right.ManageMilestones)
                .Described(
                    "Timetable",
                    "Changes a milestone",
                    MergePatchText.Description
                        + " `doneOn` is the day on which it was done. Another day of a `vote` also sets the `voteOn` of the resolution and raises its version."
                )
                .Conditional<Milestone>()
                .Writes()
                .Fails(StatusCodes.Status404NotFound, MilestoneRecords.NotFoundDescription)
        );
    }
}
