using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Stances;

/// <summary>Changes fields of a stance.</summary>
internal sealed class ChangeStance(Db db, ReferenceData referenceData)
    : StanceWriteEndpoint<MergePatch<RecordStanceRequest>>(db, referenceData)
{
    public override void Configure()
    {
        Patch(Path);
        RequestBinder(new MergePatchBinder<RecordStanceRequest>());
        Description(route =>
            Describe(route)
                .TakesPatchOf<RecordStanceRequest>()
                .Requires(Right.RecordStances)
                .Described(
                    "Stances",
                    "Changes a stance",
                    MergePatchText.Description
                        + " The result must be valid as a whole, and is recorded as with PUT: every PATCH is a change with its own row of history. `reason` belongs to the change, and is not a field of the stance. An unknown stance has no values yet, so the patch must name `position`, `certainty` and `evidence`."
                )
        );
    }

    protected override RecordStanceRequest ContentOf(MergePatch<RecordStanceRequest> request, Stance current) =>
        request.ApplyTo(RecordStanceRequest.FromContent(current));
}
