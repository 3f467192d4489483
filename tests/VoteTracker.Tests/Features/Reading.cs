using System.Globalization;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features;

/// <summary>Reads fields, tags and pages of responses. A missing field fails with its name.</summary>
internal static class Reading
{
    public static JsonNode? Field(this JsonNode json, string name)
    {
        json.AsObject().ContainsKey(name).ShouldBeTrue($"has no {name}: {json.ToJsonString()}");
        return json[name];
    }

    public static int Int(this JsonNode json, string name) =>
        (json.Field(name) ?? throw new ShouldAssertException($"{name} is null: {json.ToJsonString()}")).GetValue<int>();

    /// <summary>A version: it can be above what an int has.</summary>
    public static long Version(this JsonNode json) => json.Field("version")!.GetValue<long>();

    public static int? IntOrNull(this JsonNode json, string name) => json.Field(name)?.GetValue<int>();

    public static string? Text(this JsonNode json, string name) => json.Field(name)?.GetValue<string>();

    public static bool? Flag(this JsonNode json, string name) => json.Field(name)?.GetValue<bool>();

    public static DateTimeOffset Moment(this JsonNode json, string name) =>
        DateTimeOffset.ParseExact(
            json.Text(name)!,
            "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal
        );

    /// <summary>A moment for `asOf`.</summary>
    public static string Iso(this DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    public static List<JsonNode> Items(this JsonNode page) => [.. page.Field("items")!.AsArray().Select(i => i!)];

    public static async Task<List<JsonNode>> GetItems(this HttpClient client, string path) =>
        (await client.GetJson(path)).Items();

    public static string? ETag(this HttpResponseMessage answer) => answer.Headers.ETag?.ToString();

    public static string? NextPage(this HttpResponseMessage answer)
    {
        if (!answer.Headers.TryGetValues("Link", out var links))
        {
            return null;
        }
        var link = links.ShouldHaveSingleItem();
        link.ShouldStartWith("<");
        link.ShouldEndWith(">; rel=\"next\"");
        return link[1..link.IndexOf('>', StringComparison.Ordinal)];
    }

    /// <summary>Every item of a list, page by page; each page but the last must be full.</summary>
    public static async Task<List<JsonNode>> GetPages(this HttpClient client, string path, int limit)
    {
        var found = new List<JsonNode>();
        for (var next = path; next is not null; )
        {
            using var answer = await client.GetAsync(next);
            answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, next);
            var items = (await answer.Json()).Items();
            found.AddRange(items);
            next = answer.NextPage();
            items.Count.ShouldBeLessThanOrEqualTo(limit);
            if (next is not null)
            {
                items.Count.ShouldBe(limit);
            }
        }
        return found;
    }
}
