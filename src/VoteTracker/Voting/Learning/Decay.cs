namespace VoteTracker.Voting.Learning;

/// <summary>A weight that halves with each half-life: 2^(−days / half-life), from a table.</summary>
internal sealed class Decay(double halfLife)
{
    private const int Days = 36_525;
    private const double Year = 365.25;

    private readonly double[] _weights = [.. Enumerable.Range(0, Days).Select(days => Math.Pow(2, -days / halfLife))];

    /// <summary>A half-life in years.</summary>
    public static Decay OfYears(double years) => new(years * Year);

    /// <summary>The weight after a number of days. Negative numbers count as 0.</summary>
    public double After(int days) =>
        days <= 0 ? 1
        : days < Days ? _weights[days]
        : Math.Pow(2, -days / halfLife);
}
