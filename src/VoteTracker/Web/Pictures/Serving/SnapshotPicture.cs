using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Web.Pictures.Serving;

/// <summary>The base of the pictures that are drawn from the snapshot of a tally.</summary>
internal abstract class SnapshotPicture(PictureServices services) : PictureEndpoint(services)
{
    protected override async Task<(RequestedPicture?, ProblemHttpResult?)> Find(
        string id,
        PictureRequest request,
        Query query
    )
    {
        var prepare = Prepare(request, query);
        if (query.Problem is { } problem)
        {
            return (null, problem);
        }
        return await Services.Live.FindVisible(id, Caller, ETags.Seen(HttpContext.Request)) is { } snapshot
            ? prepare(snapshot)
            : (null, Problems.NoResolution(id));
    }

    protected override async ValueTask<bool> TryAnswer(HttpContext http)
    {
        var caller = Caller.FromContext(http);
        if (
            await Services.Live.FindVisible(http.Part(PathParameters.Resolution), caller, ETags.Seen(http.Request))
                is { } snapshot
            && Services.Served.Find(snapshot, ServedPictures.NameOf(http.Request, SightOf(caller, snapshot.Standings)))
                is { } served
        )
        {
            await SendPicture(http, served);
            return true;
        }
        return false;
    }

    /// <summary>Reads the parameters of this picture; the result finds it in a snapshot.</summary>
    protected abstract Func<TallySnapshot, (RequestedPicture?, ProblemHttpResult?)> Prepare(
        PictureRequest request,
        Query query
    );

    /// <summary>A picture of the members, as far as the caller may see their positions.</summary>
    protected RequestedPicture OfMembers(
        TallySnapshot snapshot,
        string name,
        Func<Resolution, Caller, Task<byte[]>> draw
    )
    {
        var (caller, sight) = (Caller, SightOf(Caller, snapshot.Standings));
        var isPublic = snapshot.IsPublic() && sight == SightOf(Caller.Anonymous, snapshot.Standings);
        return RequestedPicture.Of(snapshot, $"{name}.{sight}", isPublic) with
        {
            Snapshot = snapshot,
            Sight = sight,
            Draw = resolution => draw(resolution, caller),
        };
    }

    /// <summary>The problem for a caller that may see the tally alone; null for any other.</summary>
    protected ProblemHttpResult? WithoutPositions(TallySnapshot snapshot) =>
        Positions.AreVisibleTo(Caller, snapshot.Standings)
            ? null
            : KeyProblems.RoleTooLow(HttpContext, Caller, Right.SeeStances);

    /// <summary>What the picture shows to a caller.</summary>
    protected SeatsPicture Show(TallySnapshot snapshot, Resolution resolution, PictureRequest request, Caller caller)
    {
        var standings = snapshot.Standings;
        IReadOnlyList<Ballot> ballots =
            !Positions.AreVisibleTo(caller, standings) ? []
            : Positions.ShowCertaintyTo(caller, standings) ? standings.Ballots
            : [.. standings.Ballots.Select(ballot => ballot with { Certainty = null })];
        return new SeatsPicture
        {
            Language = request.Language,
            Theme = request.Theme,
            Tally = snapshot.Tally,
            Ballots = ballots,
            Symbol = resolution.Symbol,
            Title = resolution.Title,
            RegionOf = Services.ReferenceData.Groups.RegionOf,
        };
    }

    /// <summary>Draws a component whose parameter `Picture` has all that it shows.</summary>
    internal static Task<byte[]> Draw<TComponent>(object picture, params (string Name, object Value)[] more)
        where TComponent : IComponent
    {
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal) { ["Picture"] = picture };
        foreach (var (name, value) in more)
        {
            parameters.Add(name, value);
        }
        return ComponentRenderer.Render<TComponent>(parameters);
    }

    private static Sight SightOf(Caller caller, Standings standings) =>
        Positions.ShowCertaintyTo(caller, standings) ? Sight.Certainty
        : Positions.AreVisibleTo(caller, standings) ? Sight.Names
        : Sight.Counts;
}
