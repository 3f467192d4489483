using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Acts;

/// <summary>Changes fields of an act.</summary>
internal sealed class ChangeAct(Db db, ActRecords records) : ChangeNumbered<StateAct, ActFields>(db, records)
{
    public override void Configure()
    {
        Patch("/v1/acts/{id}");
        RequestBinder(new MergePatchBinder<ActFields>());
        Description(route =>
            route
                .TakesPatchOf<ActFields>()
                .Requires(Right.RecordSupport)
                .Described("Support", "Changes an act", MergePatchText.Description)
                .Conditional<StateAct>()
                .Writes()
                .Fails(StatusCodes.Status404NotFound, ActProblems.NotFoundDescription)
        );
    }
}
