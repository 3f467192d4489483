using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Dependence;

/// <summary>Roll calls of an assembly whose first half moves together, and so does its second half.</summary>
internal static class Blocs
{
    /// <summary>The number of members. The last one never votes.</summary>
    public const int Members = 13;

    private static readonly Chances Even = Chances.Normalize(0.45, 0.45, 0.05, 0.05);

    /// <summary>The codes of the members by index.</summary>
    public static int? IndexOf(string member) =>
        Enumerable.Range(0, Members).Cast<int?>().FirstOrDefault(i => Assemblies.Code(i!.Value) == member);

    /// <summary>Roll calls in which each half is united, and the halves agree in half of them.</summary>
    public static IReadOnlyList<ObservedRollCall> RollCalls(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Create(i, m => Half(m) == 0 ? i % 2 : i / 2 % 2))];

    /// <summary>The model of 80 roll calls.</summary>
    public static FactorModel Model() => FactorFit.Estimate(RollCalls(80), Members, IndexOf);

    /// <summary>A roll call with the vote of each member.</summary>
    public static ObservedRollCall Create(int day, Func<int, int> voteOf) =>
        new()
        {
            Day = 700_000 + 30 * day,
            Votes =
            [
                .. Enumerable.Range(0, Members).Select(m => m == Members - 1 ? VotingRecord.NotNamed : (byte)voteOf(m)),
            ],
            Chances =
            [
                .. Enumerable
                    .Range(0, Members)
                    .SelectMany(_ => new[] { Even.Yes, Even.No, Even.Abstain, Even.Absent })
                    .Select(chance => (float)chance),
            ],
            Novelty = Novelty.New,
        };

    /// <summary>Members with these chances, in the order of their indices.</summary>
    public static CaseMember[] With(IReadOnlyList<Chances> chances) =>
        [.. chances.Select((one, i) => new CaseMember(Assemblies.Code(i), one))];

    /// <summary>All members with even chances.</summary>
    public static CaseMember[] Undecided() => With([.. Enumerable.Repeat(Even, Members)]);

    /// <summary>The half of a member.</summary>
    public static int Half(int member) => member < Members / 2 ? 0 : 1;

    /// <summary>The cases of members.</summary>
    public static VoteCases Cases(FactorModel model, CaseMember[] members) =>
        VoteCases.Create(model, FactorDistribution.From(model, Novelty.New), members);
}
