namespace VoteTracker.Tests.Features.Changes;

/// <summary>Pages of the feed of changes.</summary>
internal static class ChangePages
{
    public static async Task<string> End(HttpClient client)
    {
        using var answer = await client.GetAsync("/v1/changes?limit=1000");
        return answer.NextPage()!.Split("after=")[1];
    }
}
