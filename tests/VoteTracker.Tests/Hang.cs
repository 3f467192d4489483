namespace VoteTracker.Tests;

/// <summary>Ends a test that hangs. It is far longer than what a loaded machine needs, so it never decides a test that works.</summary>
internal static class Hang
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
}
