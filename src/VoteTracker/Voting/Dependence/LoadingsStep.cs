using VoteTracker.Voting.Learning;

namespace VoteTracker.Voting.Dependence;

/// <summary>
/// Improves the loadings, given the factors, by steps of a fixed curvature: half the weighted second moment of the factors
/// bounds the curvature of the logit.
/// </summary>
internal static class LoadingsStep
{
    private const double Ridge = 10;
    private const double OverRelaxation = 1.3;

    // Members without many votes get most of the mean loading.
    private const double SharedLoading = 0.9;
    private const int Outcomes = FactorModel.Outcomes;

    /// <summary>Updates the loadings of all members.</summary>
    public static void Run(FactorData data, int iterations)
    {
        var curvatures = Enumerable.Range(0, data.Members).Select(m => CurvatureOf(data, m)).ToArray();
        var gradient = new double[Outcomes * data.Factors];
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            var mean = MeanLoadings(data);
            for (var m = 0; m < data.Members; m++)
            {
                ComputeGradient(data, m, mean, gradient);
                var loadings = data.LoadingsOf(m);
                for (var c = 0; c < Outcomes; c++)
                {
                    var step = gradient.AsSpan(c * data.Factors, data.Factors);
                    SmallMatrix.Solve(curvatures[m], step, data.Factors);
                    for (var k = 0; k < data.Factors; k++)
                    {
                        loadings[c * data.Factors + k] += OverRelaxation * step[k];
                    }
                }
            }
        }
    }

    private static double[] CurvatureOf(FactorData data, int member)
    {
        var curvature = SmallMatrix.Identity(data.Factors);
        for (var k = 0; k < curvature.Length; k++)
        {
            curvature[k] *= Ridge;
        }
        for (var t = 0; t < data.Count; t++)
        {
            if (data.VoteOf(t, member) is not null)
            {
                data.AddOuter(curvature, data.Weights[t] / 2, t);
            }
        }
        return SmallMatrix.Cholesky(curvature, data.Factors);
    }

    private static void ComputeGradient(FactorData data, int member, double[] mean, double[] gradient)
    {
        Span<double> chances = stackalloc double[Outcomes];
        var loadings = data.LoadingsOf(member);
        for (var i = 0; i < gradient.Length; i++)
        {
            gradient[i] = -Ridge * (loadings[i] - SharedLoading * mean[i]);
        }
        for (var t = 0; t < data.Count; t++)
        {
            if (data.VoteOf(t, member) is not { } vote)
            {
                continue;
            }
            data.Compute(chances, t, member, withFactors: true);
            var z = data.FactorsOf(t);
            for (var c = 0; c < Outcomes; c++)
            {
                var off = data.Weights[t] * ((c == vote ? 1 : 0) - chances[c]);
                for (var k = 0; k < z.Length; k++)
                {
                    gradient[c * z.Length + k] += off * z[k];
                }
            }
        }
    }

    private static double[] MeanLoadings(FactorData data)
    {
        var mean = new double[Outcomes * data.Factors];
        for (var i = 0; i < data.Loadings.Length; i++)
        {
            mean[i % mean.Length] += data.Loadings[i] / data.Members;
        }
        return mean;
    }
}
