using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Tallies;

/// <summary>A member as a tally counts it: its position, its certainty, and whether it may vote on that day.</summary>
public readonly record struct Ballot(string MemberState, Position Position, Certainty? Certainty, bool Eligible)
{
    /// <summary>The ballot of a vote in the Assembly's roll call; non-voting counts as absent.</summary>
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

    /// <summary>The position under which it is counted. If only confirmed stances count, any other one is undecided.</summary>
    public Position CountedAs(Counting counting) =>
        counting == Counting.Confirmed
        && Position != Position.Unknown
        && Certainty is { } c
        && c != VoteTracker.Voting.Rules.Certainty.Confirmed
            ? Position.Undecided
            : Position;
}
