using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VoteTracker.Voting.Dependence;

/// <summary>
/// The distribution of a sum to which members are added: a yes adds 1 and a no subtracts one or two. The same numbers as
/// <see cref="Forecasts.MarginChances"/>, but four at a time: a mixture needs one distribution for each case.
/// </summary>
internal sealed class MarginRow
{
    private const int Lanes = 4;

    // Room for reads and writes beyond both ends.
    private const int Margin = 8;

    // Chances below this are left out at both ends. They only cost time.
    private const double Least = 1e-20;

    private readonly int _no;
    private readonly int _zero;
    private double[] _cells;
    private double[] _next;

    /// <summary>Creates a distribution with a capacity in members.</summary>
    public MarginRow(int no, int capacity)
    {
        (_no, _zero) = (no, no * capacity + Margin);
        _cells = new double[_zero + capacity + 2 * Margin];
        _next = new double[_cells.Length];
        Clear();
    }

    /// <summary>The lowest value with a chance.</summary>
    public int Low { get; private set; }

    /// <summary>The highest value with a chance.</summary>
    public int High { get; private set; }

    /// <summary>The chances from the lowest value to the highest.</summary>
    public ReadOnlySpan<double> Chances => _cells.AsSpan(_zero + Low, High - Low + 1);

    /// <summary>Removes all members.</summary>
    public void Clear()
    {
        Array.Clear(_cells);
        (Low, High) = (0, 0);
        _cells[_zero] = 1;
    }

    /// <summary>Adds a member.</summary>
    public void Add(double yes, double no)
    {
        var (first, last) = (_zero + Low - (no > 0 ? _no : 0), _zero + High + (yes > 0 ? 1 : 0));
        var (vectorYes, vectorNo, vectorRest) = (
            Vector256.Create(yes),
            Vector256.Create(no),
            Vector256.Create(Math.Max(0, 1 - yes - no))
        );
        var to = _next.AsSpan();
        // Without bounds checks: there is room for all of these reads and writes, and the loop is half of a forecast.
        ref var read = ref MemoryMarshal.GetArrayDataReference(_cells);
        ref var write = ref MemoryMarshal.GetArrayDataReference(_next);
        for (var i = first; i <= last; i += Lanes)
        {
            (
                vectorRest * Vector256.LoadUnsafe(ref read, (nuint)i)
                + vectorYes * Vector256.LoadUnsafe(ref read, (nuint)(i - 1))
                + vectorNo * Vector256.LoadUnsafe(ref read, (nuint)(i + _no))
            ).StoreUnsafe(ref write, (nuint)i);
        }
        while (first < last && to[first] < Least)
        {
            first++;
        }
        while (last > first && to[last] < Least)
        {
            last--;
        }
        to.Slice(first - Margin, Margin).Clear();
        to.Slice(last + 1, Margin).Clear();
        (_cells, _next) = (_next, _cells);
        (Low, High) = (first - _zero, last - _zero);
    }
}
