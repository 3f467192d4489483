using VoteTracker.Voting.Learning;

namespace VoteTracker.Voting.KnownStances;

/// <summary>
/// Predicts the votes of members from the known stances on the same resolution: from members that usually agree with them,
/// and from past roll calls on which the members with a stance voted alike.
/// </summary>
/// <remarks>
/// The result is a logit with four outcomes. Its coefficients were estimated on sessions up to 60, with 20, 60 and 100 known
/// votes, and do not change.
/// </remarks>
internal sealed class StanceKernel
{
    private const int Outcomes = RollCallMatrix.Votes;
    private const double Near = 40;
    private const double Wide = 12;
    private const double NearPrior = 0.02;
    private const double WidePrior = 0.3;
    private const double LeastBase = 1e-5;
    private const double LeastShare = 1e-4;

    // By the number of known stances: the coefficients of base, near share, near residual, wide share, wide residual, mean
    // residual, shift, match, and the constants of no, abstain and absent.
    private static readonly (double Known, double[] Coefficients)[] Table =
    [
        (20, [0.6676, -0.0002, 0.6543, 0.084, 1.8248, 0.1161, 0.3355, 0.3945, 0.2545, 0.1562, 0.055]),
        (60, [0.6486, 0.0893, 0.9886, 0.1029, 1.5461, 0.0841, 0.2868, 0.2593, 0.0903, 0.1776, 0.0312]),
        (100, [0.6778, 0.1096, 1.2861, 0.1173, 1.4917, 0.0897, 0.1939, 0.2233, 0.2555, 0.1143, 0.0097]),
    ];

    private readonly int _members;
    private readonly double[] _near;
    private readonly double[] _wide;

    public StanceKernel(LearnedModel model)
    {
        var agreements = model.Agreements;
        RollCalls = model.RollCalls;
        _members = agreements.Members;
        var largest = 0d;
        for (var pair = 0; pair < _members * _members; pair++)
        {
            largest = Math.Max(largest, agreements[pair / _members, pair % _members]);
        }
        (_near, _wide) = (new double[_members * _members], new double[_members * _members]);
        for (var pair = 0; pair < _near.Length; pair++)
        {
            var agreement = agreements[pair / _members, pair % _members] / largest;
            (_near[pair], _wide[pair]) = (Math.Pow(agreement, Near), Math.Pow(agreement, Wide));
        }
    }

    /// <summary>The roll calls that stances are compared with.</summary>
    public RollCallMatrix RollCalls { get; }

    /// <summary>Predicts a member: four chances.</summary>
    /// <param name="member">The member by index.</param>
    /// <param name="known">The known stances, which are not empty.</param>
    /// <param name="evidence">What they have in common for all members.</param>
    /// <param name="matches">The logarithms of the member's votes on past roll calls that fit the known stances.</param>
    /// <param name="chances">The chances of the member from its record, which are replaced by the result.</param>
    public void Predict(
        int member,
        IReadOnlyList<StanceEvidence> known,
        KnownEvidence evidence,
        ReadOnlySpan<double> matches,
        Span<double> chances
    )
    {
        Span<double> near = stackalloc double[Outcomes];
        Span<double> nearResidual = stackalloc double[Outcomes];
        Span<double> wide = stackalloc double[Outcomes];
        Span<double> wideResidual = stackalloc double[Outcomes];
        var (nearSum, wideSum) = (NearPrior, WidePrior);
        for (var c = 0; c < Outcomes; c++)
        {
            (near[c], wide[c]) = (NearPrior * chances[c], WidePrior * chances[c]);
        }
        foreach (var stance in known)
        {
            var a = stance.Weight * _near[member * _members + stance.Member];
            var b = stance.Weight * _wide[member * _members + stance.Member];
            nearSum += a;
            wideSum += b;
            for (var c = 0; c < Outcomes; c++)
            {
                var vote = c == (int)stance.Vote ? 1 : 0;
                near[c] += a * vote;
                wide[c] += b * vote;
                nearResidual[c] += a * (vote - stance.Chances[c]);
                wideResidual[c] += b * (vote - stance.Chances[c]);
            }
        }
        var coefficients = evidence.Coefficients;
        var largest = double.NegativeInfinity;
        Span<double> scores = stackalloc double[Outcomes];
        for (var c = 0; c < Outcomes; c++)
        {
            scores[c] =
                coefficients[0] * Math.Log(Math.Max(chances[c], LeastBase))
                + coefficients[1] * Math.Log(Math.Max(near[c] / nearSum, LeastShare))
                + coefficients[2] * nearResidual[c] / nearSum
                + coefficients[3] * Math.Log(Math.Max(wide[c] / wideSum, LeastShare))
                + coefficients[4] * wideResidual[c] / wideSum
                + coefficients[5] * evidence.MeanResidual[c]
                + coefficients[6] * evidence.Shift[c]
                + coefficients[7] * matches[c]
                + (c == 0 ? 0 : coefficients[7 + c]);
            largest = Math.Max(largest, scores[c]);
        }
        var sum = 0d;
        for (var c = 0; c < Outcomes; c++)
        {
            chances[c] = Math.Exp(scores[c] - largest);
            sum += chances[c];
        }
        for (var c = 0; c < Outcomes; c++)
        {
            chances[c] /= sum;
        }
    }

    /// <summary>The coefficients for a number of known stances, between those of the table by the logarithm.</summary>
    public static double[] CoefficientsFor(double known)
    {
        var clamped = Math.Clamp(known, Table[0].Known, Table[^1].Known);
        var above = Array.FindIndex(Table, row => row.Known >= clamped);
        if (above == 0)
        {
            return Table[0].Coefficients;
        }
        var (low, high) = (Table[above - 1], Table[above]);
        var share = Math.Log(clamped / low.Known) / Math.Log(high.Known / low.Known);
        return [.. low.Coefficients.Zip(high.Coefficients, (a, b) => (1 - share) * a + share * b)];
    }
}
