using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>Whether the U eligible members that are undecided or unknown can still change the result.</summary>
public enum Outlook
{
    /// <summary>Their choices can still change the result.</summary>
    Open,

    /// <summary>The majority is reached, however they vote.</summary>
    Secured,

    /// <summary>The majority is not reached, however they vote.</summary>
    Lost,
}

/// <summary>Computes the outlook.</summary>
public static class Outlooks
{
    /// <summary>
    /// Two thirds: secured when Y > 0 and M − 2U ≥ 0; lost when M + U &lt; 0 or Y + U = 0.
    /// Simple majority: secured when M − U > 0; lost when M + U ≤ 0. Null if the rule is not recorded.
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
