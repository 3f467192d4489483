using VoteTracker.Voting.Learning;

namespace VoteTracker.Tests.Voting.Learning;

public sealed class ConditionalLogitTests
{
    [Test]
    public void Without_observations_the_coefficients_are_the_prior() =>
        new ConditionalLogit(2, 3, hasReference: false).Fit([0.4, 0.1], ridge: 1).ShouldBe([0.4, 0.1]);

    [Test]
    public void The_coefficients_that_made_the_outcomes_are_found()
    {
        var random = new Random(7);
        double[] truth = [1.5, -0.7];
        var (features, outcomes) = (new float[20_000 * 3 * 2], new byte[20_000]);
        Span<double> chances = stackalloc double[3];
        for (var i = 0; i < outcomes.Length; i++)
        {
            var row = features.AsSpan(6 * i, 6);
            for (var k = 0; k < row.Length; k++)
            {
                row[k] = (float)(2 * random.NextDouble() - 1);
            }
            ConditionalLogit.Predict(truth, row, hasReference: false, chances);
            var draw = random.NextDouble();
            outcomes[i] = (byte)(
                draw < chances[0] ? 0
                : draw < chances[0] + chances[1] ? 1
                : 2
            );
        }
        var logit = new ConditionalLogit(2, 3, hasReference: false);
        logit.Add(features, outcomes, 1);
        var found = logit.Fit([0, 0], ridge: 1);
        found[0].ShouldBe(1.5, 0.05);
        found[1].ShouldBe(-0.7, 0.05);
    }

    [Test]
    public void At_the_coefficients_no_small_change_is_better()
    {
        // Three observations of two outcomes: the first has the features, the second is the reference.
        float[] features = [1, 0.5f, 1, -2, 1, 3];
        byte[] outcomes = [0, 1, 0];
        var logit = new ConditionalLogit(2, 1, hasReference: true);
        logit.Add(features, outcomes, 0.7);
        var found = logit.Fit([0.1, 0.2], ridge: 1);
        var best = Objective(found);
        foreach (
            var change in (double[][])
                [
                    [0.01, 0],
                    [-0.01, 0],
                    [0, 0.01],
                    [0, -0.01],
                ]
        )
        {
            Objective([found[0] + change[0], found[1] + change[1]]).ShouldBeLessThan(best);
        }

        double Objective(double[] at)
        {
            var sum = -(Math.Pow(at[0] - 0.1, 2) + Math.Pow(at[1] - 0.2, 2)) / 2;
            Span<double> chance = stackalloc double[1];
            for (var i = 0; i < outcomes.Length; i++)
            {
                ConditionalLogit.Predict(at, features.AsSpan(2 * i, 2), hasReference: true, chance);
                sum += 0.7 * Math.Log(outcomes[i] == 0 ? chance[0] : 1 - chance[0]);
            }
            return sum;
        }
    }

    [Test]
    public void A_feature_that_separates_all_outcomes_has_a_finite_coefficient()
    {
        // Far features: a full step of Newton would be too long.
        var features = new float[200];
        var outcomes = new byte[200];
        for (var i = 0; i < features.Length; i++)
        {
            (features[i], outcomes[i]) = i % 2 == 0 ? (-9f - i % 7, (byte)1) : (9f + i % 5, (byte)0);
        }
        var logit = new ConditionalLogit(1, 1, hasReference: true);
        logit.Add(features, outcomes, 1);
        logit.Fit([-3], ridge: 1)[0].ShouldBeInRange(0.1, 5);
    }

    [Test]
    public void Observations_without_an_outcome_do_not_count()
    {
        var logit = new ConditionalLogit(1, 1, hasReference: true);
        logit.Add([1, 1, 1], [ConditionalLogit.None, ConditionalLogit.None, ConditionalLogit.None], 1);
        logit.Fit([0.3], ridge: 1).ShouldBe([0.3]);
    }
}
