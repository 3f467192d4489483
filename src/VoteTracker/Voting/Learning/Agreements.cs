namespace VoteTracker.Voting.Learning;

/// <summary>
/// How often each pair of members voted alike, 0 to 1, if both voted yes, no or abstain. Newer and more contested roll calls
/// weigh more, and few common votes are mixed with the mean of all pairs.
/// </summary>
internal sealed class Agreements
{
    private const double Steepness = 25;

    private readonly int _members;
    private readonly double[] _agreement;
    private readonly Lazy<float[]> _neighbours;
    private readonly bool[] _voted;

    public Agreements(int members, double[] agreement, bool[] voted)
    {
        (_members, _agreement, _voted) = (members, agreement, voted);
        _neighbours = new Lazy<float[]>(Neighbours);
    }

    /// <summary>The number of members.</summary>
    public int Members => _members;

    /// <summary>The agreement of two members.</summary>
    public double this[int a, int b] => _agreement[_members * a + b];

    /// <summary>Whether a member voted yes, no or abstain in any of the roll calls.</summary>
    public bool HasVoted(int member) => _voted[member];

    /// <summary>
    /// The shares of the others in what a member's neighbours do: proportional to agreement^25, row by row. An additional
    /// last row is for a member without votes: all others have equal shares in it.
    /// </summary>
    public float[] NeighbourShares => _neighbours.Value;

    private float[] Neighbours()
    {
        var shares = new float[(_members + 1) * _members];
        for (var a = 0; a <= _members; a++)
        {
            var sum = 0d;
            var row = new double[_members];
            for (var b = 0; b < _members; b++)
            {
                row[b] =
                    !_voted[b] || a == b ? 0
                    : a == _members ? 1
                    : Math.Pow(this[a, b], Steepness);
                sum += row[b];
            }
            for (var b = 0; b < _members && sum > 0; b++)
            {
                shares[_members * a + b] = (float)(row[b] / sum);
            }
        }
        return shares;
    }
}

/// <summary>Counts agreements from one roll call to the next.</summary>
internal sealed class AgreementSweep(RollCallMatrix rollCalls)
{
    private const double Common = 3;
    private const double LeastInformation = 0.02;
    private static readonly Decay HalfLife = Decay.OfYears(3);

    private readonly int _members = rollCalls.MemberCount;
    private readonly double[] _alike = new double[rollCalls.MemberCount * rollCalls.MemberCount];
    private readonly double[] _both = new double[rollCalls.MemberCount * rollCalls.MemberCount];
    private readonly bool[] _voted = new bool[rollCalls.MemberCount];
    private int _count;
    private int _day;

    /// <summary>The agreements from the first roll calls, as of a day.</summary>
    public Agreements AsOf(int count, int day)
    {
        for (; _count < count; _count++)
        {
            DecayTo(rollCalls.DayOf(_count));
            Add(rollCalls.VotesOn(_count));
        }
        DecayTo(day);
        var (alike, both) = (_alike.Sum(), _both.Sum());
        var mean = alike / Math.Max(both, 1e-9);
        var agreement = new double[_alike.Length];
        for (var pair = 0; pair < agreement.Length; pair++)
        {
            agreement[pair] = (_alike[pair] + Common * mean) / (_both[pair] + Common);
        }
        return new Agreements(_members, agreement, [.. _voted]);
    }

    private void DecayTo(int day)
    {
        if (day <= _day)
        {
            return;
        }
        var decay = HalfLife.After(day - _day);
        for (var pair = 0; pair < _both.Length; pair++)
        {
            _alike[pair] *= decay;
            _both[pair] *= decay;
        }
        _day = day;
    }

    private void Add(byte[] votes)
    {
        var by = new int[3][];
        for (var vote = 0; vote < by.Length; vote++)
        {
            by[vote] = [.. Enumerable.Range(0, votes.Length).Where(member => votes[member] == vote)];
        }
        int[] all = [.. by.SelectMany(members => members)];
        if (all.Length == 0)
        {
            return;
        }
        // A unanimous roll call says little about who agrees with whom.
        var weight = LeastInformation + 1 - by.Sum(members => Math.Pow((double)members.Length / all.Length, 2));
        foreach (var members in by)
        {
            foreach (var a in members)
            {
                _voted[a] = true;
                var alike = _alike.AsSpan(_members * a, _members);
                var both = _both.AsSpan(_members * a, _members);
                foreach (var b in members)
                {
                    alike[b] += weight;
                }
                foreach (var b in all)
                {
                    both[b] += weight;
                }
            }
        }
    }
}
