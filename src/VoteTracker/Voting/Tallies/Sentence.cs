using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Tallies;

/// <summary>What a sentence about a tally says.</summary>
public enum SentenceKind
{
    /// <summary>The count, and what would change the result.</summary>
    Count,

    /// <summary>No member is counted as voting.</summary>
    NobodyIsVoting,

    /// <summary>After the vote: no member was counted as voting.</summary>
    NobodyWasVoting,

    /// <summary>The resolution was adopted without a vote.</summary>
    AdoptedWithoutVote,

    /// <summary>The resolution was withdrawn before the vote.</summary>
    Withdrawn,
}

/// <summary>The parts of the tally as one or two sentences. The words depend on the reader's language.</summary>
public sealed record Sentence
{
    /// <summary>What it says.</summary>
    public required SentenceKind Kind { get; init; }

    /// <summary>Whether the vote has taken place.</summary>
    public bool IsAfterVote { get; init; }

    /// <summary>The majority that is needed.</summary>
    public MajorityRule Rule { get; init; }

    /// <summary>Y.</summary>
    public int Yes { get; init; }

    /// <summary>V = Y + N.</summary>
    public int PresentAndVoting { get; init; }

    /// <summary>The yes votes that are needed; null if the rule is not recorded.</summary>
    public int? Required { get; init; }

    /// <summary>Before the vote, if the majority is reached: the number of further no votes that would not defeat it.</summary>
    public int? SpareNo { get; init; }

    /// <summary>If the majority is not reached: the number of missing yes votes.</summary>
    public int? MissingYes { get; init; }

    /// <summary>The number of no votes that would have to turn into abstentions instead; null if that is not possible.</summary>
    public int? MissingAbstentions { get; init; }

    /// <summary>The count before the vote, and what would change the result.</summary>
    public static Sentence Before(MajorityRule rule, int yes, int no) =>
        yes + no == 0
            ? new Sentence { Kind = SentenceKind.NobodyIsVoting }
            : Count(rule, yes, no) with
            {
                SpareNo = rule.Reached(yes, no) == true ? rule.SpareNoVotes(rule.Margin(yes, no)!.Value) : null,
            };

    /// <summary>The count after the vote and, if the majority was not reached, what was missing.</summary>
    public static Sentence After(MajorityRule rule, int yes, int no) =>
        yes + no == 0
            ? new Sentence { Kind = SentenceKind.NobodyWasVoting, IsAfterVote = true }
            : Count(rule, yes, no) with
            {
                IsAfterVote = true,
            };

    /// <summary>The sentence of a resolution that was adopted without a vote or withdrawn.</summary>
    public static Sentence None(ResolutionStatus status) =>
        new()
        {
            Kind = status == ResolutionStatus.Withdrawn ? SentenceKind.Withdrawn : SentenceKind.AdoptedWithoutVote,
        };

    private static Sentence Count(MajorityRule rule, int yes, int no)
    {
        var margin = rule.Margin(yes, no);
        var isMissing = margin is not null && rule.Reached(yes, no) != true;
        return new Sentence
        {
            Kind = SentenceKind.Count,
            Rule = rule,
            Yes = yes,
            PresentAndVoting = yes + no,
            Required = margin is null ? null : rule.Required(yes + no),
            MissingYes = isMissing ? rule.MissingYes(margin!.Value) : null,
            // Without a yes vote, abstentions alone cannot reach a majority, because no member would vote.
            MissingAbstentions = isMissing && yes > 0 ? rule.MissingAbstentions(margin!.Value) : null,
        };
    }
}
