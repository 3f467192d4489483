using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Tallies;

/// <summary>What moved.</summary>
public enum MoveKind
{
    /// <summary>Where a member stands, or how firmly.</summary>
    Stance,

    /// <summary>How a member voted: other than it stood, or than was recorded before.</summary>
    Vote,

    /// <summary>Whether a member may vote.</summary>
    Eligibility,

    /// <summary>Who is a member on the day of the vote, or is named in the roll call.</summary>
    Membership,

    /// <summary>The majority that is needed.</summary>
    Rule,

    /// <summary>What is counted, where one of both has no names; or the announced totals themselves.</summary>
    Basis,
}

/// <summary>One move between two moments, and what it did to the margin.</summary>
public sealed record Move
{
    /// <summary>What moved.</summary>
    public required MoveKind What { get; init; }

    /// <summary>The member; null where it is the whole text.</summary>
    public string? MemberState { get; init; }

    /// <summary>The word before.</summary>
    public required string From { get; init; }

    /// <summary>The word after.</summary>
    public required string To { get; init; }

    /// <summary>How firm the stance was.</summary>
    public Certainty? FromCertainty { get; init; }

    /// <summary>How firm it is.</summary>
    public Certainty? ToCertainty { get; init; }

    /// <summary>What it added to the margin; null where there is none before or after.</summary>
    public required int? Effect { get; init; }
}

/// <summary>
/// The moves from one state of a resolution's count to another. The margin is a sum over the members, so what each move
/// did to it is its own, and together they are the whole: the members' moves are weighed by the rule before, and a
/// change of the rule is a move of its own after them.
/// </summary>
public static class Difference
{
    /// <summary>The moves, members in the order of their codes, then what concerns the whole text.</summary>
    public static IReadOnlyList<Move> Between(Standings before, Standings after, Counting counting = Counting.All)
    {
        var (from, to) = (Tally.FromStandings(before, counting), Tally.FromStandings(after, counting));
        var moves = HasNames(before) && HasNames(after) ? OfMembers(before, after, counting) : OfTotals(from, to);
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

    private static IEnumerable<Move> OfTotals(Tally from, Tally to)
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

    private static IEnumerable<Move> OfMembers(Standings before, Standings after, Counting counting)
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
                ({ } x, { } y) => OfMember(x, y, isVote, counting, Weight),
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

    private static IEnumerable<Move> OfMember(
        Ballot was,
        Ballot became,
        bool isVote,
        Counting counting,
        Func<Ballot, int?> weight
    )
    {
        // A vote has no certainty to compare with; but one that comes as it was expected counts where that did not.
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
