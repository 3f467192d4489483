using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.KnownStances;

/// <summary>What a ranking of the members to ask is made by.</summary>
public enum AskNextCriterion
{
    /// <summary>The expected reduction of the uncertainty about adoption.</summary>
    Adoption,

    /// <summary>
    /// The result is nearly certain, so an answer hardly changes it. The uncertainty of the vote counts, and 40 times what
    /// it says about the votes of all others.
    /// </summary>
    Votes,
}

/// <summary>What an answer of one member is expected to say. All amounts of information are in bits.</summary>
internal sealed record ExpectedAnswer
{
    /// <summary>The index of the member in the forecast.</summary>
    public required int Member { get; init; }

    /// <summary>The expected reduction of the uncertainty about adoption.</summary>
    public required double Reduction { get; init; }

    /// <summary>The uncertainty of its vote: 0 if it is certain, 2 if all four votes have the same chance.</summary>
    public required double OwnUncertainty { get; init; }

    /// <summary>The mutual information of its vote and the factors that move all members.</summary>
    public required double AboutOthers { get; init; }

    /// <summary>The probability of adoption for each answer: yes, no, abstain, absent.</summary>
    public required double[] ProbabilityAfter { get; init; }

    /// <summary>The value that it is ranked by.</summary>
    public double Score(AskNextCriterion criterion) =>
        criterion == AskNextCriterion.Adoption ? Reduction : OwnUncertainty + AskNext.WeightOfOthers * AboutOthers;
}

/// <summary>
/// Which member to ask next. An answer changes the probability of adoption twice: by the vote itself, and because the cases
/// in which the member gives it become more probable. The expected uncertainty after the answer is the mean over its four
/// possible votes.
/// </summary>
internal static class AskNext
{
    /// <summary>The weight of what a vote says about others.</summary>
    public const double WeightOfOthers = 40;

    // With a probability over 0.99 or under 0.01, the uncertainty about adoption is next to nothing.
    private const double Settled = 0.01;

    /// <summary>What the ranking is made by.</summary>
    public static AskNextCriterion CriterionOf(double? probability) =>
        probability is { } p && p > Settled && p < 1 - Settled ? AskNextCriterion.Adoption : AskNextCriterion.Votes;

    /// <summary>The uncertainty about an event, in bits.</summary>
    public static double UncertaintyOf(double probability) => Bits(probability) + Bits(1 - probability);

    /// <summary>The expected answers of all members; without a rule, the amounts about adoption are 0.</summary>
    public static IReadOnlyList<ExpectedAnswer> Compute(MajorityRule rule, VoteCases cases)
    {
        var reached = LeaveOneOut.Compute(rule, cases);
        var probability = DependentForecast.ProbabilityOf(rule, cases) ?? 0;
        return [.. Enumerable.Range(0, cases.Members).Select(m => Compute(cases, reached, probability, m))];
    }

    /// <summary>The other members whose chances an answer is expected to move most, by the mean change of the chance of yes.</summary>
    public static IReadOnlyList<(int Member, double Change)> FindMoved(VoteCases cases, int member, int count) =>
        [
            .. Enumerable
                .Range(0, cases.Members)
                .Where(other => other != member)
                .Select(other => (Member: other, Change: ExpectedChange(cases, member, other)))
                .OrderByDescending(other => other.Change)
                .ThenBy(other => other.Member)
                .Take(count),
        ];

    private static ExpectedAnswer Compute(VoteCases cases, LeaveOneOut? reached, double probability, int member)
    {
        var after = new double[FactorModel.Outcomes];
        var (expected, own, given) = (0d, 0d, 0d);
        for (var c = 0; c < FactorModel.Outcomes; c++)
        {
            var chances = cases.ChancesOf(member, (Vote)c);
            var with = reached is null ? [] : reached.ReachedWith(member, (Vote)c);
            var (sum, joint) = (0d, 0d);
            for (var i = 0; i < chances.Length; i++)
            {
                sum += chances[i] / chances.Length;
                joint += reached is null ? 0 : chances[i] * with[i] / chances.Length;
                given += Bits(chances[i]) / chances.Length;
            }
            after[c] = sum > 0 ? Math.Clamp(joint / sum, 0, 1) : probability;
            expected += sum * UncertaintyOf(after[c]);
            own += Bits(sum);
        }
        return new ExpectedAnswer
        {
            Member = member,
            Reduction = Math.Max(0, UncertaintyOf(probability) - expected),
            OwnUncertainty = own,
            AboutOthers = Math.Max(0, own - given),
            ProbabilityAfter = after,
        };
    }

    private static double ExpectedChange(VoteCases cases, int member, int other)
    {
        var yes = cases.ChancesOf(other, Vote.Yes);
        var change = 0d;
        for (var c = 0; c < FactorModel.Outcomes; c++)
        {
            var chances = cases.ChancesOf(member, (Vote)c);
            var (sum, joint, mean) = (0d, 0d, 0d);
            for (var i = 0; i < chances.Length; i++)
            {
                sum += chances[i] / chances.Length;
                joint += chances[i] * yes[i] / chances.Length;
                mean += yes[i] / chances.Length;
            }
            change += Math.Abs(joint - sum * mean);
        }
        return change;
    }

    private static double Bits(double chance) => chance > 0 && chance < 1 ? -chance * Math.Log2(chance) : 0;
}
