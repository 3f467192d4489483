namespace VoteTracker.Voting.Tallies;

/// <summary>A tally over time.</summary>
public static class Timeline
{
    /// <summary>
    /// The changes among the states of a tally, in their order: the first of them, and each that differs from the one
    /// before in more than its moment and version.
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

    /// <summary>Of those that fall into the same step only the last, which is how the step ended.</summary>
    public static IEnumerable<Tally> Thin(IEnumerable<Tally> tallies, Func<DateTimeOffset, long> stepOf)
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
