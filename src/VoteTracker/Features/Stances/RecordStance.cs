using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Stances;

/// <summary>Records where a member state stands.</summary>
internal sealed class RecordStance(Db db, ReferenceData facts) : StanceWriteEndpoint<RecordStanceRequest>(db, facts)
{
    public override void Configure()
    {
        Put(Path);
        Description(route =>
            Describe(route)
                .Requires(Right.RecordStances)
                .Described(
                    "Stances",
                    "Records where a member state stands",
                    "Every recording is a change, also with the same content: somebody confirmed it that day. Answers the stance with its new version, after it is on disk and when the next tally shows it. 409 where the member may not vote on that day, or the vote is over. A field that is missing or null is empty from then on; PATCH keeps it."
                )
        );
    }

    protected override RecordStanceRequest ContentOf(RecordStanceRequest request, Stance current) => request;
}
