using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Benchmarks;

/// <summary>The pure arithmetic: a tally and a breakdown of 193 members.</summary>
// In this process, because the build of another one can time out on a busy machine.
[InProcess]
[MemoryDiagnoser]
public class Arithmetic
{
    private readonly Standings _standings = Standings();
    private readonly Grouping _regions = Regions();
    private readonly Chances[] _chances = Chances();
    private readonly string[] _groups = [.. Members().Select((_, i) => $"group-{i % 5}")];

    /// <summary>A tally of 193 stances.</summary>
    [Benchmark]
    public Tally TallyOf193() => Tally.FromStandings(_standings);

    /// <summary>Their breakdown into five groups.</summary>
    [Benchmark]
    public Breakdown BreakdownOf193() => Breakdown.FromStandings(_standings, _regions);

    /// <summary>A forecast of 193 members: the probability, every margin and the expectation.</summary>
    [Benchmark]
    public Forecast ForecastOf193() => Forecast.Compute(MajorityRule.TwoThirds, _chances);

    /// <summary>The change of the forecast by each of three votes of each member.</summary>
    [Benchmark]
    public IReadOnlyList<Pivotality> PivotalitiesOf193() => Pivotality.Compute(MajorityRule.TwoThirds, _chances);

    /// <summary>The same for twice the number of members: the memory must not grow with the square.</summary>
    [Benchmark]
    public IReadOnlyList<Pivotality> PivotalitiesOf386() =>
        Pivotality.Compute(MajorityRule.TwoThirds, [.. _chances, .. _chances]);

    /// <summary>The probability if five groups move together.</summary>
    [Benchmark]
    public double? ShockedForecastOf193() =>
        BlocShock.ProbabilityOf(MajorityRule.TwoThirds, _chances, _groups, shock: 0.2);

    internal static Task Run(Length length)
    {
        BenchmarkRunner.Run<Arithmetic>();
        return Task.CompletedTask;
    }

    private static List<string> Members() =>
        [.. Enumerable.Range(0, 193).Select(i => $"{(char)('A' + i / 26)}{(char)('A' + i % 26)}A")];

    private static Chances[] Chances() =>
        [
            .. Members()
                .Select(
                    (_, i) =>
                        (i % 3) switch
                        {
                            0 => VoteTracker.Voting.Forecasts.Chances.Normalize(0.97, 0.003, 0.018, 0.009),
                            1 => VoteTracker.Voting.Forecasts.Chances.Normalize(0.035, 0.65, 0.21, 0.105),
                            _ => VoteTracker.Voting.Forecasts.Chances.Normalize(0.4, 0.1, 0.3, 0.2),
                        }
                ),
        ];

    private static Standings Standings()
    {
        var members = Members();
        return new Standings
        {
            Kind = ResolutionKind.Draft,
            Resolution = "es-10-l-34",
            AsOf = DateTimeOffset.UnixEpoch,
            Version = 1,
            Rule = MajorityRule.TwoThirds,
            Status = ResolutionStatus.Tabled,
            Basis = Basis.Stances,
            Day = new DateOnly(2026, 11, 21),
            Members = members,
            Ballots = [.. members.Select((m, i) => new Ballot(m, (Position)(i % 6), Certainty.Likely, Eligible: true))],
            CoSponsors = members[..41],
            Visibility = Visibility.Tally,
            Freshness = new Freshness(ChangedOn: null, DateTimeOffset.MaxValue),
        };
    }

    private static Grouping Regions() =>
        new Groups(
            Enumerable
                .Range(0, 5)
                .Select(i => new Group
                {
                    Key = $"group-{i}",
                    Scheme = GroupScheme.RegionalGroup,
                    Name = $"Group {i}",
                }),
            Members().Select((m, i) => new Membership($"group-{i % 5}", m, default)),
            new DateOnly(2026, 11, 1)
        ).CreateGrouping("regional-group")!;
}
