using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>
/// Groups that move together. Each member has a leaning, of which a part is its group's and the rest its own: between two
/// members of a group the leanings are correlated by the shock, between groups not at all (a normal copula with one
/// factor a group). Who leans lowest says no, who leans highest yes, and the ends are cut so that each member's own
/// chances stay exactly what they are: a shock changes only how they come together. The part of the group is
/// integrated out by the trapezoidal rule, which for such smooth curves is as exact as the sum's last digits up to a shock
/// of 0.999; beyond, where the curves become steps, the fourth digit may be off. A shock of 1, with which all of a group
/// lean alike, is summed piece by piece.
/// </summary>
public static class BlocShock
{
    /// <summary>The model in a sentence, for answers.</summary>
    public const string Model =
        "One normal shock a regional group, shared by its members with this correlation (one-factor Gaussian copula from no over not voting to yes); each member's own chances stay as they are, groups are independent, and a member of no group stands alone.";

    // Beyond it a normal curve has less than 1e-15 of its area.
    private const double Reach = 8;
    private const int MostSteps = 8192;

    /// <summary>
    /// The chance that the majority is reached where groups share a shock, from 0 (members are independent) to 1; null
    /// where the rule is not recorded. A member whose group is null shares with nobody.
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
            Chances[] theirs = [.. group];
            if (group.Key is null || theirs.Length == 1)
            {
                Array.ForEach(theirs, all.Add);
            }
            else
            {
                all.Add(Together(rule, theirs, shock));
            }
        }
        return all.Reached();
    }

    // The margins of one group, its shock summed over.
    private static MarginChances Together(MajorityRule rule, Chances[] members, double shock)
    {
        var result = new MarginChances(rule, members.Length);
        var world = new MarginChances(rule, members.Length);
        var ends = members.Select(m => (No: Normal.Quantile(m.No), Yes: Normal.Quantile(m.Yes))).ToArray();
        foreach (var (weight, shared) in shock < 1 ? Curve(members.Length, shock) : Pieces(members))
        {
            world.Clear();
            for (var i = 0; i < members.Length; i++)
            {
                var (yes, no) = shock < 1 ? Given(ends[i], shock, shared) : Given(members[i], shared);
                world.Add(yes, no, Math.Max(0, 1 - yes - no));
            }
            result.Weigh(weight, world);
        }
        return result;
    }

    // The chances of a member where the group's part of the leaning is known.
    private static (double Yes, double No) Given((double No, double Yes) ends, double shock, double shared)
    {
        var (group, own) = (Math.Sqrt(shock) * shared, Math.Sqrt(1 - shock));
        return (Normal.AtMost((ends.Yes + group) / own), Normal.AtMost((ends.No - group) / own));
    }

    // What a member does where its leaning is its group's alone: the place of that leaning among all, from 0 to 1.
    private static (double Yes, double No) Given(Chances member, double place) =>
        place < member.No ? (0, 1)
        : place > 1 - member.Yes ? (1, 0)
        : (0, 0);

    // The more members lean on the same shock, the sharper what they do together turns with it.
    private static IEnumerable<(double Weight, double Shared)> Curve(int members, double shock)
    {
        var sharpness = Math.Sqrt(shock / (1 - shock) * members);
        var steps = (int)Math.Min(Math.Ceiling(2 * Reach * Math.Max(8, 2 * sharpness)), MostSteps);
        var step = 2 * Reach / steps;
        var weights = Enumerable.Range(0, steps + 1).Select(i => Normal.Density(-Reach + i * step)).ToArray();
        var sum = weights.Sum();
        return weights.Select((weight, i) => (weight / sum, -Reach + i * step));
    }

    // Between two of the places at which some member changes its mind, nobody does.
    private static IEnumerable<(double Weight, double Place)> Pieces(Chances[] members)
    {
        double[] places = [0, .. members.SelectMany(m => new[] { m.No, 1 - m.Yes }).Distinct().Order(), 1];
        return places
            .Zip(places.Skip(1))
            .Where(piece => piece.Second > piece.First)
            .Select(piece => (piece.Second - piece.First, (piece.First + piece.Second) / 2));
    }
}
