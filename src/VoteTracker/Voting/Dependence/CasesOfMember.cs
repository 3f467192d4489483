using System.Runtime.Intrinsics;
using VoteTracker.Voting.Learning;

namespace VoteTracker.Voting.Dependence;

/// <summary>
/// The chances of one member in each case of the factors. Offsets are found such that their mean over the cases is the
/// member's own chances, so that dependence changes only the joint distribution.
/// </summary>
internal static class CasesOfMember
{
    /// <summary>The largest difference between the mean over the cases and the chances of the member.</summary>
    public const double Tolerance = 1e-12;

    private const int Outcomes = FactorModel.Outcomes;
    private const int MaxIterations = 100;
    private const double LongestStep = 3;
    private const int Lanes = 4;

    /// <summary>Finds the factors exp(offset) of the four votes.</summary>
    /// <param name="target">The chances that are the mean.</param>
    /// <param name="tilts">For each vote and case, exp(loading · z).</param>
    /// <param name="weights">The result. The weight of a vote with the chance 0 is 0.</param>
    public static void Calibrate(ReadOnlySpan<double> target, ReadOnlySpan<double> tilts, Span<double> weights)
    {
        var cases = tilts.Length / Outcomes;
        for (var c = 0; c < Outcomes; c++)
        {
            var sum = 0d;
            foreach (var tilt in tilts.Slice(c * cases, cases))
            {
                sum += tilt;
            }
            weights[c] = target[c] > 0 ? target[c] * cases / sum : 0;
        }
        Span<double> mean = stackalloc double[Outcomes];
        Span<double> products = stackalloc double[Outcomes * Outcomes];
        var last = double.PositiveInfinity;
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            Moments(weights, tilts, mean, products);
            var error = 0d;
            for (var c = 0; c < Outcomes; c++)
            {
                error = Math.Max(error, Math.Abs(target[c] - mean[c]));
            }
            if (error <= Tolerance / 10)
            {
                return;
            }
            // A Newton step converges fast near the solution; proportional fitting converges from everywhere.
            if (error < 0.8 * last)
            {
                StepByNewton(target, mean, products, weights);
            }
            else
            {
                for (var c = 0; c < Outcomes; c++)
                {
                    weights[c] *= target[c] > 0 ? target[c] / mean[c] : 0;
                }
            }
            last = error;
        }
    }

    /// <summary>Computes the chances of each case, by vote and case.</summary>
    public static void Compute(ReadOnlySpan<double> weights, ReadOnlySpan<double> tilts, Span<double> chances)
    {
        var cases = tilts.Length / Outcomes;
        for (var i = 0; i < cases; i++)
        {
            var sum = 0d;
            for (var c = 0; c < Outcomes; c++)
            {
                chances[c * cases + i] = weights[c] * tilts[c * cases + i];
                sum += chances[c * cases + i];
            }
            for (var c = 0; c < Outcomes; c++)
            {
                chances[c * cases + i] /= sum;
            }
        }
    }

    // The mean chances over the cases, and the means of their products.
    private static void Moments(
        ReadOnlySpan<double> weights,
        ReadOnlySpan<double> tilts,
        Span<double> mean,
        Span<double> products
    )
    {
        var cases = tilts.Length / Outcomes;
        var (w0, w1, w2, w3) = (
            Vector256.Create(weights[0]),
            Vector256.Create(weights[1]),
            Vector256.Create(weights[2]),
            Vector256.Create(weights[3])
        );
        Vector256<double> m0 = default,
            m1 = default,
            m2 = default,
            m3 = default,
            p01 = default,
            p02 = default,
            p03 = default,
            p12 = default,
            p13 = default,
            p23 = default;
        for (var i = 0; i < cases; i += Lanes)
        {
            var a = w0 * Vector256.Create(tilts.Slice(i, Lanes));
            var b = w1 * Vector256.Create(tilts.Slice(cases + i, Lanes));
            var c = w2 * Vector256.Create(tilts.Slice(2 * cases + i, Lanes));
            var d = w3 * Vector256.Create(tilts.Slice(3 * cases + i, Lanes));
            var one = Vector256<double>.One / (a + b + c + d);
            (a, b, c, d) = (a * one, b * one, c * one, d * one);
            (m0, m1, m2, m3) = (m0 + a, m1 + b, m2 + c, m3 + d);
            (p01, p02, p03) = (p01 + a * b, p02 + a * c, p03 + a * d);
            (p12, p13, p23) = (p12 + b * c, p13 + b * d, p23 + c * d);
        }
        (mean[0], mean[1], mean[2], mean[3]) = (Mean(m0), Mean(m1), Mean(m2), Mean(m3));
        products[1] = products[4] = Mean(p01);
        products[2] = products[8] = Mean(p02);
        products[3] = products[12] = Mean(p03);
        products[6] = products[9] = Mean(p12);
        products[7] = products[13] = Mean(p13);
        products[11] = products[14] = Mean(p23);

        // In a fixed order, so that each processor gets the same sum.
        double Mean(Vector256<double> sum) =>
            (sum.GetElement(0) + sum.GetElement(1) + (sum.GetElement(2) + sum.GetElement(3))) / cases;
    }

    // The matrix is the derivative of the mean chances by the logarithms of the weights. The most probable vote is fixed.
    private static void StepByNewton(
        ReadOnlySpan<double> target,
        ReadOnlySpan<double> mean,
        ReadOnlySpan<double> products,
        Span<double> weights
    )
    {
        Span<int> free = stackalloc int[Outcomes];
        var count = 0;
        var likeliest = 0;
        for (var c = 1; c < Outcomes; c++)
        {
            likeliest = target[c] > target[likeliest] ? c : likeliest;
        }
        for (var c = 0; c < Outcomes; c++)
        {
            if (c != likeliest && target[c] > 0)
            {
                free[count++] = c;
            }
        }
        Span<double> matrix = stackalloc double[count * count];
        Span<double> factor = stackalloc double[count * count];
        Span<double> step = stackalloc double[count];
        for (var i = 0; i < count; i++)
        {
            step[i] = target[free[i]] - mean[free[i]];
            for (var j = 0; j < count; j++)
            {
                matrix[i * count + j] = i == j ? 0 : -products[free[i] * Outcomes + free[j]];
            }
            for (var c = 0; c < Outcomes; c++)
            {
                matrix[i * count + i] += c == free[i] ? 0 : products[free[i] * Outcomes + c];
            }
        }
        SmallMatrix.Cholesky(matrix, factor, count);
        SmallMatrix.Solve(factor, step, count);
        for (var i = 0; i < count; i++)
        {
            weights[free[i]] *= Math.Exp(Math.Clamp(step[i], -LongestStep, LongestStep));
        }
    }
}
