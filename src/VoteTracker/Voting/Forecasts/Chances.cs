using System.Globalization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>The probabilities of the four votes that a roll call can show for a member; their sum is 1.</summary>
public readonly record struct Chances
{
    // Rounding changes a sum by about 1e-16 for each term. A larger difference is an error of the caller.
    private const double Slack = 1e-9;
    private const double LastDigits = 1e-15;

    private Chances(double yes, double no, double abstain, double absent) =>
        (Yes, No, Abstain, Absent) = (yes, no, abstain, absent);

    /// <summary>In favour.</summary>
    public double Yes { get; }

    /// <summary>Against.</summary>
    public double No { get; }

    /// <summary>Abstention.</summary>
    public double Abstain { get; }

    /// <summary>Absent or present without voting: non-voting in the record.</summary>
    public double Absent { get; }

    /// <summary>Neither yes nor no: not present and voting (rule 86).</summary>
    public double NotVoting => Abstain + Absent;

    /// <summary>The probability of a vote.</summary>
    public double this[Vote vote] =>
        vote switch
        {
            Vote.Yes => Yes,
            Vote.No => No,
            Vote.Abstain => Abstain,
            _ => Absent,
        };

    /// <summary>Creates the four probabilities. An exception if one is negative or NaN, or if their sum is not 1.</summary>
    public static Chances Normalize(double yes, double no, double abstain, double absent)
    {
        Check(yes, nameof(yes));
        Check(no, nameof(no));
        Check(abstain, nameof(abstain));
        Check(absent, nameof(absent));
        var sum = yes + no + abstain + absent;
        if (Math.Abs(sum - 1) > Slack)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The chances {yes}, {no}, {abstain}, {absent} add up to {sum} and not to 1."
                ),
                nameof(absent)
            );
        }
        return Math.Abs(sum - 1) < LastDigits
            ? new Chances(yes, no, abstain, absent)
            : new Chances(yes / sum, no / sum, abstain / sum, absent / sum);
    }

    /// <summary>Probability 1 for one vote.</summary>
    public static Chances Certain(Vote vote) =>
        new(
            vote == Vote.Yes ? 1 : 0,
            vote == Vote.No ? 1 : 0,
            vote == Vote.Abstain ? 1 : 0,
            vote == Vote.NonVoting ? 1 : 0
        );

    /// <summary>Whether the structure has values: the default value has none.</summary>
    internal bool IsDefined => Yes + No + Abstain + Absent > 0.5;

    // The negation also rejects NaN. Infinities fail the sum.
    private static void Check(double chance, string name)
    {
        if (!(chance >= 0))
        {
            throw new ArgumentOutOfRangeException(name, chance, "A chance is 0 or more.");
        }
    }
}
