using FsCheck.Fluent;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Forecasts;

public sealed class BlocShockTests
{
    private static readonly string?[] Groups = ["a", "b", "c", "d", "e", null];

    // Each shock, and how far the probability may move from that of the shock before it. The curve is steep where the
    // shock begins, flat from 0.1 to 0.97, and steep again at 1. Measured moves are at most four fifths of these.
    private static readonly (double Shock, double Most)[] Shocks =
    [
        (0.005, 0.01),
        (0.01, 0.01),
        (0.02, 0.016),
        (0.03, 0.013),
        (0.05, 0.02),
        (0.1, 0.032),
        (0.15, 0.02),
        .. Enumerable.Range(4, 6).Select(i => (i / 20d, 0.014)),
        .. Enumerable.Range(10, 10).Select(i => (i / 20d, 0.0042)),
        (0.97, 0.001),
        (0.99, 0.003),
        (0.999, 0.005),
        (1, 0.003),
    ];

    [Test]
    public void Without_a_shock_it_is_the_independent_probability()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            Assemblies.ForAll(
                ForecastSamples.Any(30),
                members =>
                    BlocShock
                        .ProbabilityOf(rule, members, InGroups(members), 0)
                        .ShouldBe(Forecast.Compute(rule, members).Probability)
            );
        }
    }

    [TestCase(0.2)]
    [TestCase(0.9)]
    [TestCase(1)]
    public void Members_of_different_groups_are_independent_with_any_shock(double shock)
    {
        foreach (var rule in ByTheBook.Rules)
        {
            Assemblies.ForAll(
                ForecastSamples.Any(6),
                members =>
                {
                    var alone = members.Select((_, i) => Groups[i]).ToArray();
                    BlocShock
                        .ProbabilityOf(rule, members, alone, shock)!
                        .Value.ShouldBe(Forecast.Compute(rule, members).Probability!.Value, 1e-12);
                }
            );
        }
    }

    [TestCase(0.05)]
    [TestCase(0.5)]
    [TestCase(0.9)]
    [TestCase(0.99)]
    public void It_equals_the_double_integral_for_two_members(double shock)
    {
        // Both must vote yes for 2-0, and one of them alone is enough for 1-0: P(reached) of two members that vote yes or no.
        foreach (var (p, q) in new[] { (0.5, 0.5), (0.9, 0.3), (0.05, 0.6) })
        {
            Chances[] members = [Chances.Normalize(p, 1 - p, 0, 0), Chances.Normalize(q, 1 - q, 0, 0)];
            BlocShock
                .ProbabilityOf(MajorityRule.TwoThirds, members, ["a", "a"], shock)!
                .Value.ShouldBe(Both(p, q, shock), 1e-9);
        }
    }

    [TestCase(0.1)]
    [TestCase(0.5)]
    [TestCase(0.95)]
    [TestCase(1)]
    public void The_chances_of_each_member_stay_the_same(double shock)
    {
        // A second member of the group that never votes changes nothing.
        Assemblies.ForAll(
            ForecastSamples.Any(1),
            members =>
                BlocShock
                    .ProbabilityOf(
                        MajorityRule.SimpleMajority,
                        [.. members, Chances.Certain(Vote.NonVoting)],
                        [.. members.Select(_ => "a"), "a"],
                        shock
                    )!
                    .Value.ShouldBe(members.Sum(m => m.Yes), 1e-12)
        );
    }

    [Test]
    public void With_a_shock_of_1_equal_members_vote_the_same()
    {
        Chances[] members = [.. Enumerable.Repeat(Chances.Normalize(0.6, 0.3, 0.1, 0), 40)];
        string?[] group = [.. Enumerable.Repeat("a", 40)];
        BlocShock.ProbabilityOf(MajorityRule.TwoThirds, members, group, 1)!.Value.ShouldBe(0.6, 1e-12);
        // A shock near 1 has nearly the same result.
        BlocShock.ProbabilityOf(MajorityRule.TwoThirds, members, group, 0.9999)!.Value.ShouldBe(0.6, 0.01);
    }

    [Test]
    public void The_probability_is_continuous_in_the_shock()
    {
        var members = Enumerable.Range(0, 193).Select(i => Chances.Normalize(0.55, 0.25, 0.1, 0.1)).ToArray();
        var groups = InGroups(members);
        var before = BlocShock.ProbabilityOf(MajorityRule.TwoThirds, members, groups, 0)!.Value;
        foreach (var (shock, most) in Shocks)
        {
            var next = BlocShock.ProbabilityOf(MajorityRule.TwoThirds, members, groups, shock)!.Value;
            next.ShouldBeInRange(0, 1);
            next.ShouldBe(before, most, $"at {shock}");
            before = next;
        }
    }

    [TestCase(-0.1)]
    [TestCase(1.1)]
    [TestCase(double.NaN)]
    public void A_shock_out_of_range_is_rejected(double shock) =>
        Should.Throw<ArgumentOutOfRangeException>(() => BlocShock.ProbabilityOf(MajorityRule.TwoThirds, [], [], shock));

    [Test]
    public void Without_members_the_probability_is_0() =>
        BlocShock.ProbabilityOf(MajorityRule.TwoThirds, [], [], 0.5).ShouldBe(0);

    private static string?[] InGroups(Chances[] members) => [.. members.Select((_, i) => Groups[i % Groups.Length])];

    // P(X <= a, Y <= b) of two normals that are correlated, by Simpson's rule over the one and the other's conditional.
    private static double Both(double p, double q, double correlation)
    {
        const int steps = 200_000;
        var (a, b) = (Normal.Quantile(p), Normal.Quantile(q));
        var own = Math.Sqrt(1 - correlation * correlation);
        var width = (a + 10) / steps;
        var sum = 0d;
        for (var i = 0; i <= steps; i++)
        {
            var x = -10 + i * width;
            var weight =
                i is 0 or steps ? 1
                : i % 2 == 1 ? 4
                : 2;
            sum += weight * Normal.Density(x) * Normal.CumulativeProbability((b - correlation * x) / own);
        }
        return sum * width / 3;
    }
}
