using VoteTracker.Voting.Learning;

namespace VoteTracker.Voting.Dependence;

/// <summary>A normal distribution of the factors, represented by points with the same weight.</summary>
internal sealed class FactorDistribution
{
    /// <summary>The number of points.</summary>
    public const int Count = HaltonPoints.Count;

    private readonly int _factors;
    private readonly double[] _points;

    private FactorDistribution(int factors, double[] points) => (_factors, _points) = (factors, points);

    /// <summary>The distribution before any stance is known.</summary>
    public static FactorDistribution From(FactorModel model, Novelty novelty) =>
        From(model.Factors, new double[model.Factors], model.Covariance(novelty));

    /// <summary>A distribution with that mean and covariance.</summary>
    public static FactorDistribution From(int factors, ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance)
    {
        var root = SmallMatrix.Cholesky(covariance, factors);
        var points = HaltonPoints.Create(factors);
        var moved = new double[points.Length];
        for (var i = 0; i < HaltonPoints.Count; i++)
        {
            for (var k = 0; k < factors; k++)
            {
                moved[i * factors + k] = mean[k];
                for (var l = 0; l <= k; l++)
                {
                    moved[i * factors + k] += root[k * factors + l] * points[i * factors + l];
                }
            }
        }
        return new FactorDistribution(factors, moved);
    }

    /// <summary>Computes exp(loading · z) of a member, by vote and point.</summary>
    public void Tilt(ReadOnlySpan<double> loadings, Span<double> tilts)
    {
        for (var c = 0; c < FactorModel.Outcomes; c++)
        {
            for (var i = 0; i < Count; i++)
            {
                var sum = 0d;
                for (var k = 0; k < _factors; k++)
                {
                    sum += loadings[c * _factors + k] * _points[i * _factors + k];
                }
                tilts[c * Count + i] = Math.Exp(sum);
            }
        }
    }
}
