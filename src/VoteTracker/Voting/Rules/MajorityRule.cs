namespace VoteTracker.Voting.Rules;

/// <summary>Which majority a text needs.</summary>
public enum MajorityRule
{
    /// <summary>Two thirds of the members present and voting (Charter 18 (2), rules 83 and 84).</summary>
    TwoThirds,

    /// <summary>A majority of the members present and voting (rule 85).</summary>
    SimpleMajority,

    /// <summary>The record does not tell which was needed (texts of regular sessions).</summary>
    NotRecorded,
}

/// <summary>
/// What a rule makes of Y yes and N no, in integers: no ratio is ever compared with a decimal fraction.
/// Who abstains or is absent is not voting (rule 86), so V = Y + N.
/// </summary>
public static class Majority
{
    /// <summary>Two thirds: Y > 0 and Y ≥ 2N. Simple: Y > N. Null where the rule is not recorded.</summary>
    public static bool? Reached(this MajorityRule rule, int yes, int no) =>
        rule switch
        {
            MajorityRule.TwoThirds => yes > 0 && yes >= 2 * no,
            MajorityRule.SimpleMajority => yes > no,
            _ => null,
        };

    /// <summary>
    /// Whether a text of this kind can need this majority: a motion is a matter of procedure and needs a simple one
    /// (rule 85); an amendment or a part of a text that needs two thirds needs them itself, of another it does not.
    /// </summary>
    public static bool CanBeOf(this MajorityRule rule, ResolutionKind kind) =>
        kind != ResolutionKind.Motion || rule == MajorityRule.SimpleMajority;

    /// <summary>The yes votes needed at this many present and voting, at least 1: ceil(2V / 3), or floor(V / 2) + 1.</summary>
    public static int? Required(this MajorityRule rule, int presentAndVoting) =>
        rule switch
        {
            MajorityRule.TwoThirds => Math.Max(1, (2 * presentAndVoting + 2) / 3),
            MajorityRule.SimpleMajority => presentAndVoting / 2 + 1,
            _ => null,
        };

    /// <summary>How far from the edge: Y − 2N, or Y − N.</summary>
    public static int? Margin(this MajorityRule rule, int yes, int no) =>
        rule switch
        {
            MajorityRule.TwoThirds => yes - 2 * no,
            MajorityRule.SimpleMajority => yes - no,
            _ => null,
        };

    /// <summary>How many more no votes a reached majority bears: floor(M / 2), or M − 1.</summary>
    public static int NoVotesBorne(this MajorityRule rule, int margin) =>
        rule == MajorityRule.TwoThirds ? margin / 2 : margin - 1;

    /// <summary>How many more yes votes a majority that is not reached lacks: −M, or 1 − M.</summary>
    public static int YesMissing(this MajorityRule rule, int margin) =>
        rule == MajorityRule.TwoThirds ? -margin : 1 - margin;

    /// <summary>The same lack in no votes turned into abstentions, each worth +2, or +1.</summary>
    public static int AbstentionsMissing(this MajorityRule rule, int margin) =>
        rule == MajorityRule.TwoThirds ? (1 - margin) / 2 : 1 - margin;
}
