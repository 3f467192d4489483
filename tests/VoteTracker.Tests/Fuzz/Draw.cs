namespace VoteTracker.Tests.Fuzz;

/// <summary>
/// Pseudo-random choices (SplitMix64). The same seed and request number give the same choices on every machine and with
/// every version of the runtime, so that a request can be replayed by its number.
/// </summary>
internal sealed class Draw(ulong seed, long number)
{
    private ulong _state = Mix(seed) ^ Mix(unchecked((ulong)number + 0x632BE59BD9B4E019));

    /// <summary>A number from 0 to one less than the limit.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>A number within these limits, both included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>True in this percentage of cases.</summary>
    public bool Percent(int share) => Below(100) < share;

    /// <summary>True in one of this number of cases.</summary>
    public bool OneIn(int cases) => Below(cases) == 0;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    private ulong Next() => Mix(_state = unchecked(_state + 0x9E3779B97F4A7C15));

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
