using Microsoft.AspNetCore.Components;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Web.Pictures.Serving;

/// <summary>A state of a resolution that a caller sees, and its pictures. A picture that the caller may not see is null.</summary>
internal sealed record PictureSubject(
    PictureServices Services,
    TallySnapshot Snapshot,
    PictureRequest Request,
    Caller Caller
)
{
    private Standings Standings => Snapshot.Standings;

    /// <summary>The count in the size of a line of text.</summary>
    public RequestedPicture Badge() => OfMembers("badge", seats => Draw<Badge>(seats));

    /// <summary>The count in the shape of a link's preview. It has no positions, so it is the same for every caller.</summary>
    public RequestedPicture Card() =>
        RequestedPicture.Of(Snapshot, "card", Snapshot.IsPublic()) with
        {
            Draw = resolution => Draw<Card>(Show(resolution) with { Ballots = [] }),
        };

    /// <summary>One seat for each member; without names for callers that see the tally alone.</summary>
    public RequestedPicture Hemicycle() => OfMembers("hemicycle", seats => Draw<Hemicycle>(seats));

    /// <summary>A bar for each group.</summary>
    public RequestedPicture Regions(Grouping grouping) =>
        OfMembers(
            $"regions.{grouping.By}",
            seats =>
                Draw<Regions>(
                    new RegionsPicture { Seats = seats, Breakdown = Breakdown.FromStandings(Standings, grouping) }
                )
        );

    /// <summary>The members in alphabetical order.</summary>
    public RequestedPicture? Board() =>
        WithPositions(
            $"board.{Pictures.Board.ColumnsIn(Request.Width)}",
            seats => Draw<Board>(seats, (nameof(Pictures.Board.Columns), Pictures.Board.ColumnsIn(Request.Width)))
        );

    /// <summary>The members by regional group.</summary>
    public RequestedPicture? Tiles() => WithPositions("tiles", seats => Draw<Tiles>(seats));

    /// <summary>The margin over time, from the first moment that the caller may see.</summary>
    public RequestedPicture? Timeline()
    {
        var part = TallyTimeline.PartFor(Caller, Snapshot.Visibility, Snapshot.Basis);
        if (part == TimelinePart.None)
        {
            return null;
        }
        var now = Services.Clock.GetUtcNow();
        // It ends with today until the vote is recorded. A picture of each day is enough.
        var name = $"timeline.{(part == TimelinePart.All ? "all" : "public")}.{NewYork.DayOf(now):O}";
        var publicPart = TallyTimeline.PartFor(Caller.Anonymous, Snapshot.Visibility, Snapshot.Basis);
        return RequestedPicture.Of(Snapshot, name, Snapshot.IsPublic() && part == publicPart) with
        {
            Draw = resolution => DrawTimeline(resolution, part, now),
        };
    }

    /// <summary>Draws a component whose parameter `Picture` has all that it shows.</summary>
    public static Task<byte[]> Draw<TComponent>(object picture, params (string Name, object Value)[] more)
        where TComponent : IComponent
    {
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal) { ["Picture"] = picture };
        foreach (var (name, value) in more)
        {
            parameters.Add(name, value);
        }
        return ComponentRenderer.Render<TComponent>(parameters);
    }

    private RequestedPicture? WithPositions(string name, Func<SeatsPicture, Task<byte[]>> draw) =>
        Positions.AreVisibleTo(Caller, Standings) ? OfMembers(name, draw) : null;

    // A picture of the members, as far as the caller may see their positions.
    private RequestedPicture OfMembers(string name, Func<SeatsPicture, Task<byte[]>> draw)
    {
        var sight = Sights.Of(Caller, Standings);
        var isPublic = Snapshot.IsPublic() && sight == Sights.Of(Caller.Anonymous, Standings);
        return RequestedPicture.Of(Snapshot, $"{name}.{sight}", isPublic) with
        {
            Snapshot = Snapshot,
            Sight = sight,
            Draw = resolution => draw(Show(resolution)),
        };
    }

    private SeatsPicture Show(Resolution resolution)
    {
        IReadOnlyList<Ballot> ballots =
            !Positions.AreVisibleTo(Caller, Standings) ? []
            : Positions.ShowCertaintyTo(Caller, Standings) ? Standings.Ballots
            : [.. Standings.Ballots.Select(ballot => ballot with { Certainty = null })];
        return new SeatsPicture
        {
            Language = Request.Language,
            Theme = Request.Theme,
            Tally = Snapshot.Tally,
            Ballots = ballots,
            Symbol = resolution.Symbol,
            Title = resolution.Title,
            RegionOf = Services.ReferenceData.Groups.RegionOf,
        };
    }

    private async Task<byte[]> DrawTimeline(Resolution resolution, TimelinePart part, DateTimeOffset now)
    {
        var timeline = await Services.Db.Read(connection =>
            TallyTimeline.Load(connection, Services.ReferenceData, resolution.Id)
        );
        var (points, turns) = TimelinePicture.Follow(timeline?.ListStandings(part, null, now) ?? []);
        var isOver = Snapshot.Basis is Basis.RecordedVotes or Basis.Announced;
        return await Draw<Timeline>(
            new TimelinePicture
            {
                Language = Request.Language,
                Theme = Request.Theme,
                Name = resolution.NameIn(Request.Language),
                Rule = Snapshot.Tally.Rule,
                IsAfterVote = isOver,
                Points = points,
                Turns = turns,
                Until = isOver || points.Count == 0 ? Snapshot.Tally.AsOf : now,
            }
        );
    }
}
