using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Pressures;

/// <summary>Changes fields of a pressure.</summary>
internal sealed class ChangePressure(Db db, PressureRecords records)
    : ChangeNumbered<StatePressure, PressureFields>(db, records)
{
    public override void Configure()
    {
        Patch("/v1/pressures/{id}");
        RequestBinder(new MergePatchBinder<PressureFields>());
        Description(route =>
            route
                .TakesPatchOf<PressureFields>()
                .Requires(Right.RecordPressures)
                .Described("Support", "Changes a pressure", MergePatchText.Description)
                .Conditional<StatePressure>()
                .Writes()
                .Fails(StatusCodes.Status404NotFound, PressureProblems.NotFoundDescription)
        );
    }
}
