using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Endorsements;

/// <summary>Changes fields of an endorsement.</summary>
internal sealed class ChangeEndorsement(Db db, EndorsementRecords records)
    : ChangeNumbered<Endorsement, EndorsementFields>(db, records)
{
    public override void Configure()
    {
        Patch("/v1/endorsements/{id}");
        RequestBinder(new MergePatchBinder<EndorsementFields>());
        Description(route =>
            route
                .TakesPatchOf<EndorsementFields>()
                .Requires(Right.RecordSupport)
                .Described("Support", "Changes an endorsement", MergePatchText.Description)
                .Conditional<Endorsement>()
                .Writes()
                .Fails(StatusCodes.Status404NotFound, EndorsementProblems.NotFoundDescription)
                .Fails(StatusCodes.Status409Conflict, EndorsementProblems.DuplicateDescription)
        );
    }
}
