using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Tallies;

/// <summary>One member as a tally counts it: where it stands, how firmly, and whether it may vote on that day.</summary>
public readonly record struct Ballot(string MemberState, Position Position, Certainty? Certainty, bool Eligible)
{
    /// <summary>What a name in the Assembly's roll call counts as; non-voting counts under absent.</summary>
    public static Ballot Recorded(string memberState, Vote vote) =>
        new(
            memberState,
            vote switch
            {
                Vote.Yes => Position.Yes,
                Vote.No => Position.No,
                Vote.Abstain => Position.Abstain,
                _ => Position.Absent,
            },
            Certainty: null,
            Eligible: true
        );

    /// <summary>The position it is counted under: one that is less than confirmed is undecided when only those count.</summary>
    public Position CountedAs(Counting counting) =>
        counting == Counting.Confirmed
        && Position != Position.Unknown
        && Certainty is { } c
        && c != VoteTracker.Voting.Rules.Certainty.Confirmed
            ? Position.Undecided
            : Position;
}
