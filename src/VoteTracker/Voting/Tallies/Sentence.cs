using System.Globalization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Tallies;

/// <summary>The tally in words, for a screen, a phone or a corridor.</summary>
public static class Sentence
{
    /// <summary>Nothing to count.</summary>
    public const string NobodyVoting = "Nobody is counted as voting.";

    /// <summary>Before the vote: what it is, and what would turn it.</summary>
    public static string Before(MajorityRule rule, int yes, int no)
    {
        if (yes + no == 0)
        {
            return NobodyVoting;
        }
        if (rule.Margin(yes, no) is not { } margin)
        {
            return Unruled(yes, no);
        }
        return $"{Count(rule, yes, no, "is")} "
            + (rule.Reached(yes, no) == true ? Cushion(rule, margin) : Missing(rule, yes, margin, "would carry it"));
    }

    /// <summary>After the vote: what it was, in the past tense; of a text that fell short, by how much.</summary>
    public static string After(MajorityRule rule, int yes, int no)
    {
        if (yes + no == 0)
        {
            return "Nobody was counted as voting.";
        }
        if (rule.Margin(yes, no) is not { } margin)
        {
            return Unruled(yes, no);
        }
        return rule.Reached(yes, no) == true
            ? Count(rule, yes, no, "was")
            : $"{Count(rule, yes, no, "was")} {Missing(rule, yes, margin, rule.YesMissing(margin) == 1 ? "was missing" : "were missing")}";
    }

    /// <summary>No vote to count: adopted without one, or withdrawn before it.</summary>
    public static string None(ResolutionStatus status) =>
        status == ResolutionStatus.Withdrawn ? "Withdrawn before the vote." : "Adopted without a vote.";

    private static string Count(MajorityRule rule, int yes, int no, string verb) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{yes} of {yes + no} present and voting; {(rule == MajorityRule.TwoThirds ? "two thirds" : "a simple majority")} {verb} {rule.Required(yes + no)}."
        );

    private static string Unruled(int yes, int no) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{yes} of {yes + no} present and voting; the record does not tell which majority was needed."
        );

    private static string Cushion(MajorityRule rule, int margin)
    {
        var borne = rule.NoVotesBorne(margin);
        return borne == 0
            ? "The next no would defeat it."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Another {borne} no {(borne == 1 ? "vote" : "votes")} would not defeat it; the {Ordinal(borne + 1)} would."
            );
    }

    private static string Missing(MajorityRule rule, int yes, int margin, string verb)
    {
        var more = rule.YesMissing(margin);
        var turned = rule.AbstentionsMissing(margin);
        // With no yes at all, abstentions alone leave nobody voting, and nothing is carried by nobody.
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
