namespace VoteTracker.Tests.Endpoints;

/// <summary>Sends many wrong requests to one service, and names those with an unexpected response.</summary>
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
