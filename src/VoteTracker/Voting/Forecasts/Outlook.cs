using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>What the eligible members who are undecided or unknown (U of them) can still change.</summary>
public enum Outlook
{
    /// <summary>Somebody's choice can still turn it.</summary>
    Open,

    /// <summary>Reached, however they all vote.</summary>
    Secured,

    /// <summary>Not reached, however they all vote.</summary>
    Lost,
}

/// <summary>The outlook from here.</summary>
public static class Outlooks
{
    /// <summary>
    /// Two thirds: secured when Y > 0 and M − 2U ≥ 0; lost when M + U &lt; 0 or Y + U = 0.
    /// Simple majority: secured when M − U > 0; lost when M + U ≤ 0. Null where the rule is not recorded.
    /// </summary>
    public static Outlook? Outlook(this MajorityRule rule, int yes, int no, int open)
    {
        if (rule.Margin(yes, no) is not { } margin)
        {
            return null;
        }
        var (secured, lost) =
            rule == MajorityRule.TwoThirds
                ? (yes > 0 && margin - 2 * open >= 0, margin + open < 0 || yes + open == 0)
                : (margin - open > 0, margin + open <= 0);
        return secured ? VoteTracker.Voting.Forecasts.Outlook.Secured
            : lost ? VoteTracker.Voting.Forecasts.Outlook.Lost
            : VoteTracker.Voting.Forecasts.Outlook.Open;
    }
}
