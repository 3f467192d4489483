namespace VoteTracker.Voting.Learning;

/// <summary>Solves small systems of linear equations with a symmetric positive definite matrix.</summary>
internal static class Cholesky
{
    /// <summary>Solves matrix · x = right. Only the upper triangle of the matrix is read.</summary>
    public static double[] Solve(double[] matrix, double[] right)
    {
        var factor = Factor(matrix, right.Length);
        var n = right.Length;
        var x = new double[n];
        for (var i = 0; i < n; i++)
        {
            var sum = right[i];
            for (var k = 0; k < i; k++)
            {
                sum -= factor[n * i + k] * x[k];
            }
            x[i] = sum / factor[n * i + i];
        }
        for (var i = n - 1; i >= 0; i--)
        {
            var sum = x[i];
            for (var k = i + 1; k < n; k++)
            {
                sum -= factor[n * k + i] * x[k];
            }
            x[i] = sum / factor[n * i + i];
        }
        return x;
    }

    /// <summary>The lower triangle L with L · Lᵀ = matrix. Only the upper triangle of the matrix is read.</summary>
    public static double[] Factor(double[] matrix, int n)
    {
        var factor = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[n * j + i];
                for (var k = 0; k < j; k++)
                {
                    sum -= factor[n * i + k] * factor[n * j + k];
                }
                if (i != j)
                {
                    factor[n * i + j] = sum / factor[n * j + j];
                    continue;
                }
                factor[n * i + i] =
                    sum > 0
                        ? Math.Sqrt(sum)
                        : throw new ArgumentException("The matrix is not positive definite.", nameof(matrix));
            }
        }
        return factor;
    }
}
