namespace VoteTracker.Tests.Process;

/// <summary>Long tests run at a tenth of their length, and in full by `tests/run --soak`.</summary>
internal static class Length
{
    public static bool IsSoak => Environment.GetEnvironmentVariable("VOTETRACKER_TESTS_SOAK") == "1";
}
