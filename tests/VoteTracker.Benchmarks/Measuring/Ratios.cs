using System.Globalization;

namespace VoteTracker.Benchmarks.Measuring;

/// <summary>Two figures, measured alternately (A B A B …), so that other load on the machine affects both.</summary>
internal static class Ratios
{
    /// <summary>Measures both in each round and prints the medians, and the median of the pairwise ratios with its quartiles.</summary>
    public static async Task<double> Measure(
        string figure,
        string unit,
        int rounds,
        Func<Task<double>> ours,
        string yardstick,
        Func<Task<double>> theirs
    )
    {
        var (a, b) = (new List<double>(rounds), new List<double>(rounds));
        for (var round = 0; round < rounds; round++)
        {
            a.Add(await ours());
            b.Add(await theirs());
        }
        return Print(figure, unit, a, yardstick, b);
    }

    /// <summary>Prints what was measured.</summary>
    public static double Print(
        string figure,
        string unit,
        IReadOnlyList<double> ours,
        string yardstick,
        IReadOnlyList<double> theirs
    )
    {
        var ratios = ours.Zip(theirs, (x, y) => x / y).ToList();
        var ratio = Quantile(ratios, 0.5);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{figure}: {Quantile(ours, 0.5):N1} {unit}; {yardstick}: {Quantile(theirs, 0.5):N1} {unit}; {ours.Count} rounds; ratio {ratio:0.00} (quartiles {Quantile(ratios, 0.25):0.00} to {Quantile(ratios, 0.75):0.00})"
            )
        );
        return ratio;
    }

    public static double Quantile(IEnumerable<double> values, double q)
    {
        var sorted = values.Order().ToList();
        var at = q * (sorted.Count - 1);
        var low = (int)at;
        var high = Math.Min(low + 1, sorted.Count - 1);
        return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
    }
}
