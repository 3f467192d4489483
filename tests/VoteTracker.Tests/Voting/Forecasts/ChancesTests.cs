using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Forecasts;

public sealed class ChancesTests
{
    [TestCase(0.5, 0.3, 0.1, 0.1)]
    [TestCase(0.7, 0.1, 0.1, 0.1)]
    [TestCase(1, 0, 0, 0)]
    [TestCase(0, 0, 0, 1)]
    public void Four_chances_with_the_sum_1_are_accepted(double yes, double no, double abstain, double absent)
    {
        var chances = Chances.Normalize(yes, no, abstain, absent);
        (chances.Yes, chances.No, chances.Abstain, chances.Absent).ShouldBe((yes, no, abstain, absent));
        (chances.Yes + chances.No + chances.NotVoting).ShouldBe(1, 1e-15);
    }

    [TestCase(0.5, 0.3, 0.1, 0.2)]
    [TestCase(0.5, 0.3, 0.1, 0.0)]
    [TestCase(0, 0, 0, 0)]
    [TestCase(0.5, 0.5, 0.000001, 0)]
    [TestCase(double.PositiveInfinity, 0, 0, 0)]
    public void Four_chances_with_another_sum_are_rejected(double yes, double no, double abstain, double absent) =>
        Should
            .Throw<ArgumentException>(() => Chances.Normalize(yes, no, abstain, absent))
            .Message.ShouldContain("add up");

    [TestCase(-0.1, 0.4, 0.4, 0.3, "yes")]
    [TestCase(0.4, -0.1, 0.4, 0.3, "no")]
    [TestCase(0.4, 0.4, double.NegativeInfinity, 0.3, "abstain")]
    [TestCase(0.4, 0.4, 0.3, -1e-300, "absent")]
    [TestCase(double.NaN, 0.4, 0.3, 0.3, "yes")]
    [TestCase(0.4, 0.3, 0.3, double.NaN, "absent")]
    public void A_negative_chance_and_NaN_are_rejected(
        double yes,
        double no,
        double abstain,
        double absent,
        string named
    ) =>
        Should
            .Throw<ArgumentOutOfRangeException>(() => Chances.Normalize(yes, no, abstain, absent))
            .ParamName.ShouldBe(named);

    [Test]
    public void A_certain_vote_has_chance_1()
    {
        foreach (var vote in Enum.GetValues<Vote>())
        {
            var chances = Chances.Certain(vote);
            foreach (var other in Enum.GetValues<Vote>())
            {
                chances[other].ShouldBe(other == vote ? 1 : 0);
            }
        }
    }

    [Test]
    public void Members_without_chances_are_rejected()
    {
        Should.Throw<ArgumentException>(() => Forecast.Compute(MajorityRule.TwoThirds, [default]));
        Should.Throw<ArgumentException>(() => Pivotality.Compute(MajorityRule.TwoThirds, [default]));
        Should.Throw<ArgumentException>(() =>
            BlocShock.ProbabilityOf(MajorityRule.TwoThirds, [default, default], ["a", "a"], 0.5)
        );
    }
}
