using VoteTracker.Tests.Features;

namespace VoteTracker.Tests.Database.Restore;

/// <summary>Requests with the tag of a resource.</summary>
internal static class TagRequests
{
    public static async Task<string> Tag(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        ((int)answer.StatusCode).ShouldBe(200, path);
        return answer.ETag().ShouldNotBeNull(path);
    }

    public static Task<HttpResponseMessage> Get(HttpClient client, string path, string tag) =>
        client.Send(HttpMethod.Get, path, ifMatch: null, ifNoneMatch: tag);
}
