using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Tallies;

/// <summary>The subject of a move.</summary>
public enum MoveKind
{
    /// <summary>The position of a member, or its certainty.</summary>
    Stance,

    /// <summary>The vote of a member differs from its stance or from an earlier record.</summary>
    Vote,

    /// <summary>The right of a member to vote.</summary>
    Eligibility,

    /// <summary>The state is a member on the day of the vote or is in the roll call only before or only after.</summary>
    Membership,

    /// <summary>The required majority.</summary>
    Rule,

    /// <summary>The basis of the count, if one of the two has no votes by member; or the announced totals.</summary>
    Basis,
}

/// <summary>A move between two moments, and its effect on the margin.</summary>
public sealed record Move
{
    /// <summary>The subject of the move.</summary>
    public required MoveKind What { get; init; }

    /// <summary>The member; null for a move of the whole resolution.</summary>
    public string? MemberState { get; init; }

    /// <summary>The word before.</summary>
    public required string From { get; init; }

    /// <summary>The word after.</summary>
    public required string To { get; init; }

    /// <summary>The certainty of the stance before.</summary>
    public Certainty? FromCertainty { get; init; }

    /// <summary>The certainty of the stance after.</summary>
    public Certainty? ToCertainty { get; init; }

    /// <summary>What the move added to the margin; null if there is no margin before or after.</summary>
    public required int? Effect { get; init; }
}

/// <summary>
/// Computes the moves from one state of a resolution's count to another. The margin is a sum over the members, so the
/// effects of the moves add up to its change. The moves of members are weighed by the earlier rule. A change of the rule
/// is a separate move after them.
/// </summary>
public static class Difference
{
    /// <summary>The moves: members in the order of their codes, then those of the whole resolution.</summary>
    public static IReadOnlyList<Move> Between(Standings before, Standings after, Counting counting = Counting.All)
    {
        var (from, to) = (Tally.FromStandings(before, counting), Tally.FromStandings(after, counting));
        var moves =
            HasNames(before) && HasNames(after) ? CompareMembers(before, after, counting) : CompareTotals(from, to);
        if (before.Rule != after.Rule)
        {
            moves = moves.Append(
                new Move
                {
                    What = MoveKind.Rule,
                    From = EnumWord<MajorityRule>.ToWord(before.Rule),
                    To = EnumWord<MajorityRule>.ToWord(after.Rule),
                    Effect = to.Margin - Margin(before.Rule, to),
                }
            );
        }
        var measured = from.Margin is not null && to.Margin is not null;
        return [.. moves.Select(move => measured ? move : move with { Effect = null })];
    }

    private static bool HasNames(Standings standings) => standings.Basis is Basis.Stances or Basis.RecordedVotes;

    private static IEnumerable<Move> CompareTotals(Tally from, Tally to)
    {
        if (from.Basis != to.Basis || (from.Yes, from.No, from.Abstain) != (to.Yes, to.No, to.Abstain))
        {
            yield return new Move
            {
                What = MoveKind.Basis,
                From = EnumWord<Basis>.ToWord(from.Basis),
                To = EnumWord<Basis>.ToWord(to.Basis),
                Effect = Margin(from.Rule, to) - from.Margin,
            };
        }
    }

    private static IEnumerable<Move> CompareMembers(Standings before, Standings after, Counting counting)
    {
        var (from, to) = (ByMember(before), ByMember(after));
        var isVote = after.Basis == Basis.RecordedVotes;
        foreach (var member in from.Keys.Union(to.Keys).Order(StringComparer.Ordinal))
        {
            var was = from.TryGetValue(member, out var w) ? w : (Ballot?)null;
            var became = to.TryGetValue(member, out var b) ? b : (Ballot?)null;
            var moves = (was, became) switch
            {
                (null, { } joined) => [Membership(member, Weight(joined), "not-a-member", "member")],
                ({ } left, null) => [Membership(member, -Weight(left), "member", "not-a-member")],
                ({ } x, { } y) => CompareMember(x, y, isVote, counting, Weight),
                _ => [],
            };
            foreach (var move in moves)
            {
                yield return move;
            }
        }

        int? Weight(Ballot ballot) =>
            (ballot.Eligible ? ballot.CountedAs(counting) : Position.Unknown) switch
            {
                Position.Yes => before.Rule.Margin(yes: 1, no: 0),
                Position.No => before.Rule.Margin(yes: 0, no: 1),
                _ => 0,
            };
    }

    private static IEnumerable<Move> CompareMember(
        Ballot was,
        Ballot became,
        bool isVote,
        Counting counting,
        Func<Ballot, int?> weight
    )
    {
        // A vote has no certainty. A vote as expected is still a move if the stance was not counted.
        if (
            was.Position != became.Position
            || was.CountedAs(counting) != became.CountedAs(counting)
            || (!isVote && was.Certainty != became.Certainty)
        )
        {
            yield return new Move
            {
                What = isVote ? MoveKind.Vote : MoveKind.Stance,
                MemberState = was.MemberState,
                From = EnumWord<Position>.ToWord(was.Position),
                To = EnumWord<Position>.ToWord(became.Position),
                FromCertainty = was.Certainty,
                ToCertainty = became.Certainty,
                Effect = weight(became with { Eligible = was.Eligible }) - weight(was),
            };
        }
        if (was.Eligible != became.Eligible)
        {
            yield return new Move
            {
                What = MoveKind.Eligibility,
                MemberState = was.MemberState,
                From = MayVote(was),
                To = MayVote(became),
                Effect = weight(became) - weight(became with { Eligible = was.Eligible }),
            };
        }
    }

    private static Move Membership(string member, int? effect, string from, string to) =>
        new()
        {
            What = MoveKind.Membership,
            MemberState = member,
            From = from,
            To = to,
            Effect = effect,
        };

    private static Dictionary<string, Ballot> ByMember(Standings standings) =>
        standings.Ballots.ToDictionary(ballot => ballot.MemberState, StringComparer.Ordinal);

    private static string MayVote(Ballot ballot) => ballot.Eligible ? "may-vote" : "may-not-vote";

    private static int? Margin(MajorityRule rule, Tally tally) =>
        tally is { Yes: { } yes, No: { } no } ? rule.Margin(yes, no) : null;
}
