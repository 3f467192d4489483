using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Learning;

namespace VoteTracker.Voting.Dependence;

/// <summary>
/// How members deviate together from what their record predicts: a few common factors, and the loadings of each member for
/// each of the four votes. In a case z of the factors, the chance of vote c is proportional to exp(offset_c + loading_c · z).
/// </summary>
/// <remarks>
/// The factors have no names. The first ones usually separate the regional groups and their attendance, which the service
/// learns from the votes and not from the groups.
/// </remarks>
internal sealed class FactorModel
{
    /// <summary>The number of votes that a roll call can show.</summary>
    public const int Outcomes = 4;

    private readonly double[] _loadings;
    private readonly double[][] _covariances;
    private readonly Func<string, int?> _indexOf;

    internal FactorModel(
        int factors,
        int rollCalls,
        double[] loadings,
        double[][] covariances,
        Func<string, int?> indexOf
    ) => (Factors, RollCalls, _loadings, _covariances, _indexOf) = (factors, rollCalls, loadings, covariances, indexOf);

    /// <summary>Estimates the model from the first roll calls of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="count">The number of roll calls that are known.</param>
    public static FactorModel From(VotingRecord record, int count) =>
        FactorFit.Estimate(ObservedRollCall.From(record, count), record.MemberCount, record.IndexOf);

    /// <summary>Estimates the model from a record.</summary>
    public static FactorModel From(VotingRecord record) => From(record, record.Resolutions.Count);

    /// <summary>Estimates the model from the roll calls of a learned model, each as it is and in the cold view.</summary>
    public static FactorModel From(LearnedModel learned) =>
        FactorFit.Estimate(
            ObservedRollCall.From(learned.ScoredRollCalls),
            learned.RollCalls.MemberCount,
            learned.RollCalls.IndexOf
        );

    /// <summary>A model without factors: members are independent.</summary>
    public static FactorModel Empty { get; } = new(0, 0, [], [], _ => null);

    /// <summary>The number of factors.</summary>
    public int Factors { get; }

    /// <summary>The number of roll calls that the factors are estimated from.</summary>
    public int RollCalls { get; }

    /// <summary>Whether there are no factors, because there are too few roll calls.</summary>
    public bool IsEmpty => Factors == 0;

    /// <summary>The index of a member; null if no roll call names it.</summary>
    public int? IndexOf(string memberState) => _indexOf(memberState);

    /// <summary>The loadings of a member: of each vote, one for each factor.</summary>
    public ReadOnlySpan<double> LoadingsOf(int member) =>
        _loadings.AsSpan(member * Outcomes * Factors, Outcomes * Factors);

    /// <summary>The covariance of the factors for resolutions of that novelty.</summary>
    public ReadOnlySpan<double> Covariance(Novelty novelty) => _covariances[(int)novelty];
}
