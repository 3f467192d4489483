using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Milestones;

/// <summary>Shows one milestone.</summary>
internal sealed class GetMilestone(Db db, MilestoneRecords records)
    : ShowNumbered<Milestone, MilestoneFields>(db, records)
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/milestones/{milestone}");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described("Timetable", "Shows a milestone", "The ETag is its version; a change names it in If-Match.")
                .Produces<Milestone>()
                .ReadsConditionally()
                .Fails(StatusCodes.Status404NotFound, MilestoneRecords.NotFoundDescription)
        );
    }
}
