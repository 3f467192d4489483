using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VoteTracker.Voting.Dependence;

/// <summary>
/// The chance that a sum, to which members are added, is at least −k, for each k. It follows the same recursion as the
/// distribution of the sum, so no chances have to be added up for each member. Only the cells between 0 and 1 are computed.
/// </summary>
internal sealed class TailRow
{
    private const int Lanes = 4;
    private const int Margin = 12;

    // Cells that are closer to 0 or 1 become 0 or 1.
    private const double Least = 1e-20;
    private const double Most = 1 - 1e-14;

    private readonly int _no;
    private readonly int _zero;
    private Cells _cells;
    private Cells _next;

    /// <summary>Creates a distribution with a capacity in members.</summary>
    public TailRow(int no, int capacity)
    {
        (_no, _zero) = (no, capacity + 2 * Margin);
        var length = _zero + no * capacity + 3 * Margin;
        (_cells, _next) = (new Cells(new double[length]), new Cells(new double[length]));
        Clear();
    }

    /// <summary>Removes all members.</summary>
    public void Clear()
    {
        foreach (var cells in new[] { _cells, _next })
        {
            cells.Values.AsSpan(0, _zero).Clear();
            cells.Values.AsSpan(_zero).Fill(1);
            (cells.First, cells.End) = (_zero, _zero);
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
        var (first, end) = (_cells.First - 1, _cells.End + _no);
        // Without bounds checks: there is room for all of these reads and writes.
        ref var read = ref MemoryMarshal.GetArrayDataReference(_cells.Values);
        ref var write = ref MemoryMarshal.GetArrayDataReference(_next.Values);
        for (var i = first; i < end; i += Lanes)
        {
            (
                vectorRest * Vector256.LoadUnsafe(ref read, (nuint)i)
                + vectorYes * Vector256.LoadUnsafe(ref read, (nuint)(i + 1))
                + vectorNo * Vector256.LoadUnsafe(ref read, (nuint)(i - _no))
            ).StoreUnsafe(ref write, (nuint)i);
        }
        var to = _next.Values;
        while (first < end && to[first] < Least)
        {
            first++;
        }
        while (end > first && to[end - 1] > Most)
        {
            end--;
        }
        // Also what the loop wrote beyond the end, and what the cells were before.
        var low = Math.Min(_next.First, _cells.First - 1);
        var high = Math.Max(_next.End, _cells.End + _no) + Lanes;
        to.AsSpan(low, Math.Max(0, first - low)).Clear();
        to.AsSpan(end, Math.Max(0, high - end)).Fill(1);
        (_next.First, _next.End) = (first, end);
        (_cells, _next) = (_next, _cells);
    }

    /// <summary>The chances that this sum and another, independent one together are at least three thresholds.</summary>
    /// <param name="low">The lowest value of the other sum.</param>
    /// <param name="chances">The chances of the other sum, from its lowest value on.</param>
    /// <param name="threshold">The threshold without the member, which a yes lowers by 1 and a no raises.</param>
    public (double WithYes, double WithNo, double Without) ChancesOf(
        int low,
        ReadOnlySpan<double> chances,
        int threshold
    )
    {
        // Below the lowest cell that is read with a no, the tail is 0.
        var begin = _zero + low - threshold;
        var skipped = Math.Clamp(_no - begin, 0, chances.Length);
        var (yes, no, without) = (0d, 0d, 0d);
        for (var j = 0; j < skipped; j++)
        {
            yes += chances[j] * At(begin + j + 1);
            without += chances[j] * At(begin + j);
        }
        Vector256<double> sumYes = default,
            sumNo = default,
            sumWithout = default;
        ref var tails = ref MemoryMarshal.GetArrayDataReference(_cells.Values);
        var i = skipped;
        for (; i <= chances.Length - Lanes; i += Lanes)
        {
            var vector = Vector256.Create(chances.Slice(i, Lanes));
            var at = (nuint)(begin + i);
            sumYes += vector * Vector256.LoadUnsafe(ref tails, at + 1);
            sumNo += vector * Vector256.LoadUnsafe(ref tails, at - (nuint)_no);
            sumWithout += vector * Vector256.LoadUnsafe(ref tails, at);
        }
        for (; i < chances.Length; i++)
        {
            yes += chances[i] * At(begin + i + 1);
            no += chances[i] * At(begin + i - _no);
            without += chances[i] * At(begin + i);
        }
        return (yes + Sum(sumYes), no + Sum(sumNo), without + Sum(sumWithout));
    }

    private double At(int cell) => cell < 0 ? 0 : _cells.Values[cell];

    // In a fixed order, so that each processor gets the same sum.
    private static double Sum(Vector256<double> sum) =>
        sum.GetElement(0) + sum.GetElement(1) + (sum.GetElement(2) + sum.GetElement(3));

    // The cells before the first are 0, and those from the end on are 1.
    private sealed class Cells(double[] values)
    {
        public double[] Values { get; } = values;
        public int First { get; set; }
        public int End { get; set; }
    }
}
