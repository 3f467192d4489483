namespace VoteTracker.Tests.Features.Scenarios;

/// <summary>Requests that compute a scenario.</summary>
internal static class ScenarioRequests
{
    public static async Task<HttpResponseMessage> Post(App app, string id, params object[] changes) =>
        await app.Viewer.Send(HttpMethod.Post, $"/v1/resolutions/{id}/scenarios", new { changes }, ifMatch: null);
}
