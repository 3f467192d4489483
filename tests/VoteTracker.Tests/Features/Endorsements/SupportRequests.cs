using System.Text.Json.Nodes;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Endorsements;

/// <summary>Endorsements, acts and pressures of tests.</summary>
internal static class SupportRequests
{
    /// <summary>The paths of the first endorsement, act and pressure.</summary>
    public static readonly string[] Paths = ["/v1/endorsements/1", "/v1/acts/1", "/v1/pressures/1"];

    /// <summary>Adds a public endorsement, an act and a pressure. Their numbers are 1 in a new database.</summary>
    public static async Task AddOfEach(App app)
    {
        using var lobbyist = app.Lobbyist;
        await AddOfEach(lobbyist);
    }

    public static async Task AddOfEach(HttpClient client)
    {
        await client.Endorse("Federation of Teachers", new { memberState = "NOR" });
        await client.Act();
        await client.Press("NOR", "no", "low");
    }

    /// <summary>Changes the first endorsement, act and pressure.</summary>
    public static async Task ChangeEach(HttpClient client, string text)
    {
        using (await client.Patch("/v1/endorsements/1", $$"""{"organisation": "{{text}}"}""")) { }
        using (await client.Patch("/v1/acts/1", $$"""{"title": "{{text}}"}""")) { }
        using (await client.Patch("/v1/pressures/1", $$"""{"note": "{{text}}"}""")) { }
    }

    /// <summary>Checks the version of the first endorsement, act and pressure.</summary>
    public static async Task ShouldHaveVersion(HttpClient client, long version)
    {
        foreach (var path in Paths)
        {
            (await client.GetJson(path)).Version().ShouldBe(version, path);
        }
    }

    /// <summary>Records an endorsement that is public, unless the fields say otherwise.</summary>
    public static Task<JsonNode> Endorse(this HttpClient client, string organisation, object? fields = null) =>
        client.Add("/v1/endorsements", Merge(new { organisation, @public = true }, fields));

    /// <summary>Records an act of Norway, unless the fields say otherwise.</summary>
    public static Task<JsonNode> Act(this HttpClient client, object? fields = null) =>
        client.Add(
            "/v1/acts",
            Merge(
                new
                {
                    memberState = "NOR",
                    kind = "statement",
                    title = "A statement",
                    on = "2026-11-20",
                    url = "https://docs.example/1",
                },
                fields
            )
        );

    /// <summary>Records a pressure.</summary>
    public static Task<JsonNode> Press(
        this HttpClient client,
        string memberState,
        string towards,
        string level,
        object? fields = null
    ) =>
        client.Add(
            "/v1/pressures",
            Merge(
                new
                {
                    memberState,
                    kind = "trade",
                    towards,
                    level,
                },
                fields
            )
        );

    /// <summary>The names of the organisations of a list.</summary>
    public static async Task<string?[]> Organisations(this HttpClient client, string query = "") =>
        [.. (await client.GetItems($"/v1/endorsements{query}")).Select(e => e.Text("organisation"))];

    private static JsonObject Merge(object defaults, object? fields)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(defaults)!.AsObject();
        foreach (var (name, value) in System.Text.Json.JsonSerializer.SerializeToNode(fields ?? new { })!.AsObject())
        {
            body[name] = value?.DeepClone();
        }
        return body;
    }
}
