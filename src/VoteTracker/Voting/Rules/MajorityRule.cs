namespace VoteTracker.Voting.Rules;

/// <summary>The majority that a resolution needs.</summary>
public enum MajorityRule
{
    /// <summary>Two thirds of the members present and voting (Charter 18 (2), rules 83 and 84).</summary>
    TwoThirds,

    /// <summary>A majority of the members present and voting (rule 85).</summary>
    SimpleMajority,

    /// <summary>The record does not say which majority was needed (resolutions of regular sessions).</summary>
    NotRecorded,
}

/// <summary>
/// The result of a rule with Y yes and N no votes, in integers: no ratio is compared with a decimal fraction.
/// A member that abstains or is absent is not voting (rule 86), so V = Y + N.
/// </summary>
public static class Majority
{
    /// <summary>Two thirds: Y > 0 and Y ≥ 2N. Simple: Y > N. Null if the rule is not recorded.</summary>
    public static bool? Reached(this MajorityRule rule, int yes, int no) =>
        rule switch
        {
            MajorityRule.TwoThirds => yes > 0 && yes >= 2 * no,
            MajorityRule.SimpleMajority => yes > no,
            _ => null,
        };

    /// <summary>
    /// Whether a resolution of this kind can need this majority. A procedural motion needs a simple majority (rule 85).
    /// An amendment to, or a part of, a resolution that needs two thirds also needs two thirds (rule 84).
    /// </summary>
    public static bool IsPossibleFor(this MajorityRule rule, ResolutionKind kind) =>
        kind != ResolutionKind.Motion || rule == MajorityRule.SimpleMajority;

    /// <summary>The yes votes needed at this many present and voting, at least 1: ceil(2V / 3), or floor(V / 2) + 1.</summary>
    public static int? Required(this MajorityRule rule, int presentAndVoting) =>
        rule switch
        {
            MajorityRule.TwoThirds => Math.Max(1, (2 * presentAndVoting + 2) / 3),
            MajorityRule.SimpleMajority => presentAndVoting / 2 + 1,
            _ => null,
        };

    /// <summary>The distance from the threshold: Y − 2N, or Y − N.</summary>
    public static int? Margin(this MajorityRule rule, int yes, int no) =>
        rule switch
        {
            MajorityRule.TwoThirds => yes - 2 * no,
            MajorityRule.SimpleMajority => yes - no,
            _ => null,
        };

    /// <summary>How much a no vote reduces the margin: 2, or 1. An exception if the rule is not recorded.</summary>
    public static int WeightOfNo(this MajorityRule rule) =>
        -rule.Margin(yes: 0, no: 1) ?? throw new ArgumentException("Without a rule there is no margin.", nameof(rule));

    /// <summary>The number of further no votes with which the majority is still reached: floor(M / 2), or M − 1.</summary>
    public static int SpareNoVotes(this MajorityRule rule, int margin) =>
        rule == MajorityRule.TwoThirds ? margin / 2 : margin - 1;

    /// <summary>The number of yes votes that are missing for the majority: −M, or 1 − M.</summary>
    public static int MissingYes(this MajorityRule rule, int margin) =>
        rule == MajorityRule.TwoThirds ? -margin : 1 - margin;

    /// <summary>The number of no votes that must become abstentions instead, each worth +2, or +1.</summary>
    public static int MissingAbstentions(this MajorityRule rule, int margin) =>
        rule == MajorityRule.TwoThirds ? (1 - margin) / 2 : 1 - margin;
}
