using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Acts;

/// <summary>Deletes an act.</summary>
internal sealed class DeleteAct(Db db, ActRecords records) : DeleteNumbered<StateAct, ActFields>(db, records)
{
    public override void Configure()
    {
        Delete("/v1/acts/{id}");
        Description(route =>
            route
                .Requires(Right.RecordSupport)
                .Described("Support", "Deletes an act", "For an entry made by mistake.")
                .Conditional<StateAct>()
                .Writes()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, ActProblems.NotFoundDescription)
        );
    }
}
