using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Endorsements;

/// <summary>Shows one endorsement.</summary>
internal sealed class GetEndorsement(Db db, EndorsementRecords records)
    : ShowNumbered<Endorsement, EndorsementFields>(db, records)
{
    public override void Configure()
    {
        Get("/v1/endorsements/{id}");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described("Support", "Shows an endorsement", "The ETag is its version; a change names it in If-Match.")
                .Produces<Endorsement>()
                .ReadsConditionally()
                .Fails(StatusCodes.Status404NotFound, EndorsementProblems.NotFoundDescription)
        );
    }
}
