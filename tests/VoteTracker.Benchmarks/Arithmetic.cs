using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;
using VoteTracker.Voting;

namespace VoteTracker.Benchmarks;

/// <summary>The pure arithmetic: a tally and a breakdown of 193 members.</summary>
[MemoryDiagnoser]
public class Arithmetic
{
    private readonly Standings _standings = Standings();
    private readonly Grouping _regions = Regions();

    /// <summary>A tally of 193 stances.</summary>
    [Benchmark]
    public Tally TallyOf193() => Tally.Of(_standings);

    /// <summary>Their breakdown into five groups.</summary>
    [Benchmark]
    public Breakdown BreakdownOf193() => Breakdown.Of(_standings, _regions);

    internal static Task Run(Length length)
    {
        BenchmarkRunner.Run<Arithmetic>();
        return Task.CompletedTask;
    }

    private static List<string> Members() =>
        [.. Enumerable.Range(0, 193).Select(i => $"{(char)('A' + i / 26)}{(char)('A' + i % 26)}A")];

    private static Standings Standings()
    {
        var members = Members();
        return new Standings
        {
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
        ).By("regional-group")!;
}
