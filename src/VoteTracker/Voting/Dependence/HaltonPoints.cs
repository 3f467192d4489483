using VoteTracker.Voting.Forecasts;

namespace VoteTracker.Voting.Dependence;

/// <summary>
/// Fixed points that represent a standard normal distribution of a few dimensions: the first points of the Halton sequence,
/// through the normal quantile. Each dimension is moved and scaled to mean 0 and variance 1.
/// </summary>
internal static class HaltonPoints
{
    /// <summary>The number of points.</summary>
    public const int Count = 64;

    private static readonly int[] Primes = [2, 3, 5, 7, 11, 13, 17, 19];

    /// <summary>The points, one after the other.</summary>
    public static double[] Create(int dimensions)
    {
        var points = new double[Count * dimensions];
        for (var d = 0; d < dimensions; d++)
        {
            var (sum, squares) = (0d, 0d);
            for (var i = 0; i < Count; i++)
            {
                points[i * dimensions + d] = Normal.Quantile(RadicalInverse(i + 1, Primes[d]));
                sum += points[i * dimensions + d];
            }
            for (var i = 0; i < Count; i++)
            {
                points[i * dimensions + d] -= sum / Count;
                squares += points[i * dimensions + d] * points[i * dimensions + d];
            }
            for (var i = 0; i < Count; i++)
            {
                points[i * dimensions + d] /= Math.Sqrt(squares / Count);
            }
        }
        return points;
    }

    // The digits of the number in the base, mirrored at the point.
    private static double RadicalInverse(int number, int radix)
    {
        var (result, digit) = (0d, 1d);
        for (var rest = number; rest > 0; rest /= radix)
        {
            digit /= radix;
            result += digit * (rest % radix);
        }
        return result;
    }
}
