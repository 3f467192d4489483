namespace VoteTracker.Tests.Features.Stances;

/// <summary>Bodies of stances.</summary>
internal static class StanceBodies
{
    public static readonly object Yes = new
    {
        position = "yes",
        certainty = "confirmed",
        evidence = "meeting",
    };
}
