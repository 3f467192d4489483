using VoteTracker.Endpoints.Binding;
using VoteTracker.Security;

namespace VoteTracker.Web.Pictures.Serving;

/// <summary>Draws the count in the size of a line of text.</summary>
internal sealed class GetBadge(PictureServices services) : SnapshotPicture(services)
{
    public override void Configure() =>
        Serve(
            "badge",
            Right.ReadPublic,
            "Draws a badge for a README",
            "The symbol, the votes, and whether the majority is reached."
        );

    protected override Func<PictureSubject, RequestedPicture?> Prepare(PictureRequest request, Query query) =>
        subject => subject.Badge();
}
