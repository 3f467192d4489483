using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Milestones;

/// <summary>Shows every version of a milestone.</summary>
internal sealed class GetMilestoneHistory(Db db, MilestoneRecords records)
    : ShowHistory<Milestone, MilestoneFields>(db, records)
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/milestones/{milestone}/history");
        Description(route =>
            route
                .Requires(Right.SeeResolutions, hidesExistence: true)
                .Described(
                    "Timetable",
                    "Shows every version of a milestone",
                    "The milestone as it was added, and after each change; the oldest first."
                )
                .Pages()
                .Fails(StatusCodes.Status404NotFound, MilestoneRecords.NotFoundDescription)
        );
    }
}
