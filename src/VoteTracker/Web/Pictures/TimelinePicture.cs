using VoteTracker.Localization;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Web.Pictures;

/// <summary>What a picture of the margin over time shows.</summary>
public sealed record TimelinePicture
{
    private const int MaxPoints = 400;

    /// <summary>The language of all words.</summary>
    public required Language Language { get; init; }

    /// <summary>The name: symbol and title.</summary>
    public required string Name { get; init; }

    /// <summary>The majority it needs.</summary>
    public required MajorityRule Rule { get; init; }

    /// <summary>Whether the vote is over.</summary>
    public required bool IsAfterVote { get; init; }

    /// <summary>The margin from each moment on, the oldest first.</summary>
    public required IReadOnlyList<MarginPoint> Points { get; init; }

    /// <summary>The moments at which the result turned.</summary>
    public required IReadOnlyList<MarginTurn> Turns { get; init; }

    /// <summary>The last moment.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The colours.</summary>
    public Theme Theme { get; init; }

    /// <summary>The width in pixels; null for the width of the space around it.</summary>
    public int? Width { get; init; }

    /// <summary>Whether it is a file of its own.</summary>
    public bool IsFile { get; init; } = true;

    /// <summary>The colours.</summary>
    internal Palette Palette => Palette.Of(Theme);

    /// <summary>The points and turns of a history.</summary>
    internal static (IReadOnlyList<MarginPoint> Points, IReadOnlyList<MarginTurn> Turns) Follow(
        IEnumerable<Standings> history
    )
    {
        var points = new List<MarginPoint>();
        var turns = new List<MarginTurn>();
        Standings? before = null;
        Tally? last = null;
        foreach (var standings in history)
        {
            var tally = Tally.FromStandings(standings);
            if (tally.Margin is { } margin && (points.Count == 0 || points[^1].Margin != margin))
            {
                points.Add(new MarginPoint(tally.AsOf, margin));
            }
            if (before is not null && last is { Reached: { } was } && tally.Reached is { } reached && was != reached)
            {
                turns.Add(new MarginTurn(tally.AsOf, tally.Margin ?? 0, reached, StatesOf(before, standings, reached)));
            }
            (before, last) = (standings, tally);
        }
        return (Thin(points), turns);
    }

    // The states whose moves pushed the margin to the side to which it turned.
    private static IReadOnlyList<string> StatesOf(Standings before, Standings after, bool reached) =>
        [
            .. Difference
                .Between(before, after)
                .Where(move => move.MemberState is not null && (reached ? move.Effect > 0 : move.Effect < 0))
                .OrderByDescending(move => Math.Abs(move.Effect ?? 0))
                .Select(move => move.MemberState!)
                .Distinct(),
        ];

    // The picture has fewer pixels than a long campaign has changes: the extremes of each part stay.
    private static IReadOnlyList<MarginPoint> Thin(List<MarginPoint> points) =>
        points.Count <= MaxPoints
            ? points
            :
            [
                .. points
                    .Chunk((points.Count + MaxPoints / 3 - 1) / (MaxPoints / 3))
                    .SelectMany(part => new[] { part.MinBy(p => p.Margin)!, part.MaxBy(p => p.Margin)!, part[^1] })
                    .Distinct()
                    .OrderBy(p => p.Moment),
            ];
}

/// <summary>The margin from a moment on.</summary>
public sealed record MarginPoint(DateTimeOffset Moment, int Margin);

/// <summary>A moment at which the result turned, and the states that turned it.</summary>
public sealed record MarginTurn(DateTimeOffset Moment, int Margin, bool Reached, IReadOnlyList<string> States);
