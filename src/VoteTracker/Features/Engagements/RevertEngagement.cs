using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Engagements;

/// <summary>Restores an earlier version of an engagement, as a new change.</summary>
internal sealed class RevertEngagement(Db db, EngagementRecords records)
    : RevertNumbered<StateEngagement, EngagementFields>(db, records)
{
    public override void Configure()
    {
        Post("/v1/engagements/{id}/revert");
        Description(route =>
            route
                .Requires(Right.EditContacts)
                .AcceptsIdempotencyKey()
                .Described(
                    "Engagements",
                    "Restores an earlier version of an engagement",
                    "The engagement gets the fields of one of its versions, as its history shows them. It is a new change with its own version. If-Match names the current version. The rules of PATCH apply. A deleted engagement has no history."
                )
                .Conditional<StateEngagement>()
                .Writes()
                .Fails(StatusCodes.Status404NotFound, EngagementProblems.NotFoundDescription)
        );
    }
}
