using VoteTracker.Endpoints.Binding;
using VoteTracker.Security;

namespace VoteTracker.Web.Pictures.Serving;

/// <summary>Draws a tile for each member, by regional group.</summary>
internal sealed class GetTiles(PictureServices services) : SnapshotPicture(services)
{
    public override void Configure() =>
        Serve(
            "tiles",
            Right.ReadPublic,
            "Draws the members by regional group",
            "One tile for each member with its code, grouped by regional group. Before the vote it needs the right to see positions."
        );

    protected override Func<PictureSubject, RequestedPicture?> Prepare(PictureRequest request, Query query) =>
        subject => subject.Tiles();
}
