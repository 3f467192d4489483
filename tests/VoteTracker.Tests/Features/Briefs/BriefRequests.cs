using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Briefs;

/// <summary>Requests for briefs and digests, and the records that they show.</summary>
internal static class BriefRequests
{
    public static string Path(string draft, string iso3 = "NOR") => $"/v1/resolutions/{draft}/briefs/{iso3}";

    /// <summary>The Markdown of a GET with status 200.</summary>
    public static async Task<string> GetMarkdown(this HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/markdown"));
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(200, text);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/markdown; charset=utf-8");
        answer.Headers.Vary.ShouldContain("Accept");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        return text;
    }

    /// <summary>Records a stance with its reason and its note.</summary>
    public static async Task Stance(
        this HttpClient client,
        string draft,
        string position,
        string? note = null,
        string? reason = null,
        string? contact = null,
        string iso3 = "NOR",
        string certainty = "likely"
    )
    {
        using var answer = await client.Put(
            $"/v1/resolutions/{draft}/stances/{iso3}",
            new
            {
                position,
                certainty,
                evidence = "call",
                note,
                reason,
                contact,
            }
        );
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Records a co-sponsor.</summary>
    public static async Task CoSponsor(this HttpClient client, string draft, string status, string iso3 = "NOR")
    {
        using var answer = await client.Put(
            $"/v1/resolutions/{draft}/co-sponsors/{iso3}",
            new { status, role = "additional" }
        );
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Assigns a state to the caller.</summary>
    public static async Task Assign(this HttpClient client, string draft, string iso3 = "NOR")
    {
        using var answer = await client.Put($"/v1/resolutions/{draft}/assignments/{iso3}", new { assignee = "me" });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Adds a comment on a stance.</summary>
    public static Task<JsonNode> Comment(this HttpClient client, string draft, string text, string iso3 = "NOR") =>
        client.Add($"/v1/resolutions/{draft}/stances/{iso3}/comments", new { text });

    public static List<JsonNode> List(this JsonNode json, string name) =>
        [.. json.Field(name)!.AsArray().Select(item => item!)];

    public static string[] Texts(this JsonNode json, string list, string field) =>
        [.. json.List(list).Select(item => item.Text(field)!)];

    public static string[] Words(this JsonNode json, string list) =>
        [.. json.List(list).Select(item => item.GetValue<string>())];
}
