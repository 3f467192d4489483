using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Web.Pictures;

/// <summary>What a picture of the groups shows.</summary>
public sealed record RegionsPicture
{
    /// <summary>The tally of all groups.</summary>
    public required SeatsPicture Seats { get; init; }

    /// <summary>The rows.</summary>
    public required Breakdown Breakdown { get; init; }

    /// <summary>The parts of the bar of a row, in the order of the seats.</summary>
    internal IReadOnlyList<BarPart> PartsOf(BreakdownRow row) =>
        [
            .. new (Position? Position, int? Count, string Sign)[]
            {
                (Position.Yes, row.Yes, "+"),
                (Position.Undecided, row.Undecided, "?"),
                (Position.Unknown, row.Unknown, ""),
                (Position.Abstain, row.Abstain, "×"),
                (Position.Absent, row.Absent, "·"),
                (null, row.Ineligible, "/"),
                (Position.No, row.No, "−"),
            }
                .Where(part => part.Count > 0)
                .Select(part => new BarPart(part.Position, part.Count!.Value, part.Sign, WordOf(part.Position))),
        ];

    private string WordOf(Position? position) =>
        Seats.Counts.FirstOrDefault(c => c.Position == position)?.Word
        ?? (position is { } p ? Seats.Language.Word(p) : Seats.Language.Text("ineligible"));
}

/// <summary>A part of a bar.</summary>
internal sealed record BarPart(Position? Position, int Count, string Sign, string Word)
{
    /// <summary>Whether it is drawn as an outline, because the members may still take a side.</summary>
    public bool IsOpen => Position is null or Voting.Rules.Position.Unknown or Voting.Rules.Position.Undecided;

    /// <summary>The name of its colour.</summary>
    public string Color => EnumWord<Position>.ToWord(Position ?? Voting.Rules.Position.Unknown);
}
