using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Web.Pictures;

/// <summary>A seat in a picture: its mark, and the member if the reader may see it.</summary>
internal readonly record struct PictureSeat(string Mark, Ballot? Ballot);

/// <summary>
/// The order of the seats: yes from the left, the most certain first, then undecided, unknown, abstain, absent and members
/// that may not vote. No is at the right, the most certain last.
/// </summary>
internal static class HemicycleOrder
{
    private static readonly Position[] Positions =
    [
        Position.Yes,
        Position.Undecided,
        Position.Unknown,
        Position.Abstain,
        Position.Absent,
    ];

    /// <summary>The seats from left to right: one for each ballot, or for each count if there are no ballots.</summary>
    public static IReadOnlyList<PictureSeat> List(SeatsPicture picture) =>
        picture.Ballots.Count == 0
            ? [.. picture.Counts.SelectMany(c => Enumerable.Repeat(new PictureSeat(c.Mark, null), c.Count))]
            :
            [
                .. picture
                    .Ballots.OrderBy(PlaceOf)
                    .ThenBy(b => b.MemberState, StringComparer.Ordinal)
                    .Select(b => new PictureSeat(PictureMark.Of(b), b)),
            ];

    private static int PlaceOf(Ballot ballot)
    {
        var certainty = (int?)ballot.Certainty ?? (int)Certainty.Likely;
        return !ballot.Eligible ? 10 * Positions.Length
            : ballot.Position == Position.No ? 10 * (Positions.Length + 2) - certainty
            : 10 * Array.IndexOf(Positions, ballot.Position) + certainty;
    }
}
