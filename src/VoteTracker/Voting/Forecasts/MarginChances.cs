using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>
/// The chance of every margin, exactly, while members are added one after the other: a yes is +1, a no −2 (−1 under a
/// simple majority), the rest 0. That nobody at all votes is kept apart, for 0-0 has the margin of 2-1 and is not reached.
/// </summary>
internal sealed class MarginChances
{
    private readonly double[] _cells;
    private readonly int _zero;
    private readonly int _no;
    private readonly int _threshold;

    /// <summary>Room for so many members.</summary>
    public MarginChances(MajorityRule rule, int capacity)
    {
        (_no, _threshold) = rule switch
        {
            MajorityRule.TwoThirds => (2, 0),
            MajorityRule.SimpleMajority => (1, 1),
            _ => throw new ArgumentException("Without a rule there is no margin.", nameof(rule)),
        };
        _zero = _no * capacity;
        _cells = new double[_zero + capacity + 1];
        Clear();
    }

    /// <summary>How many were added.</summary>
    public int Members { get; private set; }

    /// <summary>The chance that none of them votes yes or no.</summary>
    public double Nobody { get; private set; }

    /// <summary>The lowest margin there can be.</summary>
    public int Lowest => -_no * Members;

    /// <summary>The chance of each margin from the lowest on, but for that nobody votes.</summary>
    private Span<double> Cells => _cells.AsSpan(_zero + Lowest, (_no + 1) * Members + 1);

    /// <summary>Nobody yet.</summary>
    public void Clear()
    {
        (Members, Nobody) = (0, 1);
        Cells.Clear();
    }

    /// <summary>The same as another of the same rule and room.</summary>
    public void CopyFrom(MarginChances other)
    {
        (Members, Nobody) = (other.Members, other.Nobody);
        other.Cells.CopyTo(Cells);
    }

    /// <summary>One member more.</summary>
    public void Add(double yes, double no, double notVoting)
    {
        // In place, from the lowest up: what is still needed of the cells below is carried along.
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

    /// <summary>One member more.</summary>
    public void Add(Chances chances)
    {
        if (!chances.AreMade)
        {
            throw new ArgumentException("A member has no chances: they are made with Chances.Of.", nameof(chances));
        }
        Add(chances.Yes, chances.No, chances.NotVoting);
    }

    /// <summary>A group more, whose members are not in yet.</summary>
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

    /// <summary>Adds another's chances, by weight, to its own: a state of the world among several, of as many members.</summary>
    public void Weigh(double weight, MarginChances world)
    {
        if (Members < world.Members)
        {
            // The first of them.
            (Members, Nobody) = (world.Members, 0);
            Cells.Clear();
        }
        var mine = Cells;
        var theirs = world.Cells;
        for (var i = 0; i < theirs.Length; i++)
        {
            mine[i] += weight * theirs[i];
        }
        Nobody += weight * world.Nobody;
    }

    /// <summary>The chance that it is reached by them.</summary>
    public double Reached() => From(_threshold);

    /// <summary>The chance that it is reached by them and one more yes: then somebody votes.</summary>
    public double ReachedWithYes() => From(_threshold - 1) + Nobody;

    /// <summary>The chance that it is reached by them in spite of one more no.</summary>
    public double ReachedWithNo() => From(_threshold + _no);

    /// <summary>The chance of each margin from the lowest on.</summary>
    public double[] All()
    {
        var all = Cells.ToArray();
        all[-Lowest] += Nobody;
        return all;
    }

    // From the small ends of the tail to its middle, so that what is small is not lost on what is large.
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
