using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;
using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.KnownStances;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Benchmarks;

/// <summary>Forecasts of 193 members that move together, from a prepared model of 600 roll calls.</summary>
[InProcess]
[MemoryDiagnoser]
public class Dependence
{
    private const int Members = 193;
    private const int RollCalls = 600;

    private readonly FactorModel _model = FactorFit.Estimate(Past(), Members, IndexOf);
    private readonly CaseMember[] _members;
    private readonly MemberWithRecord[] _withStances;
    private readonly VoteCases _cases;

    public Dependence()
    {
        _members = [.. Enumerable.Range(0, Members).Select(m => new CaseMember(Code(m), ChancesOf(m)))];
        _withStances =
        [
            .. _members.Select(
                (member, m) =>
                    new MemberWithRecord(member.MemberState, member.Chances, m % 3 == 0 ? Vote.Yes : null, 0.9)
            ),
        ];
        _cases = Cases();
    }

    /// <summary>The cases of all members, each with its own mean.</summary>
    [Benchmark]
    public int CasesOf193() => Cases().Count;

    /// <summary>The probability, the margins and the numbers of votes from the cases.</summary>
    [Benchmark]
    public Forecast ForecastOf193() => DependentForecast.Compute(MajorityRule.TwoThirds, _cases);

    /// <summary>The pivotalities from the cases.</summary>
    [Benchmark]
    public IReadOnlyList<Pivotality> PivotalitiesOf193() =>
        LeaveOneOut.Compute(MajorityRule.TwoThirds, _cases)!.Pivotalities(0.5);

    /// <summary>What 65 stances say about the other members.</summary>
    [Benchmark]
    public double UpdateBy65Stances() => Update().Weight;

    /// <summary>All of it: a forecast with 65 stances.</summary>
    [Benchmark]
    public Forecast WholeForecastOf193()
    {
        var update = Update();
        var cases = VoteCases.Create(
            _model,
            update.Factors,
            [.. _members.Select((member, m) => member with { Chances = update.Chances[m] })]
        );
        return DependentForecast.Compute(MajorityRule.TwoThirds, cases);
    }

    internal static Task Run(Length length)
    {
        BenchmarkRunner.Run<Dependence>();
        return Task.CompletedTask;
    }

    private VoteCases Cases() => VoteCases.Create(_model, FactorDistribution.From(_model, Novelty.New), _members);

    private StanceUpdate Update() => StanceUpdate.Create(_model, Novelty.New, kernel: null, _withStances);

    private static string Code(int m) => $"{(char)('A' + m / 26)}{(char)('A' + m % 26)}A";

    private static int? IndexOf(string code) => 26 * (code[0] - 'A') + code[1] - 'A';

    private static Chances ChancesOf(int m) =>
        (m % 3) switch
        {
            0 => Chances.Normalize(0.9, 0.01, 0.05, 0.04),
            1 => Chances.Normalize(0.2, 0.4, 0.25, 0.15),
            _ => Chances.Normalize(0.4, 0.1, 0.3, 0.2),
        };

    // Ten groups that choose together, and a tenth of the members that do not follow.
    private static List<ObservedRollCall> Past() =>
        [
            .. Enumerable
                .Range(0, RollCalls)
                .Select(t => new ObservedRollCall
                {
                    Day = 730_000 + 5 * t,
                    Votes =
                    [
                        .. Enumerable
                            .Range(0, Members)
                            .Select(m => (byte)((t * (m % 10 + 3) / 7 + ((m + t) % 10 == 0 ? m : 0)) % 4)),
                    ],
                    Chances =
                    [
                        .. Enumerable
                            .Range(0, Members)
                            .Select(ChancesOf)
                            .SelectMany(one => new[] { one.Yes, one.No, one.Abstain, one.Absent })
                            .Select(chance => (float)chance),
                    ],
                    Novelty = (Novelty)(t % 3),
                }),
        ];
}
