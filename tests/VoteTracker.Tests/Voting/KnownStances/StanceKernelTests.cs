using FsCheck.Fluent;
using VoteTracker.Tests.Voting.Forecasts;
using VoteTracker.Tests.Voting.Learning;
using VoteTracker.Voting.KnownStances;
using VoteTracker.Voting.Learning;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.KnownStances;

/// <summary>What stances of members that agree say, in a record of three blocs.</summary>
public sealed class StanceKernelTests
{
    private static readonly Vote[] Votes = Enum.GetValues<Vote>();
    private static readonly double[] Even = [0.5, 0.3, 0.15, 0.05];

    private static readonly StanceKernel Kernel = new(
        LearnedModel.Build(PastResolutions.Record(LearnableRecords.Create(240)))
    );

    [Test]
    public void More_weight_on_the_stance_of_a_member_that_agrees_moves_the_prediction_towards_its_vote()
    {
        foreach (var vote in Votes)
        {
            var last = Predict(1, Stance(0, vote, 0))[(int)vote];
            foreach (var weight in (double[])[0.1, 0.3, 0.6, 1])
            {
                var now = Predict(1, Stance(0, vote, weight))[(int)vote];
                now.ShouldBeGreaterThan(last);
                last = now;
            }
        }
    }

    [Test]
    public void A_member_that_agrees_follows_a_stance_more_than_one_that_does_not()
    {
        LearnableRecords.BlocOf(1).ShouldBe(LearnableRecords.BlocOf(0));
        LearnableRecords.BlocOf(8).ShouldNotBe(LearnableRecords.BlocOf(0));
        var known = Stance(0, Vote.No, 1);
        Predict(1, known)[(int)Vote.No].ShouldBeGreaterThan(Predict(8, known)[(int)Vote.No] + 0.02);
    }

    [Test]
    public void Without_weight_the_chances_of_the_record_stay_nearly_the_same_and_in_their_order()
    {
        var chances = Predict(1, Stance(0, Vote.Abstain, 0));
        chances.ShouldBe(chances.OrderDescending());
        for (var vote = 0; vote < chances.Length; vote++)
        {
            chances[vote].ShouldBe(Even[vote], 0.05);
        }
    }

    [Test]
    public void The_chances_add_up_to_1_for_any_record_and_any_stances()
    {
        Assemblies.ForAll(
            ForecastSamples.Any(LearnableRecords.Members),
            all =>
            {
                StanceEvidence[] known =
                [
                    .. all.Select(
                        (one, i) =>
                            new StanceEvidence(i, (Vote)(i % 4), i / 12d, [one.Yes, one.No, one.Abstain, one.Absent])
                    ),
                ];
                foreach (var one in known)
                {
                    var chances = Predict(one.Member, one.Chances, known);
                    chances.Sum().ShouldBe(1, 1e-12);
                    chances.ShouldAllBe(chance => chance > 0 && chance < 1);
                }
            }
        );
    }

    [Test]
    public void The_order_of_the_stances_does_not_matter()
    {
        StanceEvidence[] known = [Stance(0, Vote.No, 0.9), Stance(5, Vote.Yes, 0.4), Stance(9, Vote.NonVoting, 0.7)];
        Predict(1, [.. known.Reverse()]).ShouldBe(Predict(1, known), 1e-12);
    }

    [Test]
    public void The_coefficients_are_those_of_the_table_and_between_them_in_between()
    {
        StanceKernel.CoefficientsFor(0).ShouldBe(StanceKernel.CoefficientsFor(20));
        StanceKernel.CoefficientsFor(193).ShouldBe(StanceKernel.CoefficientsFor(100));
        var (low, middle, high) = (
            StanceKernel.CoefficientsFor(20),
            StanceKernel.CoefficientsFor(Math.Sqrt(20 * 60)),
            StanceKernel.CoefficientsFor(60)
        );
        for (var i = 0; i < middle.Length; i++)
        {
            middle[i].ShouldBe((low[i] + high[i]) / 2, 1e-12);
        }
    }

    private static StanceEvidence Stance(int member, Vote vote, double weight) => new(member, vote, weight, Even);

    private static double[] Predict(int member, params StanceEvidence[] known) => Predict(member, Even, known);

    // The past votes fit like the record.
    private static double[] Predict(int member, double[] record, StanceEvidence[] known)
    {
        double[] chances = [.. record];
        double[] matches = Array.ConvertAll(record, chance => Math.Log(Math.Max(chance, 1e-5)));
        Kernel.Predict(member, known, new KnownEvidence(known), matches, chances);
        return chances;
    }
}
