using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Learning;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.KnownStances;

/// <summary>A member whose stance is known, or whose chances follow from the stances of others.</summary>
/// <param name="MemberState">Its code.</param>
/// <param name="Record">The chances from its record.</param>
/// <param name="Position">The vote that its stance promises; null without one.</param>
/// <param name="Kept">The probability that it keeps the position, which is the weight of the stance as evidence.</param>
internal readonly record struct MemberWithRecord(string MemberState, Chances Record, Vote? Position, double Kept);

/// <summary>
/// What the known stances on a resolution say about the other members. The stances make some cases of the factors more
/// probable than others: the factors get the normal distribution with the mode and the curvature of their probability, given
/// the stances (Laplace's method). The chances of a member without a stance are the mean over that distribution, mixed with
/// the prediction from the members that agree with it (<see cref="StanceKernel"/>).
/// </summary>
internal sealed class StanceUpdate
{
    private const int Outcomes = FactorModel.Outcomes;
    private const int MaxIterations = 30;
    private const double LongestStep = 3;
    private const double Close = 1e-10;
    private const double KernelShare = 0.7;
    private const double FullWeight = 20;

    private StanceUpdate(FactorDistribution factors, IReadOnlyList<Chances> chances, int stances, double weight) =>
        (Factors, Chances, Stances, Weight) = (factors, chances, stances, weight);

    /// <summary>The distribution of the factors, given the stances.</summary>
    public FactorDistribution Factors { get; }

    /// <summary>The chances of the members in their order. Those of a member with a stance are the chances of its record.</summary>
    public IReadOnlyList<Chances> Chances { get; }

    /// <summary>The number of stances.</summary>
    public int Stances { get; }

    /// <summary>The sum of their weights.</summary>
    public double Weight { get; }

    /// <summary>Updates the members of a forecast.</summary>
    /// <param name="model">The factor model, which is not empty.</param>
    /// <param name="novelty">The novelty of the resolution.</param>
    /// <param name="kernel">Predicts from members that agree; null if the record is too small for it.</param>
    /// <param name="members">The members.</param>
    public static StanceUpdate Create(
        FactorModel model,
        Novelty novelty,
        ResolutionKernel? kernel,
        IReadOnlyList<MemberWithRecord> members
    )
    {
        var prior = FactorDistribution.From(model, novelty);
        var weights = new double[members.Count * Outcomes];
        var tilts = new double[Outcomes * FactorDistribution.Count];
        for (var i = 0; i < members.Count; i++)
        {
            if (model.IndexOf(members[i].MemberState) is { } index)
            {
                prior.Tilt(model.LoadingsOf(index), tilts);
                CasesOfMember.Calibrate(FourOf(members[i].Record), tilts, weights.AsSpan(i * Outcomes, Outcomes));
            }
        }
        var (z, covariance) = FindMode(model, novelty, members, weights);
        var factors = FactorDistribution.From(model.Factors, z, covariance);
        // The stance of a member that no roll call names says nothing about others.
        var known = members
            .Where(member => member.Position is not null && model.IndexOf(member.MemberState) is not null)
            .ToList();
        var weight = known.Sum(member => member.Kept);
        var chances = new Chances[members.Count];
        var open = new List<(int Index, int Member, double[] Chances)>();
        for (var i = 0; i < members.Count; i++)
        {
            chances[i] = members[i].Record;
            if (members[i].Position is null && model.IndexOf(members[i].MemberState) is { } index)
            {
                var mean = MeanOf(model.LoadingsOf(index), weights.AsSpan(i * Outcomes, Outcomes), factors, tilts);
                chances[i] = VoteTracker.Voting.Forecasts.Chances.Normalize(mean[0], mean[1], mean[2], mean[3]);
                open.Add((i, index, mean));
            }
        }
        if (kernel is not null && weight > 0)
        {
            Mix(chances, open, model, kernel, members, known, weight);
        }
        return new StanceUpdate(factors, chances, known.Count, weight);
    }

