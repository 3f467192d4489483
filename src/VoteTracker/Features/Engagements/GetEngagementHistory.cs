using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;
using VoteTracker.Security.Audit;

namespace VoteTracker.Features.Engagements;

/// <summary>Shows every version of an engagement.</summary>
internal sealed class GetEngagementHistory(Db db, EngagementRecords records)
    : ShowHistory<StateEngagement, EngagementFields>(db, records)
{
    public override void Configure()
    {
        Get("/v1/engagements/{id}/history");
        Description(route =>
            route
                .Requires(Right.SeeContacts)
                .ReadsPersonalData(Right.SeeContacts)
                .Described(
                    "Engagements",
                    "Shows every version of an engagement",
                    "The engagement as it was recorded, and after each correction; the oldest first."
                )
                .Pages()
                .Fails(StatusCodes.Status404NotFound, EngagementProblems.NotFoundDescription)
        );
    }
}
