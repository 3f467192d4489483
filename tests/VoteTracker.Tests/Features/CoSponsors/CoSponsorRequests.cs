using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.CoSponsors;

/// <summary>Requests that record and read co-sponsors.</summary>
internal static class CoSponsorRequests
{
    public static string Path(string draft, string iso3) => $"/v1/resolutions/{draft}/co-sponsors/{iso3}";

    public static async Task<JsonNode> Sign(App app, string draft, string iso3, string status = "signed")
    {
        using var answer = await app.Lobbyist.Put(Path(draft, iso3), new { status, role = "additional" });
        var json = await answer.Json();
        answer.IsSuccessStatusCode.ShouldBeTrue(json.ToJsonString());
        return json;
    }

    /// <summary>Sets the text of a draft.</summary>
    public static async Task Revise(App app, string draft, string? text)
    {
        using var answer = await app.Coordinator.Send(
            HttpMethod.Patch,
            $"/v1/resolutions/{draft}",
            new { textVersion = text }
        );
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    public static async Task<int> Count(App app, string draft, string query = "") =>
        (await app.Viewer.GetJson($"/v1/resolutions/{draft}/tally{query}"))["coSponsors"]!.GetValue<int>();
}
