using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Tallies;
using VoteTracker.Security;

namespace VoteTracker.Features.Sharing;

/// <summary>Returns the positions that a link shares.</summary>
internal sealed class GetSharedPositions(SharedAccess access) : SharedEndpoint(access)
{
    public override void Configure()
    {
        Get(PathOf("positions"));
        Description(route =>
            Describe(
                    route,
                    "Lists the position or the vote of each member of a shared resolution",
                    "The same list as `GET …/positions` without a key, for a link with the scope `positions`. A link with the scope `tally` gets a 403 before the vote. Recorded votes are public.",
                    Lang.Parameter
                )
                .ReadsConditionally()
                .Produces<Positions>()
                .Fails(StatusCodes.Status403Forbidden, "The link shares counts alone.")
        );
    }

    protected override Task Respond(SharedView view)
    {
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        return SendShared(
            query,
            () =>
                Positions.AreVisibleTo(Caller.Anonymous, view.Snapshot.Standings)
                    ? PositionsRepresentation.Of(view.Snapshot, Caller.Anonymous, language)
                    : null
        );
    }
}
