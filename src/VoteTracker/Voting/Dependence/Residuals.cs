namespace VoteTracker.Voting.Dependence;

/// <summary>The differences between votes and their chances: a row for each roll call.</summary>
internal sealed class Residuals(int rows, int width)
{
    private const int Iterations = 30;

    private readonly double[] _cells = new double[rows * width];

    /// <summary>One difference.</summary>
    public double this[int row, int column]
    {
        set => _cells[row * width + column] = value;
    }

    /// <summary>
    /// The coordinates of the rows in the directions in which they differ most, by subspace iteration. Each coordinate has
    /// the mean square 1.
    /// </summary>
    public double[] FindDirections(int count)
    {
        var (left, right) = (new double[rows * count], new double[width * count]);
        for (var i = 0; i < right.Length; i++)
        {
            // The same start on each machine. It is not orthogonal to the result.
            right[i] = Math.Sin(1 + 1.7 * i);
        }
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            Array.Clear(left);
            for (var row = 0; row < rows; row++)
            {
                for (var i = 0; i < width; i++)
                {
                    for (var k = 0; k < count; k++)
                    {
                        left[row * count + k] += _cells[row * width + i] * right[i * count + k];
                    }
                }
            }
            Orthonormalize(left, count);
            Array.Clear(right);
            for (var row = 0; row < rows; row++)
            {
                for (var i = 0; i < width; i++)
                {
                    for (var k = 0; k < count; k++)
                    {
                        right[i * count + k] += _cells[row * width + i] * left[row * count + k];
                    }
                }
            }
        }
        return Array.ConvertAll(left, value => value * Math.Sqrt(rows));
    }

    private void Orthonormalize(double[] columns, int count)
    {
        // Fewer directions than columns: the rest is 0.
        const double least = 1e-9;
        for (var k = 0; k < count; k++)
        {
            var before = Math.Sqrt(Dot(k, k));
            for (var other = 0; other < k; other++)
            {
                var overlap = Dot(other, k);
                for (var row = 0; row < rows; row++)
                {
                    columns[row * count + k] -= overlap * columns[row * count + other];
                }
            }
            var length = Math.Sqrt(Dot(k, k));
            var scale = length > least * before ? 1 / length : 0;
            for (var row = 0; row < rows; row++)
            {
                columns[row * count + k] *= scale;
            }
        }

        double Dot(int a, int b)
        {
            var sum = 0d;
            for (var row = 0; row < rows; row++)
            {
                sum += columns[row * count + a] * columns[row * count + b];
            }
            return sum;
        }
    }
}
