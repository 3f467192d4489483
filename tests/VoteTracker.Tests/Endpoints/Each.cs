namespace VoteTracker.Tests.Endpoints;

/// <summary>Many wrong things sent to one service; the one that was not refused as it should be is named.</summary>
internal static class Each
{
    public static async Task Run<T>(IReadOnlyCollection<T> cases, Func<T, Task> check)
    {
        cases.ShouldNotBeEmpty();
        foreach (var one in cases)
        {
            try
            {
                await check(one);
            }
            catch (Exception exception)
            {
                throw new AssertionException($"{one}: {exception.Message}", exception);
            }
        }
    }
}
