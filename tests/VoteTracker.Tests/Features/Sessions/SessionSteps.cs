using System.Text.Json.Nodes;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Sessions;

/// <summary>Requests for sessions.</summary>
internal static class SessionSteps
{
    /// <summary>A session that is requested: the 12th emergency special session.</summary>
    public const string Requested = "/v1/sessions/es-12";

    /// <summary>Adds an emergency special session: the 12th, or the one after it.</summary>
    public static Task<JsonNode> AddSession(this App app, string id = "es-12") =>
        app.Coordinator.Add(
            "/v1/sessions",
            new
            {
                id,
                kind = "new-emergency-session",
                subject = "A question",
            }
        );

    /// <summary>Sends a patch that is accepted, and returns the response.</summary>
    public static async Task<JsonNode> Patched(this HttpClient client, string path, string json, string ifMatch = "*")
    {
        using var answer = await client.Patch(path, json, ifMatch);
        var body = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(200, body.ToJsonString());
        return body;
    }

    /// <summary>Records the request of a member.</summary>
    public static async Task<JsonNode> RecordRequest(
        this App app,
        string iso3,
        string session = Requested,
        string requestedOn = "2026-11-20"
    )
    {
        using var answer = await app.Lobbyist.Put($"{session}/requests/{iso3}", new { requestedOn });
        var body = await answer.Json();
        ((int)answer.StatusCode).ShouldBeOneOf(200, 201);
        return body;
    }

    /// <summary>The codes of the members on the day of the tests, in their order.</summary>
    public static async Task<List<string>> Members(this App app) =>
        [.. (await app.Anonymous.GetItems("/v1/member-states?limit=1000")).Select(s => s.Text("iso3")!)];
}
