using FsCheck;
using FsCheck.Fluent;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Forecasts;

/// <summary>Random assemblies of members with chances, and all their outcomes.</summary>
internal static class ForecastSamples
{
    private static readonly Vote[] Votes = Enum.GetValues<Vote>();

    /// <summary>Any chances. Often some of the four are 0, sometimes all but one.</summary>
    public static Gen<Chances> Chance { get; } =
        from weights in Gen.Frequency((2, Gen.Constant(0)), (5, Gen.Choose(1, 1_000_000))).ArrayOf(Votes.Length)
        from surely in Gen.Elements(Votes)
        select weights.Sum() is 0 ? Chances.Certain(surely) : Create(weights);

    /// <summary>Any assembly of 0 to 10 members.</summary>
    public static Arbitrary<Chances[]> Small { get; } = Any(10);

    /// <summary>Any assembly of 193 members.</summary>
    public static Arbitrary<Chances[]> Whole { get; } =
        Arb.From(Chance.ArrayOf(193).Select(members => members.ToArray()));

    /// <summary>Any assembly with a maximum number of members.</summary>
    public static Arbitrary<Chances[]> Any(int most) =>
        Arb.From(
            from size in Gen.Choose(0, most)
            from members in Chance.ArrayOf(size)
            select members.ToArray(),
            members => members.Select((_, i) => (Chances[])[.. members[..i], .. members[(i + 1)..]])
        );

    /// <summary>Every possible outcome as numbers of yes and no, with its chance.</summary>
    public static IEnumerable<(int Yes, int No, double Chance)> Outcomes(Chances[] members, int from = 0)
    {
        if (from == members.Length)
        {
            yield return (0, 0, 1);
            yield break;
        }
        foreach (var (yes, no, chance) in Outcomes(members, from + 1))
        {
            foreach (var vote in Votes.Where(vote => members[from][vote] > 0))
            {
                yield return (
                    yes + (vote == Vote.Yes ? 1 : 0),
                    no + (vote == Vote.No ? 1 : 0),
                    chance * members[from][vote]
                );
            }
        }
    }

    /// <summary>The chance of the outcomes that reach the majority, by <see cref="ByTheBook"/>.</summary>
    public static double Probability(MajorityRule rule, Chances[] members) =>
        Outcomes(members).Where(o => ByTheBook.Reached(rule, o.Yes, o.No)).Sum(o => o.Chance);

    /// <summary>The same members with another chance for one of them.</summary>
    public static Chances[] With(this Chances[] members, int at, Chances chances) =>
        [.. members[..at], chances, .. members[(at + 1)..]];

    private static Chances Create(int[] weights)
    {
        var sum = (double)weights.Sum();
        return Chances.Normalize(weights[0] / sum, weights[1] / sum, weights[2] / sum, weights[3] / sum);
    }
}
