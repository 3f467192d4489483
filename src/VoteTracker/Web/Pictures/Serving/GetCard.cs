using VoteTracker.Endpoints.Binding;
using VoteTracker.Security;

namespace VoteTracker.Web.Pictures.Serving;

/// <summary>Draws the count in the shape of a link's preview.</summary>
internal sealed class GetCard(PictureServices services) : SnapshotPicture(services)
{
    public override void Configure() =>
        Serve(
            "card",
            Right.ReadPublic,
            "Draws a card for previews of links",
            "The title, the result, the counts and a bar of all members, with the moment of the last change. The size is 1200 by 630."
        );

    protected override Func<PictureSubject, RequestedPicture?> Prepare(PictureRequest request, Query query) =>
        subject => subject.Card();
}
