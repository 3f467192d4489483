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

    // Chances below this are left out. They would only slow the processor down.
    private const double Least = 1e-40;

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
        var from = _cells.AsSpan();
        var to = _next.AsSpan();
        for (var i = first; i <= last; i += Lanes)
        {
            var sum =
                vectorRest * Vector256.Create<double>(from.Slice(i, Lanes))
                + vectorYes * Vector256.Create<double>(from.Slice(i - 1, Lanes))
                + vectorNo * Vector256.Create<double>(from.Slice(i + _no, Lanes));
            sum.CopyTo(to.Slice(i, Lanes));
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
