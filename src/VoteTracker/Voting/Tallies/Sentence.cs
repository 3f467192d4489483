using System.Globalization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Tallies;

/// <summary>The tally as one or two sentences.</summary>
public static class Sentence
{
    /// <summary>The sentence if no member is counted as voting.</summary>
    public const string NobodyVoting = "Nobody is counted as voting.";

    /// <summary>The count before the vote, and what would change the result.</summary>
    public static string Before(MajorityRule rule, int yes, int no)
    {
        if (yes + no == 0)
        {
            return NobodyVoting;
        }
        if (rule.Margin(yes, no) is not { } margin)
        {
            return WithoutRule(yes, no);
        }
        return $"{Count(rule, yes, no, "is")} "
            + (rule.Reached(yes, no) == true ? Reserve(rule, margin) : Missing(rule, yes, margin, "would carry it"));
    }

    /// <summary>The count after the vote and, if the majority was not reached, what was missing.</summary>
    public static string After(MajorityRule rule, int yes, int no)
    {
        if (yes + no == 0)
        {
            return "Nobody was counted as voting.";
        }
        if (rule.Margin(yes, no) is not { } margin)
        {
            return WithoutRule(yes, no);
        }
        return rule.Reached(yes, no) == true
            ? Count(rule, yes, no, "was")
            : $"{Count(rule, yes, no, "was")} {Missing(rule, yes, margin, rule.MissingYes(margin) == 1 ? "was missing" : "were missing")}";
    }

    /// <summary>The sentence of a resolution that was adopted without a vote or withdrawn.</summary>
    public static string None(ResolutionStatus status) =>
        status == ResolutionStatus.Withdrawn ? "Withdrawn before the vote." : "Adopted without a vote.";

    private static string Count(MajorityRule rule, int yes, int no, string verb) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{yes} of {yes + no} present and voting; {(rule == MajorityRule.TwoThirds ? "two thirds" : "a simple majority")} {verb} {rule.Required(yes + no)}."
        );

    private static string WithoutRule(int yes, int no) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{yes} of {yes + no} present and voting; the record does not say which majority was needed."
        );

    private static string Reserve(MajorityRule rule, int margin)
    {
        var spare = rule.SpareNoVotes(margin);
        return spare == 0
            ? "The next no would defeat it."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Another {spare} no {(spare == 1 ? "vote" : "votes")} would not defeat it; the {Ordinal(spare + 1)} would."
            );
    }

    private static string Missing(MajorityRule rule, int yes, int margin, string verb)
    {
        var more = rule.MissingYes(margin);
        var turned = rule.MissingAbstentions(margin);
        // Without a yes vote, abstentions alone cannot reach a majority, because no member would vote.
        return yes == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{more} more yes {verb}.")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{more} more yes, or {turned} no turned into {(turned == 1 ? "an abstention" : "abstentions")}, {verb}."
            );
    }

    private static string Ordinal(int n) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{n}{(n % 100 is >= 11 and <= 13 ? "th" : (n % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" })}"
        );
}
