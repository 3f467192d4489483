using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Acts;

/// <summary>Shows one act.</summary>
internal sealed class GetAct(Db db, ActRecords records) : ShowNumbered<StateAct, ActFields>(db, records)
{
    public override void Configure()
    {
        Get("/v1/acts/{id}");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described("Support", "Shows an act", "The ETag is its version; a change names it in If-Match.")
                .Produces<StateAct>()
                .ReadsConditionally()
                .Fails(StatusCodes.Status404NotFound, ActProblems.NotFoundDescription)
        );
    }
}
