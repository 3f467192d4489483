namespace VoteTracker.Voting.Learning;

/// <summary>Symmetric positive definite matrices with a few rows, stored row by row.</summary>
internal static class SmallMatrix
{
    /// <summary>Solves a system of which only the upper triangle is given. An exception if it is not positive definite.</summary>
    public static double[] SolveUpper(double[] matrix, double[] right)
    {
        var size = right.Length;
        var lower = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                lower[i * size + j] = matrix[j * size + i];
            }
        }
        var factor = new double[size * size];
        Cholesky(lower, factor, size, least: null);
        double[] solution = [.. right];
        Solve(factor, solution, size);
        return solution;
    }

    /// <summary>The lower Cholesky factor.</summary>
    public static double[] Cholesky(ReadOnlySpan<double> matrix, int size)
    {
        var factor = new double[size * size];
        Cholesky(matrix, factor, size);
        return factor;
    }

    /// <summary>Writes the lower Cholesky factor. A diagonal that rounding made negative becomes a tiny positive number.</summary>
    public static void Cholesky(ReadOnlySpan<double> matrix, Span<double> factor, int size) =>
        Cholesky(matrix, factor, size, least: 1e-12);

    /// <summary>Solves a system in place, given the Cholesky factor of its matrix.</summary>
    public static void Solve(ReadOnlySpan<double> factor, Span<double> right, int size)
    {
        for (var i = 0; i < size; i++)
        {
            var sum = right[i];
            for (var k = 0; k < i; k++)
            {
                sum -= factor[i * size + k] * right[k];
            }
            right[i] = sum / factor[i * size + i];
        }
        for (var i = size - 1; i >= 0; i--)
        {
            var sum = right[i];
            for (var k = i + 1; k < size; k++)
            {
                sum -= factor[k * size + i] * right[k];
            }
            right[i] = sum / factor[i * size + i];
        }
    }

    /// <summary>The inverse.</summary>
    public static double[] Invert(ReadOnlySpan<double> matrix, int size)
    {
        var factor = Cholesky(matrix, size);
        var inverse = new double[size * size];
        Span<double> column = stackalloc double[size];
        for (var j = 0; j < size; j++)
        {
            column.Clear();
            column[j] = 1;
            Solve(factor, column, size);
            for (var i = 0; i < size; i++)
            {
                inverse[i * size + j] = column[i];
            }
        }
        return inverse;
    }

    /// <summary>The matrix with ones on the diagonal.</summary>
    public static double[] Identity(int size)
    {
        var identity = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            identity[i * size + i] = 1;
        }
        return identity;
    }

    // Without a least value of the diagonal, the matrix must be positive definite. Only the lower triangle is read.
    private static void Cholesky(ReadOnlySpan<double> matrix, Span<double> factor, int size, double? least)
    {
        factor[..(size * size)].Clear();
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i * size + j];
                for (var k = 0; k < j; k++)
                {
                    sum -= factor[i * size + k] * factor[j * size + k];
                }
                factor[i * size + j] = i == j ? Math.Sqrt(Diagonal(sum)) : sum / factor[j * size + j];
            }
        }

        double Diagonal(double value) =>
            least is { } smallest ? Math.Max(value, smallest)
            : value > 0 ? value
            : throw new ArgumentException("The matrix is not positive definite.", nameof(matrix));
    }
}