    // A weighted geometric mean of both predictions. The kernel was estimated with 20 known votes and more.
    private static void Mix(
        Chances[] chances,
        List<(int Index, int Member, double[] Chances)> open,
        FactorModel model,
        ResolutionKernel kernel,
        IReadOnlyList<MemberWithRecord> members,
        List<MemberWithRecord> known,
        double weight
    )
    {
        var stances = known.ConvertAll(member => new StanceEvidence(
            model.IndexOf(member.MemberState)!.Value,
            member.Position!.Value,
            member.Kept,
            FourOf(member.Record)
        ));
        var share = KernelShare * Math.Min(1, weight / FullWeight);
        var predicted = kernel.Predict(
            stances,
            open.ConvertAll(one => (one.Member, FourOf(members[one.Index].Record)))
        );
        for (var i = 0; i < open.Count; i++)
        {
            var mixed = new double[Outcomes];
            for (var c = 0; c < Outcomes; c++)
            {
                mixed[c] = Math.Pow(predicted[i][c], share) * Math.Pow(open[i].Chances[c], 1 - share);
            }
            var sum = mixed.Sum();
            chances[open[i].Index] = VoteTracker.Voting.Forecasts.Chances.Normalize(
                mixed[0] / sum,
                mixed[1] / sum,
                mixed[2] / sum,
                mixed[3] / sum
            );
        }
    }

    private static double[] FourOf(Chances chances) => [chances.Yes, chances.No, chances.Abstain, chances.Absent];

    // The most probable factors, given the stances, and the inverse of the curvature there.
    private static (double[] Z, double[] Covariance) FindMode(
        FactorModel model,
        Novelty novelty,
        IReadOnlyList<MemberWithRecord> members,
        double[] weights
    )
    {
        var precision = SmallMatrix.Invert(model.Covariance(novelty), model.Factors);
        var evidence = new FactorEvidence(model.Factors);
        var z = new double[model.Factors];
        Span<double> chances = stackalloc double[Outcomes];
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            evidence.Start(precision, z);
            for (var i = 0; i < members.Count; i++)
            {
                if (members[i].Position is { } vote && model.IndexOf(members[i].MemberState) is { } index)
                {
                    var loadings = model.LoadingsOf(index);
                    Compute(loadings, weights.AsSpan(i * Outcomes, Outcomes), z, chances);
                    evidence.Add(loadings, chances, vote, members[i].Kept);
                }
            }
            if (evidence.Step(z, LongestStep) < Close)
            {
                break;
            }
        }
        return (z, evidence.Covariance());
    }

    private static void Compute(
        ReadOnlySpan<double> loadings,
        ReadOnlySpan<double> weights,
        ReadOnlySpan<double> z,
        Span<double> chances
    )
    {
        var sum = 0d;
        for (var c = 0; c < Outcomes; c++)
        {
            var exponent = 0d;
            for (var k = 0; k < z.Length; k++)
            {
                exponent += loadings[c * z.Length + k] * z[k];
            }
            chances[c] = weights[c] * Math.Exp(exponent);
            sum += chances[c];
        }
        for (var c = 0; c < Outcomes; c++)
        {
            chances[c] /= sum;
        }
    }

    private static double[] MeanOf(
        ReadOnlySpan<double> loadings,
        ReadOnlySpan<double> weights,
        FactorDistribution factors,
        double[] tilts
    )
    {
        factors.Tilt(loadings, tilts);
        CasesOfMember.Compute(weights, tilts, tilts);
        var mean = new double[Outcomes];
        for (var c = 0; c < Outcomes; c++)
        {
            foreach (var chance in tilts.AsSpan(c * FactorDistribution.Count, FactorDistribution.Count))
            {
                mean[c] += chance / FactorDistribution.Count;
            }
        }
        return mean;
    }
}
