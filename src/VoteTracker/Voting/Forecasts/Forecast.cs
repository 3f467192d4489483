using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>
/// What is to be expected of a vote, computed exactly from the chances of each member; nothing is drawn at random, and
/// nothing is rounded. Members are taken to choose independently of each other.
/// </summary>
public sealed record Forecast
{
    /// <summary>The share of outcomes that an interval holds at least: a tenth at most below it, and a tenth above.</summary>
    public const double Coverage = 0.8;

    /// <summary>The chance that the majority is reached; null where the rule is not recorded.</summary>
    public required double? Probability { get; init; }

    /// <summary>Yes votes.</summary>
    public required ExpectedCount Yes { get; init; }

    /// <summary>No votes.</summary>
    public required ExpectedCount No { get; init; }

    /// <summary>The margin; null where the rule is not recorded.</summary>
    public required ExpectedMargin? Margin { get; init; }

    /// <summary>Of the members that may vote, in any order.</summary>
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

    /// <summary>The chance alone that the majority is reached; null where the rule is not recorded.</summary>
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

    // One more trial after so many: the chance of each number of successes.
    private static void Add(double[] counts, int trials, double chance)
    {
        for (var k = trials + 1; k > 0; k--)
        {
            counts[k] = counts[k] * (1 - chance) + counts[k - 1] * chance;
        }
        counts[0] *= 1 - chance;
    }
}

/// <summary>A number of votes that is not known yet.</summary>
public sealed record ExpectedCount
{
    /// <summary>The expected number; no whole one as a rule.</summary>
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

/// <summary>A margin that is not known yet: Y − 2N under two thirds, Y − N under a simple majority.</summary>
public sealed record ExpectedMargin
{
    /// <summary>The expected margin.</summary>
    public required double Expected { get; init; }

    /// <summary>The lower end of the 80% interval.</summary>
    public required int Low { get; init; }

    /// <summary>The upper end, included.</summary>
    public required int High { get; init; }

    /// <summary>The lowest margin that has a chance at all: the first of `probabilities`.</summary>
    public required int From { get; init; }

    /// <summary>The chance of each margin, one after the other; together 1. The text is carried by those of 0 and more, under a simple majority of 1 and more.</summary>
    public required IReadOnlyList<double> Probabilities { get; init; }

    internal static ExpectedMargin FromChances(int lowest, double[] chances)
    {
        var (low, high) = Interval.FromChances(chances);
        var first = Array.FindIndex(chances, chance => chance > 0);
        var last = Array.FindLastIndex(chances, chance => chance > 0);
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

/// <summary>The middle of what may come.</summary>
internal static class Interval
{
    // A tenth that was added up from many parts may be a hair less than a tenth.
    private const double Hair = 1e-12;

    /// <summary>The shortest from quantile to quantile: at most a tenth lies below it, at most a tenth above it.</summary>
    public static (int Low, int High) FromChances(double[] chances)
    {
        const double tail = (1 - Forecast.Coverage) / 2;
        var low = 0;
        for (var below = chances[0]; low < chances.Length - 1 && below <= tail + Hair; below += chances[++low]) { }
        var high = chances.Length - 1;
        for (var above = chances[high]; high > low && above <= tail + Hair; above += chances[--high]) { }
        return (low, high);
    }
}
