using VoteTracker.Voting.Forecasts;

namespace VoteTracker.Voting.Dependence;

/// <summary>The roll calls that factors are estimated from, and the current estimate.</summary>
internal sealed class FactorData
{
    private const double HalfLifeYears = 6;
    private const double DaysPerYear = 365.25;
    private const double LeastChance = 1e-5;
    private const int Outcomes = FactorModel.Outcomes;

    // By roll call, member and vote: the logarithms of the chances.
    private readonly float[] _offsets;
    private readonly byte[] _votes;

    public FactorData(IReadOnlyList<ObservedRollCall> rollCalls, int members, int factors)
    {
        (Members, Count, Factors) = (members, rollCalls.Count, factors);
        var newest = rollCalls.Max(rollCall => rollCall.Day);
        Weights =
        [
            .. rollCalls.Select(rollCall => Math.Pow(2, -(newest - rollCall.Day) / DaysPerYear / HalfLifeYears)),
        ];
        Novelties = [.. rollCalls.Select(rollCall => rollCall.Novelty)];
        _offsets = new float[Count * members * Outcomes];
        _votes = new byte[Count * members];
        for (var t = 0; t < Count; t++)
        {
            rollCalls[t].Votes.CopyTo(_votes.AsSpan(t * members));
            for (var i = 0; i < members * Outcomes; i++)
            {
                _offsets[t * members * Outcomes + i] = MathF.Log(
                    Math.Clamp(rollCalls[t].Chances[i], (float)LeastChance, 1)
                );
            }
        }
        Loadings = new double[members * Outcomes * factors];
        Z = new double[Count * factors];
    }

    /// <summary>The number of members.</summary>
    public int Members { get; }

    /// <summary>The number of roll calls.</summary>
    public int Count { get; }

    /// <summary>The number of factors.</summary>
    public int Factors { get; }

    /// <summary>The weight of each roll call: 1 for the newest, half for one that is six years older.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>The novelty of each roll call.</summary>
    public IReadOnlyList<Novelty> Novelties { get; }

    /// <summary>The loadings by member, vote and factor.</summary>
    public double[] Loadings { get; }

    /// <summary>The factors of each roll call.</summary>
    public double[] Z { get; }

    /// <summary>The vote of a member on a roll call; null if it is not named.</summary>
    public int? VoteOf(int rollCall, int member) =>
        _votes[rollCall * Members + member] is not VotingRecord.NotNamed and var vote ? vote : null;

    /// <summary>The factors of a roll call.</summary>
    public Span<double> FactorsOf(int rollCall) => Z.AsSpan(rollCall * Factors, Factors);

    /// <summary>The loadings of a member.</summary>
    public Span<double> LoadingsOf(int member) => Loadings.AsSpan(member * Outcomes * Factors, Outcomes * Factors);

    /// <summary>Computes the chances of a member on a roll call, with its factors or without.</summary>
    public void Compute(Span<double> chances, int rollCall, int member, bool withFactors)
    {
        var at = (rollCall * Members + member) * Outcomes;
        var z = FactorsOf(rollCall);
        var sum = 0d;
        for (var c = 0; c < Outcomes; c++)
        {
            var exponent = (double)_offsets[at + c];
            if (withFactors)
            {
                var loading = (member * Outcomes + c) * Factors;
                for (var k = 0; k < Factors; k++)
                {
                    exponent += Loadings[loading + k] * z[k];
                }
            }
            chances[c] = Math.Exp(exponent);
            sum += chances[c];
        }
        for (var c = 0; c < Outcomes; c++)
        {
            chances[c] /= sum;
        }
    }

    /// <summary>Adds a weight times the outer product of the factors of a roll call.</summary>
    public void AddOuter(double[] sum, double weight, int rollCall)
    {
        var z = FactorsOf(rollCall);
        for (var k = 0; k < Factors; k++)
        {
            for (var l = 0; l < Factors; l++)
            {
                sum[k * Factors + l] += weight * z[k] * z[l];
            }
        }
    }
}
