using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>Changes fields of a stance.</summary>
internal sealed class ChangeStance(Db db, ReferenceData facts)
    : StanceWriteEndpoint<MergePatch<RecordStanceRequest>>(db, facts)
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
                    "A JSON merge patch (RFC 7396): named fields are set, null empties one, the others keep their value. The result must be valid as a whole, and is recorded as PUT records it: every PATCH is a change with its own row of history. `reason` belongs to the change and is never kept. An unknown stance has no fields to keep, so the patch names `position`, `certainty` and `evidence`."
                )
        );
    }

    protected override RecordStanceRequest ContentOf(MergePatch<RecordStanceRequest> request, Stance current) =>
        request.ApplyTo(
            new RecordStanceRequest
            {
                // An unknown position is not recorded, so the patch must name one.
                Position = current.Position == Position.Unknown ? null : current.Position,
                Certainty = current.Certainty,
                Evidence = current.Evidence,
                EvidenceUrl = current.EvidenceUrl,
                Note = current.Note,
                Contact = current.Contact,
            }
        );
}
