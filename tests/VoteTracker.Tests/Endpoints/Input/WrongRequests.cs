using System.Text;

namespace VoteTracker.Tests.Endpoints.Input;

/// <summary>Requests with a body as it is written, and a check that a wrong one changed nothing.</summary>
internal static class WrongRequests
{
    public const string Stance = """{"position": "yes", "certainty": "confirmed", "evidence": "meeting"}""";

    public static async Task Unchanged(App app, string draft, Func<Task> wrong)
    {
        var before = await State(app, draft);
        await wrong();
        (await State(app, draft)).ShouldBe(before, "nothing changed");
    }

    public static async Task<string> State(App app, string draft) =>
        (await app.Admin.GetJson($"/v1/resolutions/{draft}")).ToJsonString()
        + (await app.Admin.GetJson($"/v1/resolutions/{draft}/stances/NOR")).ToJsonString()
        + (await app.Admin.GetJson("/v1/changes?limit=1000"))["items"]!.AsArray().Count;

    public static Task<HttpResponseMessage> Put(HttpClient client, string path, string json) =>
        Put(client, path, Encoding.UTF8.GetBytes(json));

    public static Task<HttpResponseMessage> Put(HttpClient client, string path, byte[] body) =>
        Send(client, HttpMethod.Put, path, body);

    public static Task<HttpResponseMessage> Send(
        HttpClient client,
        HttpMethod method,
        string path,
        byte[] body,
        string? contentType = "application/json",
        string? ifMatch = "*"
    )
    {
        var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(body) };
        if (contentType is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType).ShouldBeTrue();
        }
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch).ShouldBeTrue();
        }
        return client.SendAsync(request);
    }
}
