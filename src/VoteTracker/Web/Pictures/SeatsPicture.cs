using VoteTracker.Localization;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Web.Pictures;

/// <summary>What a picture of the members or their counts shows. It needs no service.</summary>
public sealed record SeatsPicture
{
    /// <summary>The language of all words.</summary>
    public required Language Language { get; init; }

    /// <summary>The tally.</summary>
    public required Tally Tally { get; init; }

    /// <summary>
    /// The ballots; empty if the reader may see the counts alone, or if there are no names. The caller removes certainties
    /// that the reader may not see.
    /// </summary>
    public required IReadOnlyList<Ballot> Ballots { get; init; }

    /// <summary>The symbol, if it has one.</summary>
    public required string? Symbol { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>The colours; a page overrides them by classes.</summary>
    public Theme Theme { get; init; } = Theme.Light;

    /// <summary>The width in pixels; null for the width of the space around it.</summary>
    public int? Width { get; init; }

    /// <summary>Whether it is a file of its own, with title, background and marks. A page has these itself.</summary>
    public bool IsFile { get; init; } = true;

    /// <summary>The regional group of a member; for tiles.</summary>
    public Func<string, string?> RegionOf { get; init; } = _ => null;

    /// <summary>Whether the vote is over.</summary>
    public bool IsAfterVote => Tally.Basis is Basis.RecordedVotes or Basis.Announced;

    /// <summary>The colours.</summary>
    internal Palette Palette => Palette.Of(Theme);

    /// <summary>The name: symbol and title.</summary>
    internal string Name => PictureNames.Name(Language, Symbol, Title);

    /// <summary>Whether the majority is reached, in words.</summary>
    internal string Headline =>
        Tally.Basis == Basis.None
            ? Language.Text("picture.none")
            : Language.Text(
                (IsAfterVote, Tally.Reached) switch
                {
                    (false, true) => "picture.before.reached",
                    (false, false) => "picture.before.not-reached",
                    (false, null) => "picture.before.no-rule",
                    (true, true) => "picture.after.reached",
                    (true, false) => "picture.after.not-reached",
                    _ => "picture.after.no-rule",
                }
            );

    /// <summary>What the headline does not say: what is open, and what the counts rest on.</summary>
    internal string Details
    {
        get
        {
            var sentence = Language.Sentence(Tally.Sentence);
            return Tally.Basis switch
            {
                Basis.Announced => $"{sentence} {Language.Text("picture.totals-only")}",
                Basis.Stances => $"{sentence} {Open}",
                _ => sentence,
            };
        }
    }

    /// <summary>The known counts, in the order of the seats.</summary>
    internal IReadOnlyList<PictureCount> Counts =>
        [
            .. new (string Key, Position? Position, int? Count)[]
            {
                ("position.yes", Position.Yes, Tally.Yes),
                ("position.undecided", Position.Undecided, IsAfterVote ? null : Tally.Undecided),
                ("position.unknown", Position.Unknown, IsAfterVote ? null : Tally.Unknown),
                ("position.abstain", Position.Abstain, Tally.Abstain),
                (IsAfterVote ? "vote.non-voting" : "position.absent", Position.Absent, Tally.Absent),
                ("ineligible", null, Tally.Ineligible is > 0 ? Tally.Ineligible : null),
                ("position.no", Position.No, Tally.No),
            }
                .Where(count => count.Count is not null)
                .Select(count => new PictureCount(count.Position, Language.Text(count.Key), count.Count!.Value)),
        ];

    /// <summary>The known counts in the order in which people read them: yes, no, and then the others.</summary>
    internal IReadOnlyList<PictureCount> CountsToRead =>
        [
            .. Counts.OrderBy(count =>
                count.Position switch
                {
                    Position.Yes => 0,
                    Position.No => 1,
                    null => 3,
                    _ => 2,
                }
            ),
        ];

    /// <summary>The texts and the marks of the legend.</summary>
    internal (IReadOnlyList<string> Texts, IReadOnlyList<string> Marks) Legend
    {
        get
        {
            var counts = Counts;
            List<string> texts =
            [
                .. counts.Select(c => Language.Text("picture.count", ("word", c.Word), ("n", c.Count))),
            ];
            List<string> marks = [.. counts.Select(c => c.Mark)];
            var leaning = Ballots.FirstOrDefault(b => PictureMark.IsLeaning(b));
            if (leaning.MemberState is not null)
            {
                texts.Add(Language.Text("picture.leaning"));
                marks.Add(PictureMark.Of(leaning));
            }
            return (texts, marks);
        }
    }

    /// <summary>All counts as text, for readers that do not see the picture.</summary>
    internal string Description =>
        Tally.Basis == Basis.None
            ? Details
            : $"{Details} {PictureText.Join(Language, Counts.Select(c => Language.Text("picture.count", ("word", c.Word), ("n", c.Count))))}";

    /// <summary>The position of a member in words.</summary>
    internal string Describe(Ballot ballot)
    {
        var state = Language.State(ballot.MemberState);
        var position =
            !ballot.Eligible ? Language.Text("ineligible")
            : IsAfterVote && ballot.Position == Position.Absent ? Language.Text("vote.non-voting")
            : Language.Word(ballot.Position);
        return ballot is { Eligible: true, Certainty: { } certainty }
            ? Language.Text(
                "picture.seat.certainty",
                ("state", state),
                ("position", position),
                ("certainty", Language.Word(certainty))
            )
            : Language.Text("picture.seat", ("state", state), ("position", position));
    }

    private string Open
    {
        get
        {
            var (unknown, undecided) = (("unknown", Tally.Unknown ?? 0), ("undecided", Tally.Undecided ?? 0));
            var leaning = Ballots.Count(b =>
                b is { Eligible: true, Position: Position.Yes, Certainty: Certainty.Leaning }
            );
            return Ballots.Any(b => b.Certainty is not null)
                ? Language.Text("picture.open", unknown, undecided, ("leaning", leaning), ("yes", Tally.Yes ?? 0))
                : Language.Text("picture.open.counts", unknown, undecided);
        }
    }
}

/// <summary>A count of a picture; the position is null for members that may not vote.</summary>
internal sealed record PictureCount(Position? Position, string Word, int Count)
{
    /// <summary>The mark in the legend.</summary>
    public string Mark => Position is { } position ? PictureMark.Of(position) : "mark-ineligible";

    /// <summary>The name of the colour.</summary>
    public string Color => Position is { } position ? EnumWord<Position>.ToWord(position) : "unknown";
}

/// <summary>The marks of members.</summary>
internal static class PictureMark
{
    private static readonly string[] Full =
    [
        .. Enum.GetValues<Position>().Select(p => $"mark-{EnumWord<Position>.ToWord(p)}"),
    ];
    private static readonly string[] Leaning = [.. Full.Select(mark => $"{mark}-leaning")];

    /// <summary>The id of the mark of a ballot.</summary>
    public static string Of(Ballot ballot) =>
        !ballot.Eligible ? "mark-ineligible"
        : IsLeaning(ballot) ? Leaning[(int)ballot.Position]
        : Of(ballot.Position);

    /// <summary>The id of the mark of a position that is not a leaning.</summary>
    public static string Of(Position position) => Full[(int)position];

    /// <summary>Whether the mark of a ballot is pale and hatched.</summary>
    public static bool IsLeaning(Ballot ballot) =>
        ballot
            is {
                Eligible: true,
                Certainty: Certainty.Leaning,
                Position: Position.Yes or Position.No or Position.Abstain or Position.Absent
            };
}
