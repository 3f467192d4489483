namespace VoteTracker.Voting.Learning;

/// <summary>
/// Fits a conditional logit: the probability of an outcome is proportional to exp(coefficients · features of the outcome).
/// The coefficients maximise the likelihood with a normal prior, by Newton's method. The order of all sums is fixed.
/// </summary>
internal sealed class ConditionalLogit
{
    /// <summary>The outcome of an observation that is not counted.</summary>
    public const byte None = byte.MaxValue;

    private const int MaxSteps = 30;
    private const double Tolerance = 1e-9;
    private const double SmallStep = 2e-3;
    private const double Least = 1e-300;

    private readonly int _features;
    private readonly int _outcomes;
    private readonly bool _hasReference;
    private readonly List<(float[] Features, byte[] Outcomes, double Weight)> _observations = [];

    /// <summary>A logit.</summary>
    /// <param name="features">The number of features of an outcome.</param>
    /// <param name="outcomes">The number of outcomes with features.</param>
    /// <param name="hasReference">Whether there is another outcome, the last, whose features are all 0.</param>
    public ConditionalLogit(int features, int outcomes, bool hasReference) =>
        (_features, _outcomes, _hasReference) = (features, outcomes, hasReference);

    /// <summary>Adds observations with the same weight: the features of all their outcomes, and what happened.</summary>
    public void Add(float[] features, byte[] outcomes, double weight) =>
        _observations.Add((features, outcomes, weight));

    /// <summary>The coefficients. Without observations, they are the prior.</summary>
    /// <param name="prior">The mean of the normal prior.</param>
    /// <param name="ridge">Its precision.</param>
    public double[] Fit(double[] prior, double ridge)
    {
        double[] coefficients = [.. prior];
        double[] change = new double[_features];
        var best = double.NegativeInfinity;
        for (var step = 0; step < MaxSteps; step++)
        {
            var (gradient, curvature) = (new double[_features], new double[_features * _features]);
            var likelihood = 0d;
            foreach (var (features, outcomes, weight) in _observations)
            {
                likelihood += Accumulate(coefficients, features, outcomes, weight, gradient, curvature);
            }
            for (var i = 0; i < _features; i++)
            {
                var off = coefficients[i] - prior[i];
                likelihood -= ridge / 2 * off * off;
                gradient[i] -= ridge * off;
                curvature[_features * i + i] += ridge;
            }
            if (likelihood < best - Tolerance)
            {
                // The step was too long: halve it.
                for (var i = 0; i < _features; i++)
                {
                    change[i] /= 2;
                    coefficients[i] -= change[i];
                }
                continue;
            }
            best = likelihood;
            change = SmallMatrix.SolveUpper(curvature, gradient);
            if (change.Max(Math.Abs) < SmallStep)
            {
                break;
            }
            for (var i = 0; i < _features; i++)
            {
                coefficients[i] += change[i];
            }
        }
        return coefficients;
    }

    /// <summary>The probabilities of the outcomes with features; the rest up to 1 is the reference's.</summary>
    public static void Predict(
        double[] coefficients,
        ReadOnlySpan<float> features,
        bool hasReference,
        Span<double> chances
    )
    {
        var most = hasReference ? 0 : double.NegativeInfinity;
        for (var outcome = 0; outcome < chances.Length; outcome++)
        {
            var row = features.Slice(coefficients.Length * outcome, coefficients.Length);
            var sum = 0d;
            for (var i = 0; i < row.Length; i++)
            {
                sum += coefficients[i] * row[i];
            }
            chances[outcome] = sum;
            most = Math.Max(most, sum);
        }
        var total = hasReference ? Math.Exp(-most) : 0;
        for (var outcome = 0; outcome < chances.Length; outcome++)
        {
            chances[outcome] = Math.Exp(chances[outcome] - most);
            total += chances[outcome];
        }
        for (var outcome = 0; outcome < chances.Length; outcome++)
        {
            chances[outcome] /= total;
        }
    }

    // Returns the log likelihood. Only the upper triangle of the curvature is filled.
    private double Accumulate(
        double[] coefficients,
        float[] features,
        byte[] outcomes,
        double weight,
        double[] gradient,
        double[] curvature
    )
    {
        Span<double> chances = stackalloc double[_outcomes];
        Span<double> mean = stackalloc double[_features];
        Span<double> row = stackalloc double[_features];
        var width = _features * _outcomes;
        var likelihood = 0d;
        for (var observation = 0; observation < outcomes.Length; observation++)
        {
            if (outcomes[observation] == None)
            {
                continue;
            }
            var values = features.AsSpan(width * observation, width);
            Predict(coefficients, values, _hasReference, chances);
            mean.Clear();
            var rest = 1d;
            for (var outcome = 0; outcome < _outcomes; outcome++)
            {
                var chance = weight * chances[outcome];
                for (var i = 0; i < _features; i++)
                {
                    row[i] = values[_features * outcome + i];
                    mean[i] += chances[outcome] * row[i];
                }
                AddProduct(curvature, row, chance);
                if (outcomes[observation] == outcome)
                {
                    likelihood += weight * Math.Log(Math.Max(chances[outcome], Least));
                    for (var i = 0; i < _features; i++)
                    {
                        gradient[i] += weight * row[i];
                    }
                }
                rest -= chances[outcome];
            }
            if (outcomes[observation] == _outcomes)
            {
                likelihood += weight * Math.Log(Math.Max(rest, Least));
            }
            AddProduct(curvature, mean, -weight);
            for (var i = 0; i < _features; i++)
            {
                gradient[i] -= weight * mean[i];
            }
        }
        return likelihood;
    }

    private void AddProduct(double[] curvature, ReadOnlySpan<double> row, double weight)
    {
        for (var i = 0; i < _features; i++)
        {
            var factor = weight * row[i];
            var line = curvature.AsSpan(_features * i, _features);
            for (var j = i; j < line.Length; j++)
            {
                line[j] += factor * row[j];
            }
        }
    }
}
