using VoteTracker.Voting.Forecasts;

namespace VoteTracker.Tests.Voting.Forecasts;

public sealed class NormalTests
{
    // From tables.
    [TestCase(0, 0.5)]
    [TestCase(1, 0.841344746068543)]
    [TestCase(-1, 0.158655253931457)]
    [TestCase(1.959963984540054, 0.975)]
    [TestCase(-3, 0.00134989803163009)]
    [TestCase(-8, 6.22096057427178e-16)]
    [TestCase(40, 1)]
    [TestCase(-40, 0)]
    public void The_distribution_has_the_values_of_tables(double x, double chance) =>
        Normal.CumulativeProbability(x).ShouldBe(chance, 1e-14);

    [Test]
    public void There_and_back()
    {
        for (var chance = 1e-9; chance < 1; chance += 0.000931)
        {
            Normal.CumulativeProbability(Normal.Quantile(chance)).ShouldBe(chance, 1e-13);
        }
        Normal.Quantile(0).ShouldBe(double.NegativeInfinity);
        Normal.Quantile(1).ShouldBe(double.PositiveInfinity);
        (Normal.CumulativeProbability(Normal.Quantile(1e-100)) / 1e-100).ShouldBe(1, 1e-6);
    }
}
