using System.Text.Json.Nodes;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Web.Embedding;

/// <summary>The counts that other sites show.</summary>
public sealed class EmbedCountsTests
{
    [Test]
    public async Task The_counts_are_those_of_the_tally_for_every_resolution_of_the_record()
    {
        using var app = new App();
        using var client = app.Anonymous;
        var ids = (await client.GetJson("/v1/resolutions?limit=200"))["items"]!
            .AsArray()
            .Select(r => r!["id"]!.GetValue<string>())
            .ToList();
        ids.Count.ShouldBeGreaterThan(20);
        foreach (var id in ids)
        {
            var tally = await client.GetJson($"/v1/resolutions/{id}/tally");
            var data = await client.GetJson($"/embed/{id}.json");
            foreach (var position in (string[])["yes", "no", "abstain", "absent"])
            {
                Count(data, position).ShouldBe(tally[position]?.GetValue<int>(), $"{id} {position}");
            }
            (await client.GetStringAsync($"/embed/{id}?picture=seats")).ShouldContain("data-live=\"embed\"");
        }
    }

    [TestCase("")]
    [TestCase(".json")]
    public async Task Embedded_counts_are_cached_for_each_language(string ending)
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        await using var service = await Service.Start(folder);
        await using var nginx = await Nginx.Before(service.Address);
        using var client = nginx.Client();
        foreach (var (language, cache) in new[] { ("fr", "MISS"), ("es", "MISS"), ("fr", "HIT"), ("es", "HIT") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"embed/es-10-27{ending}");
            request.Headers.AcceptLanguage.ParseAdd(language);
            using var answer = await client.SendAsync(request);
            answer.Content.Headers.ContentLanguage.ShouldBe([language]);
            // A slow machine can need more than the second for which the response is cached.
            answer
                .Headers.GetValues("X-Cache")
                .Single()
                .ShouldBeOneOf(cache, cache == "HIT" ? "REVALIDATED" : cache, cache == "HIT" ? "STALE" : cache);
        }
    }

    private static int? Count(JsonNode data, string position) =>
        data["counts"]!
            .AsArray()
            .FirstOrDefault(count => count!["position"]!.GetValue<string>() == position)
            ?["count"]!.GetValue<int>();
}
