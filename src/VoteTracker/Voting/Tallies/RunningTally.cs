using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Tallies;

/// <summary>The count of the votes that were entered so far. It is not the result: only the roll call is.</summary>
public sealed record RunningTally
{
    /// <summary>In favour.</summary>
    public required int Yes { get; init; }

    /// <summary>Against.</summary>
    public required int No { get; init; }

    /// <summary>Abstentions.</summary>
    public required int Abstain { get; init; }

    /// <summary>Members that were entered as not voting.</summary>
    public required int NonVoting { get; init; }

    /// <summary>The members with an entry.</summary>
    public required int Entered { get; init; }

    /// <summary>The members that may vote and have no entry.</summary>
    public required int Remaining { get; init; }

    /// <summary>Whether the majority is reached with the votes so far; null if the rule is not recorded.</summary>
    public required bool? Reached { get; init; }

    /// <summary>Y − 2N under two thirds, Y − N under a simple majority.</summary>
    public required int? Margin { get; init; }

    /// <summary>Whether the remaining members can still change the result.</summary>
    public required Outlook? Outlook { get; init; }

    /// <summary>The yes votes that are missing if no other remaining member votes no; 0 if none is, null if too few remain.</summary>
    public required int? YesMissing { get; init; }

    /// <summary>The yes votes that secure the majority if all other remaining members vote no; null if too few remain.</summary>
    public required int? YesToSecure { get; init; }

    /// <summary>Counts votes.</summary>
    /// <param name="rule">The majority that is needed.</param>
    /// <param name="votes">The votes so far.</param>
    /// <param name="remaining">The number of members that may vote and have no entry.</param>
    public static RunningTally Count(MajorityRule rule, IReadOnlyCollection<Vote> votes, int remaining)
    {
        var (yes, no) = (votes.Count(vote => vote == Vote.Yes), votes.Count(vote => vote == Vote.No));
        return new RunningTally
        {
            Yes = yes,
            No = no,
            Abstain = votes.Count(vote => vote == Vote.Abstain),
            NonVoting = votes.Count(vote => vote == Vote.NonVoting),
            Entered = votes.Count,
            Remaining = remaining,
            Reached = rule.Reached(yes, no),
            Margin = rule.Margin(yes, no),
            Outlook = rule.Outlook(yes, no, remaining),
            YesMissing = FindFewest(rule, remaining, more => (yes + more, no)),
            YesToSecure = FindFewest(rule, remaining, more => (yes + more, no + remaining - more)),
        };
    }

    // At most 193 steps. A formula for each rule would need the case of no yes vote, too.
    private static int? FindFewest(MajorityRule rule, int remaining, Func<int, (int Yes, int No)> count)
    {
        for (var more = 0; more <= remaining; more++)
        {
            var (yes, no) = count(more);
            if (rule.Reached(yes, no) == true)
            {
                return more;
            }
        }
        return null;
    }
}
