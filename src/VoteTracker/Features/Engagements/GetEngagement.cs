using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;
using VoteTracker.Security.Audit;

namespace VoteTracker.Features.Engagements;

/// <summary>Shows one engagement.</summary>
internal sealed class GetEngagement(Db db, EngagementRecords records)
    : ShowNumbered<StateEngagement, EngagementFields>(db, records)
{
    public override void Configure()
    {
        Get("/v1/engagements/{id}");
        Description(route =>
            route
                .Requires(Right.SeeContacts)
                .ReadsPersonalData(Right.SeeContacts)
                .Described(
                    "Engagements",
                    "Shows an engagement",
                    "The ETag is its version; a change names it in If-Match. Its tasks are at `/v1/tasks?engagement=`."
                )
                .Produces<StateEngagement>()
                .ReadsConditionally()
                .Fails(StatusCodes.Status404NotFound, EngagementProblems.NotFoundDescription)
        );
    }
}
