using VoteTracker.Voting.Dependence;

namespace VoteTracker.Tests.Voting.Dependence;

public sealed class CasesOfMemberTests
{
    [Test]
    public void Chances_near_0_and_strong_factors_keep_the_mean()
    {
        foreach (var strength in new[] { 0, 0.5, 3, 12 })
        {
            foreach (var least in new[] { 0, 1e-12, 1e-6, 0.01, 0.25 })
            {
                double[] target = [1 - 3 * least, least, least, least];
                Check(target, Tilts(strength));
                Check([least, least, 1 - 3 * least, least], Tilts(strength));
            }
            Check([0, 0.5, 0, 0.5], Tilts(strength));
            Check([0, 0, 0, 1], Tilts(strength));
        }
    }

    private static void Check(double[] target, double[] tilts)
    {
        var weights = new double[4];
        var chances = new double[tilts.Length];
        CasesOfMember.Calibrate(target, tilts, weights);
        CasesOfMember.Compute(weights, tilts, chances);
        for (var c = 0; c < 4; c++)
        {
            chances.AsSpan(c * 64, 64).ToArray().Average().ShouldBe(target[c], 1e-10);
        }
    }

    private static double[] Tilts(double strength)
    {
        var points = HaltonPoints.Create(4);
        return
        [
            .. Enumerable
                .Range(0, 4)
                .SelectMany(c => Enumerable.Range(0, 64).Select(i => Math.Exp(strength * points[i * 4 + c]))),
        ];
    }
}
