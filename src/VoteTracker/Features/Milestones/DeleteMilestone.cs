using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Milestones;

/// <summary>Deletes a milestone with its texts and its history.</summary>
internal sealed class DeleteMilestone(Db db, MilestoneRecords records)
    : DeleteNumbered<Milestone, MilestoneFields>(db, records)
{
    public override void Configure()
    {
        Delete("/v1/resolutions/{id}/milestones/{milestone}");
        Description(route =>
            route
                .Requires(Right.ManageMilestones)
                .Described(
                    "Timetable",
                    "Deletes a milestone",
                    "Its texts and its history are deleted. Calendars that had it show it as cancelled for 30 days. A step that is done gets a `doneOn` instead. The `voteOn` of the resolution stays."
                )
                .Conditional<Milestone>()
                .Writes()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, MilestoneRecords.NotFoundDescription)
        );
    }
}
