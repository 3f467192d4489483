using VoteTracker.Voting.Learning;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Dependence;

/// <summary>
/// Estimates a <see cref="FactorModel"/> from past roll calls. It starts from the main directions of the residuals. Then it
/// alternates: the loadings given the factors of each roll call, the factors given the loadings, and their covariance.
/// </summary>
/// <remarks>All sums run in a fixed order on one thread, so that each replica gets the same numbers.</remarks>
internal sealed class FactorFit
{
    private const int MaxFactors = 5;
    private const int LeastRollCalls = 12;
    private const int Sweeps = 4;
    private const double CovariancePrior = 5;
    private const double LongestStep = 3;
    private const int Outcomes = FactorModel.Outcomes;

    private readonly FactorData _data;
    private readonly double[] _uncertainty;
    private readonly double[][] _covariances;

    private FactorFit(FactorData data)
    {
        _data = data;
        _uncertainty = new double[data.Count * data.Factors * data.Factors];
        _covariances = [.. Enumerable.Range(0, Novelties.Count).Select(_ => SmallMatrix.Identity(data.Factors))];
    }

    /// <summary>Estimates the model. With too few roll calls it has no factors.</summary>
    /// <param name="rollCalls">The roll calls.</param>
    /// <param name="members">The number of members in each roll call.</param>
    /// <param name="indexOf">The index of a member in the roll calls.</param>
    public static FactorModel Estimate(
        IReadOnlyList<ObservedRollCall> rollCalls,
        int members,
        Func<string, int?> indexOf
    )
    {
        if (rollCalls.Count < LeastRollCalls || members == 0)
        {
            return FactorModel.Empty;
        }
        var data = new FactorData(rollCalls, members, MaxFactors);
        var fit = new FactorFit(data);
        fit.StartFromResiduals();
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            LoadingsStep.Run(data, sweep == 0 ? 12 : 5);
            fit.UpdateFactors(sweep == 0 ? 4 : 2);
            fit.UpdateCovariances();
            fit.Rescale();
        }
        return new FactorModel(
            MaxFactors,
            rollCalls.Count(rollCall => !rollCall.IsCold),
            data.Loadings,
            fit._covariances,
            indexOf
        );
    }

    private void StartFromResiduals()
    {
        var residuals = new Residuals(_data.Count, _data.Members * Outcomes);
        Span<double> chances = stackalloc double[Outcomes];
        for (var t = 0; t < _data.Count; t++)
        {
            var weight = Math.Sqrt(_data.Weights[t]);
            for (var m = 0; m < _data.Members; m++)
            {
                if (_data.VoteOf(t, m) is { } vote)
                {
                    _data.Compute(chances, t, m, withFactors: false);
                    for (var c = 0; c < Outcomes; c++)
                    {
                        residuals[t, m * Outcomes + c] = weight * ((c == vote ? 1 : 0) - chances[c]);
                    }
                }
            }
        }
        residuals.FindDirections(_data.Factors).CopyTo(_data.Z, 0);
    }

    // Newton steps to the most probable factors of each roll call, and the inverse of the curvature there.
    private void UpdateFactors(int iterations)
    {
        var precisions = Array.ConvertAll(_covariances, covariance => SmallMatrix.Invert(covariance, _data.Factors));
        var evidence = new FactorEvidence(_data.Factors);
        Span<double> chances = stackalloc double[Outcomes];
        for (var t = 0; t < _data.Count; t++)
        {
            var z = _data.FactorsOf(t);
            var precision = precisions[(int)_data.Novelties[t]];
            for (var iteration = 0; iteration < iterations; iteration++)
            {
                evidence.Start(precision, z);
                for (var m = 0; m < _data.Members; m++)
                {
                    if (_data.VoteOf(t, m) is { } vote)
                    {
                        _data.Compute(chances, t, m, withFactors: true);
                        evidence.Add(_data.LoadingsOf(m), chances, (Vote)vote, weight: 1);
                    }
                }
                evidence.Step(z, LongestStep);
            }
            evidence.Covariance().CopyTo(_uncertainty, t * _data.Factors * _data.Factors);
        }
    }

    private void UpdateCovariances()
    {
        for (var novelty = 0; novelty < Novelties.Count; novelty++)
        {
            var sum = Array.ConvertAll(SmallMatrix.Identity(_data.Factors), value => CovariancePrior * value);
            var weight = CovariancePrior;
            for (var t = 0; t < _data.Count; t++)
            {
                if ((int)_data.Novelties[t] == novelty)
                {
                    AddSecondMoment(sum, t);
                    weight += _data.Weights[t];
                }
            }
            _covariances[novelty] = Array.ConvertAll(sum, value => value / weight);
        }
    }

    // The mean second moment of each factor over all roll calls becomes 1.
    private void Rescale()
    {
        var factors = _data.Factors;
        var moments = new double[factors * factors];
        for (var t = 0; t < _data.Count; t++)
        {
            AddSecondMoment(moments, t);
        }
        var sum = _data.Weights.Sum();
        double[] scale = [.. Enumerable.Range(0, factors).Select(k => Math.Sqrt(moments[k * factors + k] / sum))];
        for (var i = 0; i < _data.Loadings.Length; i++)
        {
            _data.Loadings[i] *= scale[i % factors];
        }
        for (var i = 0; i < _data.Z.Length; i++)
        {
            _data.Z[i] /= scale[i % factors];
        }
        foreach (var covariance in _covariances)
        {
            for (var i = 0; i < covariance.Length; i++)
            {
                covariance[i] /= scale[i / factors] * scale[i % factors];
            }
        }
    }

    private void AddSecondMoment(double[] sum, int rollCall)
    {
        _data.AddOuter(sum, _data.Weights[rollCall], rollCall);
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += _data.Weights[rollCall] * _uncertainty[rollCall * sum.Length + i];
        }
    }
}
