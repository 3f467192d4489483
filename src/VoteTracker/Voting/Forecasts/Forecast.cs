using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>
/// The forecast of a vote, computed exactly from the chances of each member, without random numbers or rounding. Members
/// are assumed to choose independently.
/// </summary>
public sealed record Forecast
{
    /// <summary>The minimum probability of an interval, with at most a tenth below it and at most a tenth above it.</summary>
    public const double Coverage = 0.8;

    /// <summary>The probability that the majority is reached; null if the rule is not recorded.</summary>
    public required double? Probability { get; init; }

    /// <summary>Yes votes.</summary>
    public required ExpectedCount Yes { get; init; }

    /// <summary>No votes.</summary>
    public required ExpectedCount No { get; init; }

    /// <summary>The margin; null if the rule is not recorded.</summary>
    public required ExpectedMargin? Margin { get; init; }

    /// <summary>Computes the forecast from the members that may vote, in any order.</summary>
    public static Forecast Compute(MajorityRule rule, IReadOnlyList<Chances> members)
    {
        var yes = new double[members.Count + 1];
        var no = new double[members.Count + 1];
        yes[0] = no[0] = 1;
        for (var i = 0; i < members.Count; i++)
        {
            Add(yes, i, members[i].Yes);
            Add(no, i, members[i].No);
        }
        var margin = Margins(rule, members);
        return new Forecast
        {
            Probability = margin?.Reached(),
            Yes = ExpectedCount.FromChances(yes),
            No = ExpectedCount.FromChances(no),
            Margin = margin is null ? null : ExpectedMargin.FromChances(margin.Lowest, margin.All()),
        };
    }

    /// <summary>Only the probability that the majority is reached; null if the rule is not recorded.</summary>
    public static double? ProbabilityOf(MajorityRule rule, IReadOnlyList<Chances> members) =>
        Margins(rule, members)?.Reached();

    private static MarginChances? Margins(MajorityRule rule, IReadOnlyList<Chances> members)
    {
        if (rule == MajorityRule.NotRecorded)
        {
            return null;
        }
        var margins = new MarginChances(rule, members.Count);
        foreach (var member in members)
        {
            margins.Add(member);
        }
        return margins;
    }

    // Adds one trial to the distribution of the number of successes.
    private static void Add(double[] counts, int trials, double chance)
    {
        for (var k = trials + 1; k > 0; k--)
        {
            counts[k] = counts[k] * (1 - chance) + counts[k - 1] * chance;
        }
        counts[0] *= 1 - chance;
    }
}

/// <summary>The forecast number of votes.</summary>
public sealed record ExpectedCount
{
    /// <summary>The expected number, usually not an integer.</summary>
    public required double Expected { get; init; }

    /// <summary>The lower end of the 80% interval.</summary>
    public required int Low { get; init; }

    /// <summary>The upper end, included.</summary>
    public required int High { get; init; }

    internal static ExpectedCount FromChances(double[] chances)
    {
        var (low, high) = Interval.FromChances(chances);
        return new ExpectedCount
        {
            Expected = chances.Select((chance, k) => k * chance).Sum(),
            Low = low,
            High = high,
        };
    }
}

/// <summary>The forecast margin: Y − 2N under two thirds, Y − N under a simple majority.</summary>
public sealed record ExpectedMargin
{
    // The two tails of a vote have hundreds of margins that are less probable than one in a billion.
    private const double LeastProbability = 1e-9;

    /// <summary>The expected margin.</summary>
    public required double Expected { get; init; }

    /// <summary>The lower end of the 80% interval.</summary>
    public required int Low { get; init; }

    /// <summary>The upper end, included.</summary>
    public required int High { get; init; }

    /// <summary>The lowest margin with a probability of at least 1e-9: the first of `probabilities`.</summary>
    public required int From { get; init; }

    /// <summary>The probability of each margin from `from` on. Lower and higher margins with probabilities under 1e-9 are omitted, so the sum is almost 1. The majority is reached from 0 on, under a simple majority from 1 on.</summary>
    public required IReadOnlyList<double> Probabilities { get; init; }

    internal static ExpectedMargin FromChances(int lowest, double[] chances)
    {
        var (low, high) = Interval.FromChances(chances);
        var first = Array.FindIndex(chances, chance => chance >= LeastProbability);
        var last = Array.FindLastIndex(chances, chance => chance >= LeastProbability);
        return new ExpectedMargin
        {
            Expected = chances.Select((chance, k) => (lowest + k) * chance).Sum(),
            Low = lowest + low,
            High = lowest + high,
            From = lowest + first,
            Probabilities = chances[first..(last + 1)],
        };
    }
}

/// <summary>The central interval of a distribution.</summary>
internal static class Interval
{
    // A sum of many probabilities can be slightly less than a tenth because of rounding.
    private const double Tolerance = 1e-12;

    /// <summary>The shortest interval with at most a tenth below it and at most a tenth above it.</summary>
    public static (int Low, int High) FromChances(double[] chances)
    {
        const double tail = (1 - Forecast.Coverage) / 2;
        var low = 0;
        for (var below = chances[0]; low < chances.Length - 1 && below <= tail + Tolerance; below += chances[++low]) { }
        var high = chances.Length - 1;
        for (var above = chances[high]; high > low && above <= tail + Tolerance; above += chances[--high]) { }
        return (low, high);
    }
}
