using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.Sharing;

/// <summary>Requests about share links.</summary>
internal static class SharedLinks
{
    public const string Label = "Delegation of Norway";

    /// <summary>The data of a link; a link with the scope `positions` shows all of them.</summary>
    public static readonly string[] Data =
    [
        "/tally",
        "/tally.csv",
        "/breakdown",
        "/positions",
        "/stream",
        "/badge.svg",
        "/hemicycle.svg",
        "/regions.svg",
        "/board.svg",
        "/tiles.svg",
        "/timeline.svg",
    ];

    /// <summary>Creates a link, and returns the response.</summary>
    public static Task<HttpResponseMessage> Post(HttpClient client, string resolution, object body) =>
        client.PostAsJsonAsync($"/v1/resolutions/{resolution}/share-links", body);

    /// <summary>Creates a link.</summary>
    public static async Task<SharedLink> Share(
        this App app,
        string resolution,
        string scope = "tally",
        string? expiresAt = null
    )
    {
        using var coordinator = app.Coordinator;
        var body = new JsonObject { ["scope"] = scope, ["label"] = Label };
        if (expiresAt is not null)
        {
            body["expiresAt"] = expiresAt;
        }
        using var answer = await Post(coordinator, resolution, body);
        var json = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(201, json.ToJsonString());
        return new SharedLink(json.Text("id")!, new Uri(json.Text("url")!).AbsolutePath);
    }

    /// <summary>Revokes a link.</summary>
    public static async Task Revoke(this App app, string resolution, SharedLink link)
    {
        using var coordinator = app.Coordinator;
        using var answer = await coordinator.DeleteAsync($"/v1/resolutions/{resolution}/share-links/{link.Id}");
        ((int)answer.StatusCode).ShouldBe(204);
    }
}

/// <summary>A link that a test has created.</summary>
internal sealed record SharedLink(string Id, string Path)
{
    public string Secret => Path.Split('/')[^1];
}
