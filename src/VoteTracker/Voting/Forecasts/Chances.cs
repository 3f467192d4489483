using System.Globalization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>How likely a member is to do each of the four things that a roll call shows; together 1.</summary>
public readonly record struct Chances
{
    // Sums of decimal fractions are off by some 1e-16 a term; what is off by more was never meant to add up.
    private const double Slack = 1e-9;
    private const double LastDigits = 1e-15;

    private Chances(double yes, double no, double abstain, double absent) =>
        (Yes, No, Abstain, Absent) = (yes, no, abstain, absent);

    /// <summary>In favour.</summary>
    public double Yes { get; }

    /// <summary>Against.</summary>
    public double No { get; }

    /// <summary>Abstains.</summary>
    public double Abstain { get; }

    /// <summary>Is absent or presses no button: non-voting in the record.</summary>
    public double Absent { get; }

    /// <summary>Neither yes nor no: not present and voting (rule 86).</summary>
    public double NotVoting => Abstain + Absent;

    /// <summary>The chance of one of the four.</summary>
    public double this[Vote vote] =>
        vote switch
        {
            Vote.Yes => Yes,
            Vote.No => No,
            Vote.Abstain => Abstain,
            _ => Absent,
        };

    /// <summary>These four; an error where one is negative or no number, or where they do not add up to 1.</summary>
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

    /// <summary>All of it on one.</summary>
    public static Chances Certain(Vote vote) =>
        new(
            vote == Vote.Yes ? 1 : 0,
            vote == Vote.No ? 1 : 0,
            vote == Vote.Abstain ? 1 : 0,
            vote == Vote.NonVoting ? 1 : 0
        );

    /// <summary>Whether they were made at all: a structure that nobody filled has no chances.</summary>
    internal bool AreMade => Yes + No + Abstain + Absent > 0.5;

    // Written so that what is no number fails as well; infinities do not add up to 1.
    private static void Check(double chance, string name)
    {
        if (!(chance >= 0))
        {
            throw new ArgumentOutOfRangeException(name, chance, "A chance is 0 or more.");
        }
    }
}
