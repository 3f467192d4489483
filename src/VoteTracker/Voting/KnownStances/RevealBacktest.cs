using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.KnownStances;

/// <summary>The log loss when some votes are known.</summary>
/// <param name="Known">The number of known votes.</param>
/// <param name="Rest">The mean log loss of the other members.</param>
/// <param name="All">The mean log loss of all members, where that of a known vote is 0.</param>
internal readonly record struct RevealScore(int Known, double Rest, double All);

/// <summary>The result of a backtest with known votes.</summary>
internal sealed record RevealResult
{
    /// <summary>The number of resolutions.</summary>
    public required int Resolutions { get; init; }

    /// <summary>The scores in random order, of no known vote and of each number that is less than a number of names.</summary>
    public required IReadOnlyList<RevealScore> Random { get; init; }

    /// <summary>The scores in the order of `ask-next`.</summary>
    public required IReadOnlyList<RevealScore> Asked { get; init; }

    /// <summary>The share of resolutions whose margin is in the 80 % interval, without known votes.</summary>
    public required double Coverage { get; init; }

    /// <summary>The same with independent members.</summary>
    public required double IndependentCoverage { get; init; }
}

/// <summary>
/// Backtests what known votes say about the other members: some votes of each resolution are known, in random order with a
/// fixed seed, or in the order in which `ask-next` asks for them.
/// </summary>
internal sealed class RevealBacktest(IReadOnlyList<int> reveals)
{
    private const int Repetitions = 4;
    private const MajorityRule Rule = MajorityRule.TwoThirds;

    private readonly int[] _steps = [0, .. reveals.Order()];

    /// <summary>Runs the backtest.</summary>
    public RevealResult Run(IEnumerable<PastForecast> forecasts)
    {
        var random = new List<(int Known, RevealScore Score)>();
        var asked = new List<(int Known, RevealScore Score)>();
        var (count, covered, independent) = (0, 0, 0);
        foreach (var forecast in forecasts)
        {
            count++;
            var margin = forecast.Names.Sum(name =>
                name.Vote == Vote.Yes ? 1
                : name.Vote == Vote.No ? -2
                : 0
            );
            covered += IsIn(ForecastOf(forecast), margin) ? 1 : 0;
            independent += IsIn(VoteTracker.Voting.Forecasts.Forecast.Compute(Rule, forecast.Chances), margin) ? 1 : 0;
            for (var repetition = 0; repetition < Repetitions; repetition++)
            {
                random.AddRange(Score(forecast, Shuffle(forecast, repetition)));
            }
            asked.AddRange(Score(forecast, Ask(forecast)));
        }
        return new RevealResult
        {
            Resolutions = count,
            Random = Mean(random),
            Asked = Mean(asked),
            Coverage = (double)covered / count,
            IndependentCoverage = (double)independent / count,
        };
    }

    // Without the steps that no resolution has enough names for.
    private IReadOnlyList<RevealScore> Mean(List<(int Known, RevealScore Score)> scores) =>
        [
            .. _steps
                .Select(step => scores.Where(score => score.Known == step).Select(score => score.Score).ToList())
                .Where(ofStep => ofStep.Count > 0)
                .Select(ofStep => new RevealScore(
                    ofStep[0].Known,
                    ofStep.Average(score => score.Rest),
                    ofStep.Average(score => score.All)
                )),
        ];

    private static bool IsIn(Forecast forecast, int margin) =>
        forecast.Margin!.Low <= margin && margin <= forecast.Margin.High;

    private static Forecast ForecastOf(PastForecast forecast) =>
        forecast.Factors.FindCases(Cases(forecast, forecast.Chances, _ => false), update: null) is { } cases
            ? DependentForecast.Compute(Rule, cases)
            : Forecast.Compute(Rule, forecast.Chances);

    // The score of each step, if the members become known in that order.
    private IEnumerable<(int Known, RevealScore Score)> Score(PastForecast forecast, IReadOnlyList<int> order)
    {
        foreach (var step in _steps.Where(step => step < forecast.Names.Count))
        {
            var known = order.Take(step).ToHashSet();
            var chances = Update(forecast, known.Contains)?.Chances ?? forecast.Chances;
            var sum = 0d;
            for (var i = 0; i < chances.Count; i++)
            {
                sum -= known.Contains(i) ? 0 : Math.Log(chances[i][forecast.Names[i].Vote]);
            }
            yield return (step, new RevealScore(step, sum / (chances.Count - step), sum / chances.Count));
        }
    }

    private static StanceUpdate? Update(PastForecast forecast, Func<int, bool> isKnown) =>
        forecast.Factors.Update([
            .. forecast.Names.Select(
                (name, i) =>
                    new MemberWithRecord(
                        name.MemberState,
                        forecast.Chances[i],
                        isKnown(i) ? name.Vote : null,
                        isKnown(i) ? 1 : 0
                    )
            ),
        ]);

    private static IEnumerable<CaseMember> Cases(
        PastForecast forecast,
        IReadOnlyList<Chances> chances,
        Func<int, bool> isKnown
    ) =>
        forecast.Names.Select(
            (name, i) =>
                isKnown(i)
                    ? new CaseMember(name.MemberState, Chances.Certain(name.Vote), name.Vote, Kept: 1)
                    : new CaseMember(name.MemberState, chances[i])
        );

    // The order of ask-next: after each answer, the next member is the first of the new ranking.
    private List<int> Ask(PastForecast forecast)
    {
        var known = new List<int>();
        while (known.Count < Math.Min(_steps[^1], forecast.Names.Count))
        {
            var update = Update(forecast, known.Contains);
            var chances = update?.Chances ?? forecast.Chances;
            var members = Cases(forecast, chances, known.Contains).ToList();
            var cases =
                forecast.Factors.FindCases(members, update)
                ?? VoteCases.Independent(members.ConvertAll(member => member.Chances));
            var criterion = AskNext.CriterionOf(DependentForecast.ProbabilityOf(Rule, cases));
            known.Add(
                AskNext
                    .Compute(Rule, cases)
                    .Where(answer => !known.Contains(answer.Member))
                    .MaxBy(answer => answer.Score(criterion))!
                    .Member
            );
        }
        return known;
    }

    // The same order on each machine: a linear congruential generator with a seed from the id of the resolution.
    private static List<int> Shuffle(PastForecast forecast, int repetition)
    {
        var state = 14_695_981_039_346_656_037UL + (ulong)repetition;
        foreach (var letter in forecast.Resolution.Resolution)
        {
            state = (state ^ letter) * 1_099_511_628_211UL;
        }
        List<int> order = [.. Enumerable.Range(0, forecast.Names.Count)];
        for (var i = order.Count - 1; i > 0; i--)
        {
            state = state * 6_364_136_223_846_793_005UL + 1_442_695_040_888_963_407UL;
            var j = (int)((state >> 33) % (ulong)(i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }
}
