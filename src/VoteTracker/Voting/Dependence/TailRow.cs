using System.Runtime.Intrinsics;

namespace VoteTracker.Voting.Dependence;

/// <summary>
/// The chance that a sum, to which members are added, is at least −k, for each k. It follows the same recursion as the
/// distribution of the sum, so no chances have to be added up for each member.
/// </summary>
internal sealed class TailRow
{
    private const int Lanes = 4;
    private const int Margin = 12;
    private const double Least = 1e-40;

    private readonly int _no;
    private readonly int _zero;
    private double[] _cells;
    private double[] _next;

    /// <summary>Creates a distribution with a capacity in members.</summary>
    public TailRow(int no, int capacity)
    {
        (_no, _zero) = (no, capacity + 2 * Margin);
        _cells = new double[_zero + no * capacity + 3 * Margin];
        _next = new double[_cells.Length];
        Clear();
    }

    /// <summary>Removes all members.</summary>
    public void Clear()
    {
        Fill(_cells);
        Fill(_next);

        void Fill(double[] cells)
        {
            cells.AsSpan(0, _zero).Clear();
            cells.AsSpan(_zero).Fill(1);
        }
    }

    /// <summary>Adds a member.</summary>
    public void Add(double yes, double no)
    {
        var (vectorYes, vectorNo, vectorRest) = (
            Vector256.Create(yes),
            Vector256.Create(no),
            Vector256.Create(Math.Max(0, 1 - yes - no))
        );
        var least = Vector256.Create(Least);
        var from = _cells.AsSpan();
        var to = _next.AsSpan();
        for (var i = Margin; i < from.Length - Margin; i += Lanes)
        {
            var sum =
                vectorRest * Vector256.Create<double>(from.Slice(i, Lanes))
                + vectorYes * Vector256.Create<double>(from.Slice(i + 1, Lanes))
                + vectorNo * Vector256.Create<double>(from.Slice(i - _no, Lanes));
            (sum & Vector256.GreaterThan(sum, least)).CopyTo(to.Slice(i, Lanes));
        }
        (_cells, _next) = (_next, _cells);
    }

    /// <summary>The chance that this sum and another, independent one together are at least a threshold.</summary>
    /// <param name="low">The lowest value of the other sum.</param>
    /// <param name="chances">The chances of the other sum, from its lowest value on.</param>
    /// <param name="threshold">The threshold.</param>
    public double ChanceOf(int low, ReadOnlySpan<double> chances, int threshold)
    {
        // Below the lowest cell the tail is 0.
        var begin = _zero + low - threshold;
        var skipped = Math.Clamp(-begin, 0, chances.Length);
        chances = chances[skipped..];
        var tails = _cells.AsSpan(Math.Max(0, begin));
        Vector256<double> sum = default;
        var i = 0;
        for (; i <= chances.Length - Lanes; i += Lanes)
        {
            sum += Vector256.Create(chances.Slice(i, Lanes)) * Vector256.Create<double>(tails.Slice(i, Lanes));
        }
        // In a fixed order, so that each processor gets the same sum.
        var result = sum.GetElement(0) + sum.GetElement(1) + (sum.GetElement(2) + sum.GetElement(3));
        for (; i < chances.Length; i++)
        {
            result += chances[i] * tails[i];
        }
        return result;
    }
}
