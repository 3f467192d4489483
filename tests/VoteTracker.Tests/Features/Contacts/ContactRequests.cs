using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.Contacts;

/// <summary>Requests that add a contact.</summary>
internal static class ContactRequests
{
    public static readonly JsonObject Desk = new()
    {
        ["memberState"] = "NOR",
        ["name"] = "The desk",
        ["title"] = "Second secretary",
        ["office"] = "mission",
        ["email"] = "desk@example.org",
        ["phone"] = "+1 555 0100",
        ["languages"] = "Norwegian, français, 中文",
        ["notes"] = "Prefers mornings.\nSays \"maybe\".",
    };

    public static async Task<string> Add(App app, string iso3 = "NOR")
    {
        var body = (JsonObject)Desk.DeepClone();
        body["memberState"] = iso3;
        using var answer = await app.Lobbyist.PostAsJsonAsync("/v1/contacts", body);
        answer.EnsureSuccessStatusCode();
        return $"/v1/contacts/{(await answer.Json())["id"]}";
    }
}
