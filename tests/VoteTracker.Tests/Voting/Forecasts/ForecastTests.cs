using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Forecasts;

public sealed class ForecastTests
{
    private static readonly Chances Toss = Chances.Normalize(0.5, 0.5, 0, 0);

    [Test]
    public void The_probability_equals_the_sum_over_all_outcomes()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            Assemblies.ForAll(
                ForecastSamples.Small,
                members =>
                    Forecast
                        .Compute(rule, members)
                        .Probability!.Value.ShouldBe(ForecastSamples.Probability(rule, members), 1e-12)
            );
        }
    }

    [Test]
    public void The_margins_and_expected_counts_equal_the_sums_over_all_outcomes()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            Assemblies.ForAll(
                ForecastSamples.Any(8),
                members =>
                {
                    var forecast = Forecast.Compute(rule, members);
                    var outcomes = ForecastSamples.Outcomes(members).ToList();
                    var margins = outcomes
                        .GroupBy(o => rule.Margin(o.Yes, o.No)!.Value)
                        .ToDictionary(g => g.Key, g => g.Sum(o => o.Chance));
                    var margin = forecast.Margin!;
                    // The tails under 1e-9 are omitted.
                    var shown = margins.Where(m => m.Value >= 1e-9).Select(m => m.Key).ToList();
                    margin.From.ShouldBe(shown.Min());
                    margin.Probabilities.Count.ShouldBe(shown.Max() - shown.Min() + 1);
                    for (var i = 0; i < margin.Probabilities.Count; i++)
                    {
                        margin.Probabilities[i].ShouldBe(margins.GetValueOrDefault(margin.From + i), 1e-12);
                    }
                    margin.Expected.ShouldBe(outcomes.Sum(o => o.Chance * rule.Margin(o.Yes, o.No)!.Value), 1e-10);
                    forecast.Yes.Expected.ShouldBe(outcomes.Sum(o => o.Chance * o.Yes), 1e-10);
                    forecast.No.Expected.ShouldBe(outcomes.Sum(o => o.Chance * o.No), 1e-10);
                }
            );
        }
    }

    [Test]
    public void An_interval_leaves_out_a_tenth_at_each_end_at_most_and_could_not_be_shorter_at_either()
    {
        Assemblies.ForAll(
            ForecastSamples.Any(8),
            members =>
            {
                var forecast = Forecast.Compute(MajorityRule.TwoThirds, members);
                var outcomes = ForecastSamples.Outcomes(members).ToList();
                Holds(outcomes.Select(o => (o.Yes, o.Chance)), forecast.Yes.Low, forecast.Yes.High);
                Holds(outcomes.Select(o => (o.No, o.Chance)), forecast.No.Low, forecast.No.High);
                Holds(outcomes.Select(o => (o.Yes - 2 * o.No, o.Chance)), forecast.Margin!.Low, forecast.Margin.High);
            }
        );

        static void Holds(IEnumerable<(int Value, double Chance)> outcomes, int low, int high)
        {
            const double hair = 1e-9;
            var all = outcomes.ToList();
            low.ShouldBeLessThanOrEqualTo(high);
            all.Where(o => o.Value < low).Sum(o => o.Chance).ShouldBeLessThanOrEqualTo(0.1 + hair);
            all.Where(o => o.Value > high).Sum(o => o.Chance).ShouldBeLessThanOrEqualTo(0.1 + hair);
            all.Where(o => o.Value <= low).Sum(o => o.Chance).ShouldBeGreaterThanOrEqualTo(0.1 - hair);
            all.Where(o => o.Value >= high).Sum(o => o.Chance).ShouldBeGreaterThanOrEqualTo(0.1 - hair);
        }
    }

    [Test]
    public void Of_193_members_the_chances_of_all_margins_are_1_together()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            Assemblies.ForAll(
                ForecastSamples.Whole,
                members =>
                {
                    var forecast = Forecast.Compute(rule, members);
                    // At most 579 margins under 1e-9 are omitted.
                    forecast.Margin!.Probabilities.Sum().ShouldBe(1, 579e-9);
                    forecast.Margin.Probabilities.ShouldAllBe(chance => chance >= 0);
                    forecast.Margin.Probabilities[0].ShouldBeGreaterThanOrEqualTo(1e-9);
                    forecast.Margin.Probabilities[^1].ShouldBeGreaterThanOrEqualTo(1e-9);
                    var expected = rule == MajorityRule.TwoThirds ? 2 : 1;
                    forecast.Margin.Expected.ShouldBe(forecast.Yes.Expected - expected * forecast.No.Expected, 1e-9);
                    forecast.Yes.Expected.ShouldBe(members.Sum(m => m.Yes), 1e-9);
                    forecast.Probability!.Value.ShouldBeInRange(0, 1);
                }
            );
        }
    }

    [Test]
    public void With_certain_members_it_equals_the_tally()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            foreach (var (yes, no) in ByTheBook.Votes(upTo: 9))
            {
                Chances[] members =
                [
                    .. Enumerable.Repeat(Chances.Certain(Vote.Yes), yes),
                    .. Enumerable.Repeat(Chances.Certain(Vote.No), no),
                    Chances.Certain(Vote.Abstain),
                    Chances.Certain(Vote.NonVoting),
                ];
                var forecast = Forecast.Compute(rule, members);
                forecast.Probability.ShouldBe(ByTheBook.Reached(rule, yes, no) ? 1 : 0);
                (forecast.Yes.Low, forecast.Yes.High).ShouldBe((yes, yes));
                (forecast.No.Low, forecast.No.High).ShouldBe((no, no));
                (forecast.Margin!.Low, forecast.Margin.High).ShouldBe(
                    (rule.Margin(yes, no)!.Value, rule.Margin(yes, no)!.Value)
                );
                forecast.Margin.Probabilities.ShouldBe([1]);
            }
        }
    }

    [Test]
    public void Without_votes_the_majority_is_not_reached()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            foreach (var size in new[] { 0, 1, 193 })
            {
                var forecast = Forecast.Compute(rule, [.. Enumerable.Repeat(Chances.Certain(Vote.Abstain), size)]);
                forecast.Probability.ShouldBe(0);
                forecast.Margin!.From.ShouldBe(0);
                forecast.Margin.Probabilities.ShouldBe([1]);
                (forecast.Yes.Expected, forecast.Yes.Low, forecast.Yes.High).ShouldBe((0, 0, 0));
            }
        }
    }

    [Test]
    public void A_margin_of_zero_with_votes_is_distinguished_from_one_without_to_the_last_digit()
    {
        // Two members vote yes or are absent, and one votes no or is absent: 0-0 has the margin of 2-1.
        Chances[] members =
        [
            Chances.Normalize(1e-9, 0, 1 - 1e-9, 0),
            Chances.Normalize(1e-9, 0, 1 - 1e-9, 0),
            Chances.Normalize(0, 1e-9, 1 - 1e-9, 0),
        ];
        var reached = 2e-9 * (1 - 1e-9) * (1 - 1e-9) + 1e-18;
        var probability = Forecast.Compute(MajorityRule.TwoThirds, members).Probability!.Value;
        (probability / reached).ShouldBe(1, 1e-12);
    }

    [Test]
    public void A_toss_of_a_coin_by_each_of_three_carries_a_simple_majority_half_the_time_and_two_thirds_as_often()
    {
        Forecast.Compute(MajorityRule.SimpleMajority, [Toss, Toss, Toss]).Probability.ShouldBe(0.5);
        Forecast.Compute(MajorityRule.TwoThirds, [Toss, Toss, Toss]).Probability.ShouldBe(0.5);
        Forecast.Compute(MajorityRule.TwoThirds, [Toss, Toss]).Probability.ShouldBe(0.25);
        Forecast.Compute(MajorityRule.SimpleMajority, [Toss, Toss]).Probability.ShouldBe(0.25);
    }

    [Test]
    public void Without_a_rule_the_probability_and_the_margin_are_null()
    {
        var forecast = Forecast.Compute(MajorityRule.NotRecorded, [Toss, Toss]);
        forecast.Probability.ShouldBeNull();
        forecast.Margin.ShouldBeNull();
        forecast.Yes.Expected.ShouldBe(1);
        Pivotality.Compute(MajorityRule.NotRecorded, [Toss, Toss]).ShouldBeEmpty();
        BlocShock.ProbabilityOf(MajorityRule.NotRecorded, [Toss, Toss], ["a", "a"], 0.5).ShouldBeNull();
    }
}
