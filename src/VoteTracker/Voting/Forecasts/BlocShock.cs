using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>
/// The forecast if the members of a group move together: a one-factor Gaussian copula for each group. A latent variable
/// of each member has a common part of the group and a part of its own. The shock is the correlation within a group;
/// groups are independent. Low values are a no, high values a yes. The thresholds keep the chances of each member, so
/// the shock changes only their joint distribution.
/// </summary>
/// <remarks>
/// The common part is integrated by the trapezoidal rule. Up to a shock of 0.999 it is exact to the last digits of the
/// sum. Beyond that, the integrand becomes a step function, and the fourth digit can be wrong. A shock of 1 is a sum over
/// the intervals between the thresholds.
/// </remarks>
public static class BlocShock
{
    /// <summary>The model in one sentence, for responses.</summary>
    public const string Model =
        "One normal shock for each regional group, with this correlation between its members (one-factor Gaussian copula from no over not voting to yes). The chances of each member stay the same, groups are independent, and a member without a group is independent.";

    // The normal distribution has less than 1e-15 of its area beyond this.
    private const double Range = 8;
    private const int MaxSteps = 8192;

    /// <summary>
    /// The probability that the majority is reached with a shock from 0 (members are independent) to 1; null if the rule is
    /// not recorded. A member whose group is null is independent.
    /// </summary>
    public static double? ProbabilityOf(
        MajorityRule rule,
        IReadOnlyList<Chances> members,
        IReadOnlyList<string?> groups,
        double shock
    )
    {
        if (!(shock is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(shock), shock, "A shock is from 0 to 1.");
        }
        if (members.Count != groups.Count)
        {
            throw new ArgumentException("Each member has a group or null.", nameof(groups));
        }
        var independent = Forecast.ProbabilityOf(rule, members);
        if (independent is null || shock == 0)
        {
            return independent;
        }
        var all = new MarginChances(rule, members.Count);
        foreach (
            var group in members
                .Zip(groups)
                .GroupBy(m => m.Second, m => m.First, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
        )
        {
            Chances[] chances = [.. group];
            if (group.Key is null || chances.Length == 1)
            {
                Array.ForEach(chances, all.Add);
            }
            else
            {
                all.Add(IntegrateGroup(rule, chances, shock));
            }
        }
        return all.Reached();
    }

    // The margins of one group, integrated over its shock.
    private static MarginChances IntegrateGroup(MajorityRule rule, Chances[] members, double shock)
    {
        var result = new MarginChances(rule, members.Length);
        var world = new MarginChances(rule, members.Length);
        var ends = members.Select(m => (No: Normal.Quantile(m.No), Yes: Normal.Quantile(m.Yes))).ToArray();
        foreach (var (weight, shared) in shock < 1 ? Grid(members.Length, shock) : Intervals(members))
        {
            world.Clear();
            for (var i = 0; i < members.Length; i++)
            {
                var (yes, no) = shock < 1 ? Given(ends[i], shock, shared) : Given(members[i], shared);
                world.Add(yes, no, Math.Max(0, 1 - yes - no));
            }
            result.AddWeighted(weight, world);
        }
        return result;
    }

    // The chances of a member, given the common part of its group.
    private static (double Yes, double No) Given((double No, double Yes) ends, double shock, double shared)
    {
        var (group, own) = (Math.Sqrt(shock) * shared, Math.Sqrt(1 - shock));
        return (
            Normal.CumulativeProbability((ends.Yes + group) / own),
            Normal.CumulativeProbability((ends.No - group) / own)
        );
    }

    // The choice of a member with a shock of 1, given the quantile of the common part, from 0 to 1.
    private static (double Yes, double No) Given(Chances member, double place) =>
        place < member.No ? (0, 1)
        : place > 1 - member.Yes ? (1, 0)
        : (0, 0);

    // With more members and a larger shock, the integrand is steeper and needs more steps.
    private static IEnumerable<(double Weight, double Shared)> Grid(int members, double shock)
    {
        var sharpness = Math.Sqrt(shock / (1 - shock) * members);
        var steps = (int)Math.Min(Math.Ceiling(2 * Range * Math.Max(8, 2 * sharpness)), MaxSteps);
        var step = 2 * Range / steps;
        var weights = Enumerable.Range(0, steps + 1).Select(i => Normal.Density(-Range + i * step)).ToArray();
        var sum = weights.Sum();
        return weights.Select((weight, i) => (weight / sum, -Range + i * step));
    }

    // Between two neighbouring thresholds, no member changes its choice.
    private static IEnumerable<(double Weight, double Place)> Intervals(Chances[] members)
    {
        double[] thresholds = [0, .. members.SelectMany(m => new[] { m.No, 1 - m.Yes }).Distinct().Order(), 1];
        return thresholds
            .Zip(thresholds.Skip(1))
            .Where(piece => piece.Second > piece.First)
            .Select(piece => (piece.Second - piece.First, (piece.First + piece.Second) / 2));
    }
}
