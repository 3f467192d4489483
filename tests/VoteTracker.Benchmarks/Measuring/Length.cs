namespace VoteTracker.Benchmarks.Measuring;

/// <summary>The length of a measurement: full for figures, short to check that it works.</summary>
internal sealed record Length(int Rounds, TimeSpan Round, TimeSpan Long)
{
    public static readonly Length Full = new(12, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1));
    public static readonly Length Short = new(3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
}
