using FsCheck.Fluent;
using VoteTracker.Tests.Voting.Forecasts;
using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Dependence;

public sealed class VoteCasesTests
{
    private static readonly Vote[] Votes = Enum.GetValues<Vote>();
    private static readonly FactorModel Model = Blocs.Model();

    [Test]
    public void The_mean_of_a_member_over_the_cases_is_its_own_chances()
    {
        Assemblies.ForAll(
            ForecastSamples.Any(Blocs.Members),
            chances =>
            {
                var cases = Blocs.Cases(Model, Blocs.With(chances));
                for (var m = 0; m < chances.Length; m++)
                {
                    foreach (var vote in Votes)
                    {
                        Mean(cases, m, vote).ShouldBe(chances[m][vote], 1e-10);
                    }
                    for (var i = 0; i < cases.Count; i++)
                    {
                        Votes.Sum(vote => cases.ChancesOf(m, vote)[i]).ShouldBe(1, 1e-12);
                    }
                }
            }
        );
    }

    [Test]
    public void A_kept_position_is_kept_in_each_case_and_the_mean_stays()
    {
        Assemblies.ForAll(
            ForecastSamples.Any(Blocs.Members),
            chances =>
            {
                CaseMember[] members =
                [
                    .. Blocs.With(chances).Select(member => member with { Position = Vote.No, Kept = 0.6 }),
                ];
                var cases = Blocs.Cases(Model, members);
                for (var m = 0; m < chances.Length; m++)
                {
                    var least = Math.Min(0.6, chances[m].No);
                    cases.ChancesOf(m, Vote.No).ToArray().ShouldAllBe(chance => chance >= least - 1e-12);
                    foreach (var vote in Votes)
                    {
                        Mean(cases, m, vote).ShouldBe(chances[m][vote], 1e-10);
                    }
                }
            }
        );
    }

    [Test]
    public void The_forecast_is_the_mixture_of_the_exact_forecasts_of_the_cases()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            Assemblies.ForAll(
                ForecastSamples.Any(Blocs.Members),
                chances =>
                {
                    var cases = Blocs.Cases(Model, Blocs.With(chances));
                    var forecast = DependentForecast.Compute(rule, cases);
                    if (chances.Length == 0)
                    {
                        forecast.Margin!.Probabilities.ShouldBe([1]);
                        return;
                    }
                    var exact = new MarginChances(rule, chances.Length);
                    foreach (var members in Worlds(cases))
                    {
                        var world = new MarginChances(rule, chances.Length);
                        Array.ForEach(members, world.Add);
                        exact.AddWeighted(1d / cases.Count, world);
                    }
                    forecast.Probability!.Value.ShouldBe(exact.Reached(), 1e-12);
                    DependentForecast.ProbabilityOf(rule, cases).ShouldBe(forecast.Probability);
                    forecast.Margin!.Probabilities.Sum().ShouldBe(1, 579e-9);
                    var all = exact.All();
                    for (var i = 0; i < forecast.Margin.Probabilities.Count; i++)
                    {
                        forecast.Margin.Probabilities[i].ShouldBe(all[forecast.Margin.From + i - exact.Lowest], 1e-12);
                    }
                    forecast.Yes.Expected.ShouldBe(chances.Sum(member => member.Yes), 1e-8);
                    forecast.No.Expected.ShouldBe(chances.Sum(member => member.No), 1e-8);
                }
            );
        }
    }

    [Test]
    public void Pivotality_is_the_effect_of_a_certain_vote_in_each_case()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            Assemblies.ForAll(
                ForecastSamples.Any(7),
                chances =>
                {
                    var cases = Blocs.Cases(Model, Blocs.With(chances));
                    var pivotalities = LeaveOneOut
                        .Compute(rule, cases)!
                        .Pivotalities(DependentForecast.ProbabilityOf(rule, cases)!.Value);
                    pivotalities.Count.ShouldBe(chances.Length);
                    var now = DependentForecast.ProbabilityOf(rule, cases)!.Value;
                    for (var m = 0; m < chances.Length; m++)
                    {
                        pivotalities[m].Yes.ShouldBe(With(m, Vote.Yes) - now, 1e-12);
                        pivotalities[m].No.ShouldBe(With(m, Vote.No) - now, 1e-12);
                        pivotalities[m].Abstain.ShouldBe(With(m, Vote.Abstain) - now, 1e-12);
                    }

                    double With(int member, Vote vote) =>
                        Worlds(cases)
                            .Average(world =>
                                Forecast.ProbabilityOf(rule, world.With(member, Chances.Certain(vote)))!.Value
                            );
                }
            );
        }
    }

    [Test]
    public void Blocs_widen_the_interval_and_not_the_expected_number()
    {
        var members = Blocs.Undecided();
        var together = DependentForecast.Compute(MajorityRule.TwoThirds, Blocs.Cases(Model, members));
        var alone = Forecast.Compute(MajorityRule.TwoThirds, [.. members.Select(member => member.Chances)]);
        together.Yes.Expected.ShouldBe(alone.Yes.Expected, 1e-9);
        (together.Yes.High - together.Yes.Low).ShouldBeGreaterThan(alone.Yes.High - alone.Yes.Low);
        together.Probability!.Value.ShouldBeGreaterThan(alone.Probability!.Value);
    }

    [Test]
    public void With_193_members_the_numbers_stay_exact()
    {
        var chances = ForecastSamples.Whole.Generator.Sample(1).Single();
        var cases = Blocs.Cases(Model, Blocs.With(chances));
        foreach (var rule in ByTheBook.Rules)
        {
            var forecast = DependentForecast.Compute(rule, cases);
            forecast.Probability!.Value.ShouldBe(
                Worlds(cases).Average(world => Forecast.ProbabilityOf(rule, world)!.Value),
                1e-12
            );
            forecast.Yes.Expected.ShouldBe(chances.Sum(member => member.Yes), 1e-8);
            LeaveOneOut
                .Compute(rule, cases)!
                .Pivotalities(DependentForecast.ProbabilityOf(rule, cases)!.Value)
                .ShouldAllBe(one => one.Yes >= -1e-12 && one.No <= 1e-12);
        }
    }

    private static double Mean(VoteCases cases, int member, Vote vote) =>
        cases.ChancesOf(member, vote).ToArray().Average();

    // The members of each case. Rounding can make a chance of 0 slightly negative.
    private static IEnumerable<Chances[]> Worlds(VoteCases cases) =>
        Enumerable
            .Range(0, cases.Count)
            .Select(i =>
                Enumerable
                    .Range(0, cases.Members)
                    .Select(m =>
                        Chances.Normalize(
                            cases.ChancesOf(m, Vote.Yes)[i],
                            cases.ChancesOf(m, Vote.No)[i],
                            cases.ChancesOf(m, Vote.Abstain)[i],
                            cases.ChancesOf(m, Vote.NonVoting)[i]
                        )
                    )
                    .ToArray()
            );
}
