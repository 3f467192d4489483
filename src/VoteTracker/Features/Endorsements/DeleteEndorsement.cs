using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Endorsements;

/// <summary>Deletes an endorsement.</summary>
internal sealed class DeleteEndorsement(Db db, EndorsementRecords records)
    : DeleteNumbered<Endorsement, EndorsementFields>(db, records)
{
    public override void Configure()
    {
        Delete("/v1/endorsements/{id}");
        Description(route =>
            route
                .Requires(Right.RecordSupport)
                .Described(
                    "Support",
                    "Deletes an endorsement",
                    "For an entry made by mistake, or if the organisation withdraws its support."
                )
                .Conditional<Endorsement>()
                .Writes()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, EndorsementProblems.NotFoundDescription)
        );
    }
}
