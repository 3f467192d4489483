using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Stances;

/// <summary>Records the position of a member state.</summary>
internal sealed class RecordStance(Db db, ReferenceData referenceData)
    : StanceWriteEndpoint<RecordStanceRequest>(db, referenceData)
{
    public override void Configure()
    {
        Put(Path);
        Description(route =>
            Describe(route)
                .Requires(Right.RecordStances)
                .Described(
                    "Stances",
                    "Records a stance",
                    "Every PUT is a change, also with the same content: it confirms the stance on that day. The response has the stance with its new version. It is sent after the commit, and the next tally includes the stance. 409 if the member may not vote on that day, or the vote is over. A field that is missing or null is cleared; PATCH leaves it as it is."
                )
        );
    }

    protected override RecordStanceRequest ContentOf(RecordStanceRequest request, Stance current) => request;
}
