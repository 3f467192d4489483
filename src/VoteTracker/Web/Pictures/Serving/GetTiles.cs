using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Live;
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

    protected override Func<TallySnapshot, (RequestedPicture?, ProblemHttpResult?)> Prepare(
        PictureRequest request,
        Query query
    ) =>
        snapshot =>
            WithoutPositions(snapshot) is { } problem
                ? (null, problem)
                : (
                    OfMembers(
                        snapshot,
                        "tiles",
                        (resolution, caller) => Draw<Tiles>(Show(snapshot, resolution, request, caller))
                    ),
                    null
                );
}
