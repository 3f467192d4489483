namespace VoteTracker.Web.Pictures;

/// <summary>
/// The places of the seats in a half circle. The seats are counted from left to right by their angle, so that each position
/// is a sector.
/// </summary>
internal sealed class HemicycleSeats
{
    private const double Inner = 140;
    private const double Outer = 304;

    private readonly int[] _rows;
    private readonly double[] _radii;
    private readonly (int Row, double Angle)[] _seats;

    /// <summary>The half circle of this many seats.</summary>
    public HemicycleSeats(int count)
    {
        var rows = Math.Clamp((int)Math.Round(0.58 * Math.Sqrt(count)), 1, 14);
        _radii =
        [
            .. Enumerable.Range(0, rows).Select(i => rows == 1 ? Outer : Inner + (Outer - Inner) * i / (rows - 1)),
        ];
        _rows = Distribute(count, _radii);
        _seats =
        [
            .. _rows
                .SelectMany((seats, row) => Enumerable.Range(0, seats).Select(i => (row, Angle: AngleOf(i, seats))))
                // From the left; of equal angles, the outer seat first.
                .OrderByDescending(seat => Math.Round(seat.Angle, 9))
                .ThenByDescending(seat => seat.row),
        ];
        var pitch = rows == 1 ? 23 : (Outer - Inner) / (rows - 1);
        Scale = Math.Min(1.5, pitch / 23.4);
    }

    /// <summary>The size of a mark, relative to the marks of a full Assembly.</summary>
    public double Scale { get; }

    /// <summary>The number of seats.</summary>
    public int Count => _seats.Length;

    /// <summary>The place of a seat; the centre of the half circle is 0, 0.</summary>
    public (double X, double Y) this[int seat] => Place(_radii[_seats[seat].Row], _seats[seat].Angle);

    /// <summary>The line after this many seats, from the inside to the outside. It passes between the seats of each row.</summary>
    public IReadOnlyList<(double X, double Y)> LineAfter(int seats)
    {
        var before = new double?[_radii.Length];
        var after = new double?[_radii.Length];
        for (var i = 0; i < _seats.Length; i++)
        {
            var (row, angle) = _seats[i];
            if (i < seats)
            {
                before[row] = angle;
            }
            else
            {
                after[row] ??= angle;
            }
        }
        var line = new List<(double, double)>();
        for (var row = 0; row < _radii.Length; row++)
        {
            var half = _rows[row] > 1 ? Math.PI / (_rows[row] - 1) / 2 : 0.05;
            var angle = (before[row], after[row]) switch
            {
                ({ } b, { } a) => (a + b) / 2,
                ({ } b, null) => b - half,
                (null, { } a) => a + half,
                _ => Math.PI / 2,
            };
            if (row == 0)
            {
                line.Add(Place(_radii[row] - 18 * Scale, angle));
            }
            line.Add(Place(_radii[row], angle));
            if (row == _radii.Length - 1)
            {
                line.Add(Place(_radii[row] + 20 * Scale, angle));
            }
        }
        return line;
    }

    // By the length of the rows; the largest remainders get the seats that are left.
    private static int[] Distribute(int count, double[] radii)
    {
        var total = radii.Sum();
        var shares = radii.Select(r => count * r / total).ToArray();
        var rows = shares.Select(s => (int)s).ToArray();
        foreach (
            var row in Enumerable
                .Range(0, rows.Length)
                .OrderByDescending(i => shares[i] - rows[i])
                .Take(count - rows.Sum())
                .ToList()
        )
        {
            rows[row]++;
        }
        return rows;
    }

    private static double AngleOf(int seat, int seats) => seats == 1 ? Math.PI / 2 : Math.PI - Math.PI * seat / (seats - 1);

    private static (double X, double Y) Place(double radius, double angle) =>
        (radius * Math.Cos(angle), -radius * Math.Sin(angle));
}
