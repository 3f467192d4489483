using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Web.Pictures;

/// <summary>Draws one seat for each member in a half circle.</summary>
internal sealed class GetHemicycle(TallyCache live, Db db) : PictureEndpoint(live, db)
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/hemicycle.svg");
        Description(route =>
            Describe(
                    route,
                    "Draws the seats of the members",
                    "One seat for each member: yes from the left, no from the right, and what is open between them. A line is drawn after the last seat that the majority needs. Callers that may not see positions get seats without names."
                )
                .Requires(Right.ReadPublic)
        );
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var query = new Query(HttpContext);
        var request = Read(query);
        if (query.Problem is { } problem)
        {
            await problem.ExecuteAsync(HttpContext);
            return;
        }
        var caller = Caller.FromContext(HttpContext);
        if (await Live.FindVisible(id, caller, ETags.Seen(HttpContext.Request)) is not { } snapshot)
        {
            await Problems.NoResolution(id).ExecuteAsync(HttpContext);
            return;
        }
        var sight = SightOf(caller, snapshot.Standings);
        await SendPicture(
            snapshot,
            request,
            $"hemicycle.{sight}",
            snapshot.IsPublic() && sight == SightOf(Caller.Anonymous, snapshot.Standings),
            resolution => Draw<Hemicycle>(Seats(snapshot, resolution, request, caller))
        );
    }
}
