namespace VoteTracker.Voting.Tallies;

/// <summary>Selects the states of a tally over time.</summary>
public static class Timeline
{
    /// <summary>
    /// The states of a tally that differ from the one before in more than the moment and version, and the first state.
    /// The order stays the same.
    /// </summary>
    public static IEnumerable<Tally> Changes(IEnumerable<Tally> tallies)
    {
        Tally? last = null;
        foreach (var tally in tallies)
        {
            if (last is null || tally with { AsOf = last.AsOf, Version = last.Version } != last)
            {
                yield return tally;
            }
            last = tally;
        }
    }

    /// <summary>The last state in each time step.</summary>
    public static IEnumerable<Tally> TakeLastOfStep(IEnumerable<Tally> tallies, Func<DateTimeOffset, long> stepOf)
    {
        Tally? last = null;
        foreach (var tally in tallies)
        {
            if (last is not null && stepOf(last.AsOf) != stepOf(tally.AsOf))
            {
                yield return last;
            }
            last = tally;
        }
        if (last is not null)
        {
            yield return last;
        }
    }
}
