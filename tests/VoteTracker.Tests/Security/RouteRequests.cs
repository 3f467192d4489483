using System.Text;

namespace VoteTracker.Tests.Security;

/// <summary>The requests of the matrix of routes and roles.</summary>
internal static class RouteRequests
{
    /// <summary>Sends an empty body and an old version, so that a write changes nothing.</summary>
    public static async Task<HttpResponseMessage> Send(HttpClient client, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT" or "PATCH")
        {
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        }
        if (method is "PUT" or "PATCH" or "DELETE")
        {
            request.Headers.TryAddWithoutValidation("If-Match", "\"999\"").ShouldBeTrue();
        }
        // A stream does not end, so only the headers are read.
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>What a write could have changed.</summary>
    public static async Task<string> ReadAll(App app, string draft) =>
        (await app.Admin.GetJson($"/v1/resolutions/{draft}")).ToJsonString()
        + (await app.Admin.GetJson($"/v1/resolutions/{draft}/stances/NOR")).ToJsonString()
        + (await app.Admin.GetJson("/v1/contacts")).ToJsonString()
        + (await app.Admin.GetJson("/v1/changes?limit=1000")).ToJsonString();
}
