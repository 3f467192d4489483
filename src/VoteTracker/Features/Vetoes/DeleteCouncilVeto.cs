using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Vetoes;

/// <summary>Deletes a veto.</summary>
internal sealed class DeleteCouncilVeto(Db db, VetoRecords records)
    : DeleteNumbered<CouncilVeto, CouncilVetoFields>(db, records)
{
    public override void Configure()
    {
        Delete("/v1/council-vetoes/{id}");
        Description(route =>
            route
                .Requires(Right.ManageSessions)
                .Described("Council vetoes", "Deletes a veto", "For an entry made by mistake.")
                .Conditional<CouncilVeto>()
                .Writes()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, VetoRules.NotFoundDescription)
        );
    }
}
