using System.Text.Json.Nodes;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Gaps;

/// <summary>Requests of the tests of gaps.</summary>
internal static class GapRequests
{
    public static string GapsOf(string draft, string query = "") => $"/v1/resolutions/{draft}/gaps{query}";

    /// <summary>The gap of a kind that a state has; null if it has none.</summary>
    public static async Task<JsonNode?> Gap(this HttpClient client, string draft, string kind, string iso3 = "NOR") =>
        (await client.GetItems(GapsOf(draft, $"?kind={kind}&limit=1000")))
            .SingleOrDefault(state => state.Text("memberState") == iso3)
            ?["gaps"]!.AsArray()
            .ShouldHaveSingleItem();

    public static async Task ShouldHaveGap(this HttpClient client, string draft, string kind, string iso3 = "NOR") =>
        (await client.Gap(draft, kind, iso3)).ShouldNotBeNull($"{iso3} has {kind}");

    public static async Task ShouldHaveNoGap(this HttpClient client, string draft, string kind, string iso3 = "NOR") =>
        (await client.Gap(draft, kind, iso3)).ShouldBeNull($"{iso3} has no {kind}");

    /// <summary>Records a meeting with Norway about a draft, with other fields.</summary>
    public static Task<JsonNode> Meet(this HttpClient client, string draft, object? fields = null)
    {
        var body = DeskRequests.Meeting(fields);
        if (!body.ContainsKey("resolution"))
        {
            body["resolution"] = draft;
        }
        return client.Add("/v1/engagements", body);
    }

    public static Task<HttpResponseMessage> CoSponsor(
        this HttpClient client,
        string draft,
        string status,
        string iso3 = "NOR"
    ) => client.Put($"/v1/resolutions/{draft}/co-sponsors/{iso3}", new { status, role = "additional" });
}
