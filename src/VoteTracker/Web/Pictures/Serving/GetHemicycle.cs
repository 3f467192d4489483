using VoteTracker.Endpoints.Binding;
using VoteTracker.Security;

namespace VoteTracker.Web.Pictures.Serving;

/// <summary>Draws one seat for each member in a half circle.</summary>
internal sealed class GetHemicycle(PictureServices services) : SnapshotPicture(services)
{
    public override void Configure() =>
        Serve(
            "hemicycle",
            Right.ReadPublic,
            "Draws the seats of the members",
            "One seat for each member: yes from the left, no from the right, and between them what is open. A line follows the last seat that the majority needs. Callers that may not see positions get seats without names."
        );

    protected override Func<PictureSubject, RequestedPicture?> Prepare(PictureRequest request, Query query) =>
        subject => subject.Hemicycle();
}
