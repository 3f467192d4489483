namespace VoteTracker.Voting.Learning;

/// <summary>
/// The features of past roll calls from the roll calls of earlier days, computed when they are needed, from the oldest to
/// the newest.
/// </summary>
internal sealed class TrainingRows(RollCallMatrix rollCalls)
{
    private readonly KernelSweep _sweep = new(rollCalls);
    private readonly Dictionary<int, (TrainingRow Warm, TrainingRow Cold)> _rows = [];
    private int _next;

    /// <summary>The roll calls.</summary>
    public RollCallMatrix RollCalls => rollCalls;

    /// <summary>The rows of a roll call; not of one that is older than all roll calls read before, and not read itself.</summary>
    public (TrainingRow Warm, TrainingRow Cold) Read(int rollCall)
    {
        if (_rows.TryGetValue(rollCall, out var known))
        {
            return known;
        }
        if (rollCall < _next)
        {
            throw new InvalidOperationException("The rows are read from the oldest to the newest.");
        }
        _next = rollCall + 1;
        var (warm, cold) = _sweep.Read(rollCall, rollCalls.CountBefore(rollCalls.DayOf(rollCall)));
        var votes = rollCalls.VotesOn(rollCall);
        return _rows[rollCall] = (TrainingRow.Create(warm, votes), TrainingRow.Create(cold, votes));
    }

    /// <summary>Forgets the rows of older roll calls.</summary>
    public void ForgetBefore(int rollCall)
    {
        foreach (var old in _rows.Keys.Where(key => key < rollCall).ToList())
        {
            _rows.Remove(old);
        }
    }
}
