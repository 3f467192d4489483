using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Pressures;

/// <summary>Deletes a pressure.</summary>
internal sealed class DeletePressure(Db db, PressureRecords records)
    : DeleteNumbered<StatePressure, PressureFields>(db, records)
{
    public override void Configure()
    {
        Delete("/v1/pressures/{id}");
        Description(route =>
            route
                .Requires(Right.RecordPressures)
                .Described(
                    "Support",
                    "Deletes a pressure",
                    "For an entry made by mistake, or if the pressure has ended. It is deleted for good."
                )
                .Conditional<StatePressure>()
                .Writes()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, PressureProblems.NotFoundDescription)
        );
    }
}
