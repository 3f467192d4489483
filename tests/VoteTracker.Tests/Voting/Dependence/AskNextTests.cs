using FsCheck.Fluent;
using VoteTracker.Tests.Voting.Forecasts;
using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.KnownStances;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Dependence;

public sealed class AskNextTests
{
    private static readonly Vote[] Votes = Enum.GetValues<Vote>();
    private static readonly FactorModel Model = Blocs.Model();

    [Test]
    public void The_reduction_is_the_mean_over_the_answers_and_never_negative()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            Assemblies.ForAll(
                ForecastSamples.Any(6),
                chances =>
                {
                    var cases = Blocs.Cases(Model, Blocs.With(chances));
                    var now = DependentForecast.ProbabilityOf(rule, cases)!.Value;
                    foreach (var answer in AskNext.Compute(rule, cases))
                    {
                        var m = answer.Member;
                        var expected = 0d;
                        foreach (var vote in Votes.Where(vote => chances[m][vote] > 1e-9))
                        {
                            var after = Probability(rule, cases, m, vote);
                            answer.ProbabilityAfter[(int)vote].ShouldBe(after, 1e-9);
                            expected += chances[m][vote] * AskNext.UncertaintyOf(after);
                        }
                        answer.Reduction.ShouldBe(Math.Max(0, AskNext.UncertaintyOf(now) - expected), 1e-7);
                        answer.AboutOthers.ShouldBeInRange(0, answer.OwnUncertainty);
                    }
                }
            );
        }
    }

    [Test]
    public void A_member_that_others_follow_says_more_than_one_that_nobody_follows()
    {
        CaseMember[] members = [.. Blocs.Undecided(), new CaseMember("ZZZ", Blocs.Undecided()[0].Chances)];
        var cases = Blocs.Cases(Model, members);
        var answers = AskNext.Compute(MajorityRule.TwoThirds, cases);
        answers[0].AboutOthers.ShouldBeGreaterThan(0.1);
        answers[^1].AboutOthers.ShouldBe(0, 1e-9);
        answers[0].Reduction.ShouldBeGreaterThan(answers[^1].Reduction);
        AskNext.FindMoved(cases, 0, 3).ShouldAllBe(moved => Blocs.Half(moved.Member) == 0);
        AskNext.FindMoved(cases, members.Length - 1, 3).ShouldAllBe(moved => moved.Change < 1e-9);
    }

    [Test]
    public void A_certain_vote_says_nothing()
    {
        var answer = AskNext.Compute(
            MajorityRule.TwoThirds,
            VoteCases.Independent([Chances.Certain(Vote.Yes), Blocs.Undecided()[0].Chances])
        )[0];
        (answer.Reduction, answer.OwnUncertainty, answer.AboutOthers).ShouldBe((0, 0, 0));
    }

    [TestCase(0.5, AskNextCriterion.Adoption)]
    [TestCase(0.011, AskNextCriterion.Adoption)]
    [TestCase(0.009, AskNextCriterion.Votes)]
    [TestCase(0.995, AskNextCriterion.Votes)]
    [TestCase(null, AskNextCriterion.Votes)]
    public void A_nearly_certain_result_is_ranked_by_votes(double? probability, AskNextCriterion criterion) =>
        AskNext.CriterionOf(probability).ShouldBe(criterion);

    // By the definition: the cases weighted by the chance of the answer.
    private static double Probability(MajorityRule rule, VoteCases cases, int member, Vote vote)
    {
        var (sum, weight) = (0d, 0d);
        for (var i = 0; i < cases.Count; i++)
        {
            var chances = Enumerable
                .Range(0, cases.Members)
                .Select(m =>
                    m == member
                        ? Chances.Certain(vote)
                        : Chances.Normalize(
                            cases.ChancesOf(m, Vote.Yes)[i],
                            cases.ChancesOf(m, Vote.No)[i],
                            cases.ChancesOf(m, Vote.Abstain)[i],
                            cases.ChancesOf(m, Vote.NonVoting)[i]
                        )
                )
                .ToArray();
            sum += cases.ChancesOf(member, vote)[i] * Forecast.ProbabilityOf(rule, chances)!.Value;
            weight += cases.ChancesOf(member, vote)[i];
        }
        return sum / weight;
    }
}
