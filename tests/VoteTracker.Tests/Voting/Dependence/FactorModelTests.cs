using VoteTracker.Tests.Voting.Forecasts;
using VoteTracker.Tests.Voting.Learning;
using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Learning;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Dependence;

public sealed class FactorModelTests
{
    [Test]
    public void Members_that_moved_together_do_so_in_the_cases()
    {
        var cases = Blocs.Cases(Blocs.Model(), Blocs.Undecided());
        Correlation(cases, 0, 1).ShouldBeGreaterThan(0.3);
        Correlation(cases, 7, 8).ShouldBeGreaterThan(0.3);
        // The halves are independent. With 64 cases, some correlation is left.
        Math.Abs(Correlation(cases, 0, 8)).ShouldBeLessThan(0.25);
    }

    [Test]
    public void The_same_roll_calls_give_the_same_model_to_the_last_bit()
    {
        var (first, second) = (Blocs.Model(), Blocs.Model());
        for (var m = 0; m < Blocs.Members; m++)
        {
            second.LoadingsOf(m).ToArray().ShouldBe(first.LoadingsOf(m).ToArray());
        }
        second.Covariance(Novelty.New).ToArray().ShouldBe(first.Covariance(Novelty.New).ToArray());
    }

    [Test]
    public void With_few_roll_calls_there_are_no_factors()
    {
        foreach (var count in new[] { 0, 1, 11 })
        {
            FactorFit.Estimate(Blocs.RollCalls(count), Blocs.Members, Blocs.IndexOf).IsEmpty.ShouldBeTrue();
        }
        FactorFit.Estimate(Blocs.RollCalls(12), Blocs.Members, Blocs.IndexOf).Factors.ShouldBe(5);
        new RecordFactors(FactorModel.Empty, Novelty.New, Kernel: null, IsReady: true)
            .FindCases(Blocs.Undecided(), update: null)
            .ShouldBeNull();
    }

    [Test]
    public void A_roll_call_of_a_learned_model_counts_once_and_not_once_for_each_view()
    {
        var learned = LearnedModel.Build(PastResolutions.Record(LearnableRecords.Create(60)));
        learned.ScoredRollCalls.Count.ShouldBe(60);
        FactorModel.From(learned).RollCalls.ShouldBe(60);
    }

    [Test]
    public void Unusual_records_give_finite_numbers()
    {
        foreach (var vote in Enum.GetValues<Vote>())
        {
            var same = FactorFit.Estimate(
                [.. Enumerable.Range(0, 20).Select(i => Blocs.Create(i, _ => (int)vote))],
                Blocs.Members,
                Blocs.IndexOf
            );
            IsFinite(same);
        }
        // All on one day, and all alike but one.
        IsFinite(
            FactorFit.Estimate(
                [.. Enumerable.Range(0, 20).Select(i => Blocs.Create(0, m => i == 7 && m == 3 ? 1 : 2))],
                Blocs.Members,
                Blocs.IndexOf
            )
        );

        static void IsFinite(FactorModel model)
        {
            var cases = Blocs.Cases(model, Blocs.Undecided());
            for (var m = 0; m < Blocs.Members; m++)
            {
                model.LoadingsOf(m).ToArray().ShouldAllBe(loading => double.IsFinite(loading));
                cases.ChancesOf(m, Vote.Yes).ToArray().ShouldAllBe(chance => chance >= 0 && chance <= 1);
            }
        }
    }

    private static double Correlation(VoteCases cases, int a, int b)
    {
        var (x, y) = (cases.ChancesOf(a, Vote.Yes).ToArray(), cases.ChancesOf(b, Vote.Yes).ToArray());
        var (meanX, meanY) = (x.Average(), y.Average());
        var covariance = x.Zip(y, (one, other) => (one - meanX) * (other - meanY)).Average();
        return covariance / Math.Sqrt(meanX * (1 - meanX) * meanY * (1 - meanY));
    }
}
