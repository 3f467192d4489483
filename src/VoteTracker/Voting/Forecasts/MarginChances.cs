using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>
/// The exact distribution of the margin while members are added. A yes adds 1, a no −2 (−1 under a simple majority),
/// anything else 0. The case without any vote is separate: 0-0 has the same margin as 2-1 and is not reached.
/// </summary>
internal sealed class MarginChances
{
    private readonly double[] _cells;
    private readonly int _zero;
    private readonly int _no;
    private readonly int _threshold;

    /// <summary>Creates a distribution with a capacity in members.</summary>
    public MarginChances(MajorityRule rule, int capacity)
    {
        (_no, _threshold) = (rule.WeightOfNo(), rule.MissingYes(margin: 0));
        _zero = _no * capacity;
        _cells = new double[_zero + capacity + 1];
        Clear();
    }

    /// <summary>The number of members that were added.</summary>
    public int Members { get; private set; }

    /// <summary>The probability that no member votes yes or no.</summary>
    public double Nobody { get; private set; }

    /// <summary>The lowest possible margin.</summary>
    public int Lowest => -_no * Members;

    /// <summary>The probability of each margin from the lowest on, without the case that no member votes.</summary>
    private Span<double> Cells => _cells.AsSpan(_zero + Lowest, (_no + 1) * Members + 1);

    /// <summary>Removes all members.</summary>
    public void Clear()
    {
        (Members, Nobody) = (0, 1);
        Cells.Clear();
    }

    /// <summary>Copies another distribution with the same rule and capacity.</summary>
    public void CopyFrom(MarginChances other)
    {
        (Members, Nobody) = (other.Members, other.Nobody);
        other.Cells.CopyTo(Cells);
    }

    /// <summary>Adds a member.</summary>
    public void Add(double yes, double no, double notVoting)
    {
        // In place, from the lowest cell up; `below` has the old value of the cell below.
        var (first, last) = (_zero + Lowest - _no, _zero + Members + 1);
        _cells.AsSpan(first, _no).Clear();
        _cells[last] = 0;
        var below = 0d;
        for (var i = first; i <= last - _no; i++)
        {
            var here = _cells[i];
            _cells[i] = notVoting * here + yes * below + no * _cells[i + _no];
            below = here;
        }
        for (var i = Math.Max(first, last - _no + 1); i <= last; i++)
        {
            var here = _cells[i];
            _cells[i] = notVoting * here + yes * below;
            below = here;
        }
        _cells[_zero + 1] += yes * Nobody;
        _cells[_zero - _no] += no * Nobody;
        Nobody *= notVoting;
        Members++;
    }

    /// <summary>Adds a member.</summary>
    public void Add(Chances chances)
    {
        if (!chances.IsDefined)
        {
            throw new ArgumentException(
                "A member has no chances; create them with Chances.Normalize.",
                nameof(chances)
            );
        }
        Add(chances.Yes, chances.No, chances.NotVoting);
    }

    /// <summary>Adds the distribution of a group.</summary>
    public void Add(MarginChances group)
    {
        var mine = Cells.ToArray();
        var (lowest, nobody) = (Lowest, Nobody);
        Members += group.Members;
        Cells.Clear();
        Nobody = nobody * group.Nobody;
        for (var i = 0; i < mine.Length; i++)
        {
            _cells[_zero + lowest + i] += mine[i] * group.Nobody;
        }
        var theirs = group.Cells;
        for (var j = 0; j < theirs.Length; j++)
        {
            var share = theirs[j];
            var at = _zero + lowest + group.Lowest + j;
            _cells[_zero + group.Lowest + j] += nobody * share;
            for (var i = 0; i < mine.Length; i++)
            {
                _cells[at + i] += mine[i] * share;
            }
        }
    }

    /// <summary>Adds another distribution of the same members with a weight, as one case of a mixture.</summary>
    public void AddWeighted(double weight, MarginChances other)
    {
        if (Members < other.Members)
        {
            // The first case.
            (Members, Nobody) = (other.Members, 0);
            Cells.Clear();
        }
        var mine = Cells;
        var theirs = other.Cells;
        for (var i = 0; i < theirs.Length; i++)
        {
            mine[i] += weight * theirs[i];
        }
        Nobody += weight * other.Nobody;
    }

    /// <summary>The probability that the majority is reached.</summary>
    public double Reached() => From(_threshold);

    /// <summary>The probability that it is reached with one more yes vote.</summary>
    public double ReachedWithYes() => From(_threshold - 1) + Nobody;

    /// <summary>The probability that it is reached with one more no vote.</summary>
    public double ReachedWithNo() => From(_threshold + _no);

    /// <summary>The probability of each margin from the lowest on.</summary>
    public double[] All()
    {
        var all = Cells.ToArray();
        all[-Lowest] += Nobody;
        return all;
    }

    // Adds from the tail to the middle, where values are larger, to limit rounding errors.
    private double From(int margin)
    {
        var sum = 0d;
        for (var i = _zero + Members; i >= _zero + Math.Max(margin, Lowest); i--)
        {
            sum += _cells[i];
        }
        return Math.Min(sum, 1);
    }
}
