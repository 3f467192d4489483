using VoteTracker.Endpoints.Binding;
using VoteTracker.Security;

namespace VoteTracker.Web.Pictures.Serving;

/// <summary>Draws the members with their positions, as on the Assembly's board.</summary>
internal sealed class GetBoard(PictureServices services) : SnapshotPicture(services)
{
    public override void Configure() =>
        Serve(
            "board",
            Right.ReadPublic,
            "Draws the board of the members",
            "The members in English alphabetical order, in every language, with their positions or votes. The width decides the number of columns. Before the vote it needs the right to see positions."
        );

    protected override Func<PictureSubject, RequestedPicture?> Prepare(PictureRequest request, Query query) =>
        subject => subject.Board();
}
