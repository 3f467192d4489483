using VoteTracker.Voting.Learning;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Dependence;

/// <summary>The gradient and the curvature of the probability of known votes, as a function of the factors.</summary>
internal sealed class FactorEvidence(int factors)
{
    private readonly double[] _gradient = new double[factors];
    private readonly double[] _curvature = new double[factors * factors];
    private readonly double[] _mean = new double[factors];
    private readonly double[] _step = new double[factors];

    /// <summary>Starts with the normal distribution of the factors, at a point.</summary>
    public void Start(ReadOnlySpan<double> precision, ReadOnlySpan<double> z)
    {
        precision.CopyTo(_curvature);
        for (var k = 0; k < factors; k++)
        {
            _gradient[k] = 0;
            for (var l = 0; l < factors; l++)
            {
                _gradient[k] -= precision[k * factors + l] * z[l];
            }
        }
    }

    /// <summary>Adds the vote of a member with a weight from 0 to 1.</summary>
    /// <param name="loadings">The loadings of the member.</param>
    /// <param name="chances">The chances of its votes at the point.</param>
    /// <param name="vote">Its vote.</param>
    /// <param name="weight">The weight.</param>
    public void Add(ReadOnlySpan<double> loadings, ReadOnlySpan<double> chances, Vote vote, double weight)
    {
        Array.Clear(_mean);
        for (var c = 0; c < FactorModel.Outcomes; c++)
        {
            for (var k = 0; k < factors; k++)
            {
                _mean[k] += chances[c] * loadings[c * factors + k];
            }
        }
        for (var k = 0; k < factors; k++)
        {
            _gradient[k] += weight * (loadings[(int)vote * factors + k] - _mean[k]);
            for (var l = 0; l <= k; l++)
            {
                var second = -_mean[k] * _mean[l];
                for (var c = 0; c < FactorModel.Outcomes; c++)
                {
                    second += chances[c] * loadings[c * factors + k] * loadings[c * factors + l];
                }
                _curvature[k * factors + l] += weight * second;
            }
        }
    }

    /// <summary>Moves the point by a Newton step, and returns the length of the step.</summary>
    public double Step(Span<double> z, double longest)
    {
        for (var k = 0; k < factors; k++)
        {
            for (var l = k + 1; l < factors; l++)
            {
                _curvature[k * factors + l] = _curvature[l * factors + k];
            }
        }
        _gradient.CopyTo(_step, 0);
        SmallMatrix.Solve(SmallMatrix.Cholesky(_curvature, factors), _step, factors);
        var length = Math.Sqrt(_step.Sum(part => part * part));
        var share = length > longest ? longest / length : 1;
        for (var k = 0; k < factors; k++)
        {
            z[k] += share * _step[k];
        }
        return length;
    }

    /// <summary>The inverse of the curvature at the last step: the uncertainty of the factors.</summary>
    public double[] Covariance() => SmallMatrix.Invert(_curvature, factors);
}
