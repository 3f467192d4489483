using VoteTracker.Endpoints.Binding;
using VoteTracker.Security;

namespace VoteTracker.Web.Pictures.Serving;

/// <summary>Draws the margin over time.</summary>
internal sealed class GetTimelinePicture(PictureServices services) : SnapshotPicture(services)
{
    public override void Configure() =>
        Serve(
            "timeline",
            Right.ReadPublic,
            "Draws the margin over time",
            "The margin at each change, and the moments at which it crossed the majority, with the names of the states that moved it. Callers that may not see the timeline of the tally do not get it. Without a key, it begins with the recorded vote, unless the resolution's visibility is `positions`."
        );

    protected override Func<PictureSubject, RequestedPicture?> Prepare(PictureRequest request, Query query) =>
        subject => subject.Timeline();
}
