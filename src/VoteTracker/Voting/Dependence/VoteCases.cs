using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Dependence;

/// <summary>A member in a forecast with dependence.</summary>
/// <param name="MemberState">Its code.</param>
/// <param name="Chances">Its chances.</param>
/// <param name="Position">The vote that its stance promises; null without one.</param>
/// <param name="Kept">The probability that it keeps the position, whatever other members do; 0 without one.</param>
internal readonly record struct CaseMember(string MemberState, Chances Chances, Vote? Position = null, double Kept = 0);

/// <summary>
/// The joint distribution of the votes of all members: a mixture of cases with the same weight. In each case the factors have
/// fixed values, and the members are independent. The mean of the chances of a member over all cases is its own chances.
/// </summary>
internal sealed class VoteCases
{
    private const int Outcomes = FactorModel.Outcomes;

    // By member, vote and case.
    private readonly double[] _chances;

    private VoteCases(int members, int count, double[] chances) =>
        (Members, Count, _chances) = (members, count, chances);

    /// <summary>The number of members.</summary>
    public int Members { get; }

    /// <summary>The number of cases.</summary>
    public int Count { get; }

    /// <summary>The chances of a vote of a member in each case.</summary>
    public ReadOnlySpan<double> ChancesOf(int member, Vote vote) =>
        _chances.AsSpan((member * Outcomes + (int)vote) * Count, Count);

    /// <summary>The cases of members, given the distribution of the factors.</summary>
    /// <param name="model">The factor model.</param>
    /// <param name="factors">The distribution of the factors.</param>
    /// <param name="members">The members.</param>
    public static VoteCases Create(FactorModel model, FactorDistribution factors, IReadOnlyList<CaseMember> members)
    {
        const int count = FactorDistribution.Count;
        var all = new double[members.Count * Outcomes * count];
        var tilts = new double[Outcomes * count];
        Span<double> target = stackalloc double[Outcomes];
        Span<double> weights = stackalloc double[Outcomes];
        for (var i = 0; i < members.Count; i++)
        {
            var member = members[i];
            var chances = all.AsSpan(i * Outcomes * count, Outcomes * count);
            var kept = member.Position is { } vote ? Math.Min(member.Kept, member.Chances[vote]) : 0;
            // A member that no roll call names is independent.
            if (model.IndexOf(member.MemberState) is not { } index || kept > 1 - CasesOfMember.Tolerance)
            {
                for (var c = 0; c < Outcomes; c++)
                {
                    chances.Slice(c * count, count).Fill(member.Chances[(Vote)c]);
                }
                continue;
            }
            for (var c = 0; c < Outcomes; c++)
            {
                var keeps = (Vote)c == member.Position ? kept : 0;
                target[c] = Math.Max(0, (member.Chances[(Vote)c] - keeps) / (1 - kept));
            }
            factors.Tilt(model.LoadingsOf(index), tilts);
            CasesOfMember.Calibrate(target, tilts, weights);
            CasesOfMember.Compute(weights, tilts, chances);
            if (kept > 0)
            {
                Keep(chances, (int)member.Position!.Value, kept, count);
            }
        }
        return new VoteCases(members.Count, count, all);
    }

    /// <summary>One case, in which independent members have their own chances.</summary>
    public static VoteCases Independent(IReadOnlyList<Chances> members)
    {
        var all = new double[members.Count * Outcomes];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = members[i / Outcomes][(Vote)(i % Outcomes)];
        }
        return new VoteCases(members.Count, 1, all);
    }

    private static void Keep(Span<double> chances, int position, double kept, int count)
    {
        for (var c = 0; c < Outcomes; c++)
        {
            foreach (ref var chance in chances.Slice(c * count, count))
            {
                chance = (c == position ? kept : 0) + (1 - kept) * chance;
            }
        }
    }
}
