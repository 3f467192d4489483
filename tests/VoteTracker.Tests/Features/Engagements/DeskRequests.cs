using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoteTracker.Tests.Features.Contacts;
using VoteTracker.Tests.Security;

namespace VoteTracker.Tests.Features.Engagements;

/// <summary>Requests for engagements, tasks and assignments.</summary>
internal static class DeskRequests
{
    /// <summary>A client with a key of its own.</summary>
    public static async Task<HttpClient> Member(this App app, string label, string role = "lobbyist") =>
        app.WithKey(await KeyRequests.NewKey(app, new { label, role }));

    /// <summary>The id of a new contact.</summary>
    public static async Task<string> Contact(App app, string iso3 = "NOR") =>
        (await ContactRequests.Add(app, iso3))["/v1/contacts/".Length..];

    /// <summary>A meeting with Norway, with other fields.</summary>
    public static JsonObject Meeting(object? fields = null)
    {
        var body = new JsonObject
        {
            ["memberState"] = "NOR",
            ["kind"] = "meeting",
            ["on"] = "2026-11-20",
            ["summary"] = "Went through the text.",
        };
        foreach (var (name, value) in JsonSerializer.SerializeToNode(fields ?? new { })!.AsObject())
        {
            body[name] = value?.DeepClone();
        }
        return body;
    }

    /// <summary>Posts a body that is accepted, and returns the response.</summary>
    public static async Task<JsonNode> Add(this HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body);
        var json = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(201, json.ToJsonString());
        return json;
    }

    /// <summary>Posts a body that is rejected, and returns the faults by their fields.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> Faults(
        this HttpClient client,
        string path,
        object body
    )
    {
        using var answer = await client.PostAsJsonAsync(path, body);
        return Faults(await answer.ShouldBeProblem(400));
    }

    /// <summary>The faults of a 400 by their fields.</summary>
    public static IReadOnlyDictionary<string, string> Faults(JsonNode problem) =>
        problem["errors"]!
            .AsObject()
            .ToDictionary(e => e.Key, e => e.Value!.AsArray()[0]!.GetValue<string>(), StringComparer.Ordinal);

    /// <summary>The numbers of a list.</summary>
    public static async Task<long[]> Numbers(this HttpClient client, string path) =>
        [.. (await client.GetJson(path))["items"]!.AsArray().Select(item => item!["id"]!.GetValue<long>())];
}
