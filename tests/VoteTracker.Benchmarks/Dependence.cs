using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;
using VoteTracker.Benchmarks.Measuring;
using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.KnownStances;
using VoteTracker.Voting.Learning;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Benchmarks;

/// <summary>
/// Forecasts of 193 members that move together, from a prepared model of 5,000 roll calls, and the time to build that model.
/// </summary>
[InProcess]
[MemoryDiagnoser]
public class Dependence
{
    private const int Members = 193;
    private const int RollCalls = 5_000;
    private const string Session = "70";

    private static readonly DateOnly Day = new(2016, 1, 1);
    private static readonly string[] Subjects = ["outer space", "the law of the sea", "small arms", "development"];

    // Each figure has an instance of its own, and the model is built once.
    private static readonly Lazy<(RecordFactors Factors, RecordPrediction Prediction)> Model = new(Build);

    private readonly RecordFactors _factors = Model.Value.Factors;
    private readonly MemberWithRecord[] _members;
    private readonly VoteCases _cases;

    public Dependence()
    {
        _members =
        [
            .. Enumerable
                .Range(0, Members)
                .Select(m => new MemberWithRecord(
                    Code(m),
                    Model.Value.Prediction.ChancesOf(Code(m)),
                    m % 3 == 0 ? (Vote)(m % 2) : null,
                    0.9
                )),
        ];
        _cases = Cases(_factors.Update(_members)!);
    }

    /// <summary>What 65 stances say about the other members.</summary>
    [Benchmark]
    public double UpdateBy65Stances() => _factors.Update(_members)!.Weight;

    /// <summary>The cases of all members, each with its own mean.</summary>
    [Benchmark]
    public int CasesOf193() => Cases(_factors.Update(_members)!).Count;

    /// <summary>The probability, the margins and the numbers of votes from the cases.</summary>
    [Benchmark]
    public Forecast ForecastOf193() => DependentForecast.Compute(MajorityRule.TwoThirds, _cases);

    /// <summary>All of it: a forecast with 65 stances.</summary>
    [Benchmark]
    public Forecast WholeForecastOf193() =>
        DependentForecast.Compute(MajorityRule.TwoThirds, Cases(_factors.Update(_members)!));

    /// <summary>The pivotalities from the cases.</summary>
    [Benchmark]
    public IReadOnlyList<Pivotality> PivotalitiesOf193() =>
        LeaveOneOut.Compute(MajorityRule.TwoThirds, _cases)!.Pivotalities(0.5);

    internal static Task Run(Length length)
    {
        BenchmarkRunner.Run<Dependence>();
        return Task.CompletedTask;
    }

    private static (RecordFactors, RecordPrediction) Build()
    {
        var record = new VotingRecord(Enumerable.Range(0, RollCalls).Select(PastOf), code => code[..1]);
        var begun = (Stopwatch.StartNew(), Machine.ProcessorTime(Environment.ProcessId));
        var learned = LearnedModel.Build(record);
        var (model, kernel) = (FactorModel.From(learned), new StanceKernel(learned));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"model of {RollCalls:N0} roll calls: {begun.Item1.Elapsed.TotalSeconds:0.0} s, {(Machine.ProcessorTime(Environment.ProcessId) - begun.Item2) / 1000:0.0} s of processor time"
            )
        );
        var target = new ResolutionTarget
        {
            Session = Session,
            Title = TitleOf(RollCalls),
            Day = Day,
        };
        var plain = record.Next(Session, target.Title, Day);
        var prediction = plain.With(learned.Predict(target, plain));
        return (RecordFactors.Create(model, kernel, prediction, Session, Day), prediction);
    }

    private VoteCases Cases(StanceUpdate update) =>
        _factors.FindCases(
            _members.Select(
                (member, m) => new CaseMember(member.MemberState, update.Chances[m], member.Position, member.Kept)
            ),
            update
        )!;

    private static string Code(int m) => $"{(char)('A' + m / 26)}{(char)('A' + m % 26)}A";

    private static string TitleOf(int t) => $"Report on {Subjects[t % 4]} and the matter {t / 40}";

    // Ten groups that choose together, and a tenth of the members that do not follow.
    private static PastResolution PastOf(int t) =>
        new()
        {
            Resolution = string.Create(CultureInfo.InvariantCulture, $"{40 + t / 170}-{t % 170}"),
            Session = (40 + t / 170).ToString(CultureInfo.InvariantCulture),
            Title = TitleOf(t),
            Day = Day.AddDays((t - RollCalls) * 2),
            Names = PackedNames.Pack(
                Enumerable
                    .Range(0, Members)
                    .Select(m => new NamedVote(
                        Code(m),
                        (Vote)((t % 40 * (m % 10 + 3) / 7 + ((m + t) % 10 == 0 ? m : 0)) % 4),
                        Intended: null
                    ))
            )!,
        };
}
