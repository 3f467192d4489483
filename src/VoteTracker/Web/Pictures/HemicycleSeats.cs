namespace VoteTracker.Web.Pictures;

/// <summary>
/// The places of the seats in a half circle. The seats are counted from left to right by their angle, so that each position
/// is a sector. A straight line after some of them has a gap in each row.
/// </summary>
internal sealed class HemicycleSeats
{
    private const double Inner = 140;
    private const double Outer = 304;

    private readonly double[] _radii;
    private readonly (double Radius, double Angle)[] _seats;

    /// <summary>The half circle of this many seats.</summary>
    /// <param name="count">The number of seats.</param>
    /// <param name="line">The number of seats before the line; null without a line.</param>
    public HemicycleSeats(int count, int? line)
    {
        var rows = Math.Clamp((int)Math.Round(0.58 * Math.Sqrt(count)), 1, 14);
        _radii =
        [
            .. Enumerable.Range(0, rows).Select(i => rows == 1 ? Outer : Inner + (Outer - Inner) * i / (rows - 1)),
        ];
        Scale = rows == 1 ? 1 : Math.Min(1.5, (Outer - Inner) / (rows - 1) / 23.4);
        var before = line ?? count;
        LineAngle = count == 0 ? 0 : Math.PI * (count - before) / count;
        var all = Distribute(count, _radii, [.. Enumerable.Repeat(count, rows)]);
        var left = Distribute(before, [.. all.Select(n => (double)n)], all);
        var seats = _radii.SelectMany((radius, row) => Row(radius, left[row], all[row] - left[row], line is not null));
        _seats =
        [
            // From the left; of equal angles, the outer seat first.
            .. seats.OrderByDescending(seat => Math.Round(seat.Angle, 9)).ThenByDescending(seat => seat.Radius),
        ];
    }

    /// <summary>The size of a mark, relative to the marks of a full Assembly.</summary>
    public double Scale { get; }

    /// <summary>The angle of the line; 0 is at the right.</summary>
    public double LineAngle { get; }

    /// <summary>The place of a seat; the centre of the half circle is 0, 0.</summary>
    public (double X, double Y) this[int seat] => Place(_seats[seat].Radius, _seats[seat].Angle);

    /// <summary>The inner and the outer end of the line.</summary>
    public ((double X, double Y) Inner, (double X, double Y) Outer) Line =>
        (Place(_radii[0] - 20, LineAngle), Place(_radii[^1] + 22, LineAngle));

    // The seats of a row before and after the line. Each part is even, and the gap is one seat wide.
    private IEnumerable<(double Radius, double Angle)> Row(double radius, int before, int after, bool hasLine)
    {
        var seats = before + after;
        if (!hasLine || before == 0 || after == 0)
        {
            return Enumerable
                .Range(0, seats)
                .Select(i => (radius, seats == 1 ? Math.PI / 2 : Math.PI - Math.PI * i / (seats - 1)));
        }
        var gap = 14 * Scale / radius;
        var leftStep = before == 1 ? 0 : (Math.PI - LineAngle - gap) / (before - 1);
        var rightStep = after == 1 ? 0 : (LineAngle - gap) / (after - 1);
        return Enumerable
            .Range(0, before)
            .Select(i => (radius, LineAngle + gap + i * leftStep))
            .Concat(Enumerable.Range(0, after).Select(i => (radius, LineAngle - gap - i * rightStep)));
    }

    // In proportion to the weights; the largest remainders get the seats that are left.
    private static int[] Distribute(int count, double[] weights, int[] limits)
    {
        var total = weights.Sum();
        var shares = weights.Select(w => total == 0 ? 0 : count * w / total).ToArray();
        var rows = shares.Select((s, i) => Math.Min((int)s, limits[i])).ToArray();
        foreach (
            var row in Enumerable
                .Range(0, rows.Length)
                .Where(i => rows[i] < limits[i])
                .OrderByDescending(i => shares[i] - rows[i])
                .Take(count - rows.Sum())
                .ToList()
        )
        {
            rows[row]++;
        }
        return rows;
    }

    private static (double X, double Y) Place(double radius, double angle) =>
        (radius * Math.Cos(angle), -radius * Math.Sin(angle));
}
