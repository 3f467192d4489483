using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Vetoes;

/// <summary>Changes fields of a veto.</summary>
internal sealed class ChangeCouncilVeto(Db db, VetoRecords records)
    : ChangeNumbered<CouncilVeto, CouncilVetoFields>(db, records)
{
    public override void Configure()
    {
        Patch("/v1/council-vetoes/{id}");
        RequestBinder(new MergePatchBinder<CouncilVetoFields>());
        Description(route =>
            route
                .TakesPatchOf<CouncilVetoFields>()
                .Requires(Right.ManageSessions)
                .Described("Council vetoes", "Changes a veto", MergePatchText.Description)
                .Conditional<CouncilVeto>()
                .Writes()
                .Fails(StatusCodes.Status404NotFound, VetoRules.NotFoundDescription)
                .Fails(StatusCodes.Status409Conflict, "The veto of this draft on this day is already recorded.")
        );
    }
}
