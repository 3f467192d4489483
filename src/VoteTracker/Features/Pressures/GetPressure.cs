using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Pressures;

/// <summary>Shows one pressure.</summary>
internal sealed class GetPressure(Db db, PressureRecords records)
    : ShowNumbered<StatePressure, PressureFields>(db, records)
{
    public override void Configure()
    {
        Get("/v1/pressures/{id}");
        Description(route =>
            route
                .Requires(Right.SeePressures)
                .Described("Support", "Shows a pressure", "The ETag is its version; a change names it in If-Match.")
                .Produces<StatePressure>()
                .ReadsConditionally()
                .Fails(StatusCodes.Status404NotFound, PressureProblems.NotFoundDescription)
        );
    }
}
