namespace VoteTracker.Voting.Forecasts;

/// <summary>The standard normal distribution, in double precision.</summary>
internal static class Normal
{
    private static readonly double[] Above =
    [
        3.52624965998911e-02,
        0.700383064443688,
        6.37396220353165,
        33.912866078383,
        112.079291497871,
        221.213596169931,
        220.206867912376,
    ];

    private static readonly double[] Below =
    [
        8.83883476483184e-02,
        1.75566716318264,
        16.064177579207,
        86.7807322029461,
        296.564248779674,
        637.333633378831,
        793.826512519948,
        440.413735824752,
    ];

    /// <summary>The density at x.</summary>
    public static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>The cumulative probability at x, after Hart (1968) in the version of West (2005).</summary>
    public static double CumulativeProbability(double x)
    {
        var z = Math.Abs(x);
        double tail;
        if (z > 37)
        {
            tail = 0;
        }
        else
        {
            var e = Math.Exp(-z * z / 2);
            tail =
                z < 7.07106781186547
                    ? e * Polynomial(Above, z) / Polynomial(Below, z)
                    : e / (z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 0.65))))) / 2.506628274631;
        }
        return x > 0 ? 1 - tail : tail;
    }

    /// <summary>The quantile of a probability: the approximation of Acklam, then one step of Halley's method.</summary>
    public static double Quantile(double chance)
    {
        if (chance <= 0)
        {
            return double.NegativeInfinity;
        }
        if (chance >= 1)
        {
            return double.PositiveInfinity;
        }
        var x = Approximate(chance);
        // In the far tails the approximation is as precise as the distribution.
        if (Density(x) is not (var density and > 1e-300))
        {
            return x;
        }
        var u = (CumulativeProbability(x) - chance) / density;
        return x - u / (1 + x * u / 2);
    }

    private static double Approximate(double chance)
    {
        const double edge = 0.02425;
        if (chance > 1 - edge)
        {
            return -Approximate(1 - chance);
        }
        if (chance < edge)
        {
            var q = Math.Sqrt(-2 * Math.Log(chance));
            return Polynomial(
                    [
                        -7.784894002430293e-03,
                        -3.223964580411365e-01,
                        -2.400758277161838,
                        -2.549732539343734,
                        4.374664141464968,
                        2.938163982698783,
                    ],
                    q
                )
                / Polynomial(
                    [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996, 3.754408661907416, 1],
                    q
                );
        }
        var d = chance - 0.5;
        var r = d * d;
        return Polynomial(
                [
                    -3.969683028665376e+01,
                    2.209460984245205e+02,
                    -2.759285104469687e+02,
                    1.383577518672690e+02,
                    -3.066479806614716e+01,
                    2.506628277459239,
                ],
                r
            )
            * d
            / Polynomial(
                [
                    -5.447609879822406e+01,
                    1.615858368580409e+02,
                    -1.556989798598866e+02,
                    6.680131188771972e+01,
                    -1.328068155288572e+01,
                    1,
                ],
                r
            );
    }

    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        var value = 0d;
        foreach (var coefficient in coefficients)
        {
            value = value * x + coefficient;
        }
        return value;
    }
}
