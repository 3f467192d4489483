using System.Globalization;
using System.Net;
using System.Xml.Linq;
using VoteTracker.Tests.Features;
using VoteTracker.Web.Discovery;

namespace VoteTracker.Tests.Web.Embedding;

/// <summary>What crawlers read.</summary>
public sealed class DiscoveryTests
{
    private static readonly XNamespace Map = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static readonly XNamespace Html = "http://www.w3.org/1999/xhtml";

    [Test]
    public async Task The_site_map_has_public_resolutions_and_states_and_each_address_opens()
    {
        using var app = new App();
        using var client = app.Anonymous;
        var hidden = await app.OpenDraft(new { visibility = "private" });
        var open = await app.OpenDraft(new { visibility = "tally" }, "A/ES-10/L.35");
        using var answer = await client.GetAsync("/sitemap.xml");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/xml");
        var map = XDocument.Parse(await answer.Content.ReadAsStringAsync());
        var pages = map.Root!.Elements(Map + "url").ToList();
        var addresses = pages.Select(page => new Uri(page.Element(Map + "loc")!.Value)).ToList();
        addresses.ShouldBeUnique();
        var paths = addresses.Select(a => a.AbsolutePath).ToList();
        paths.ShouldContain($"/resolutions/{open}");
        paths.ShouldContain("/resolutions/es-10-27");
        paths.ShouldContain("/states/NOR");
        paths.ShouldNotContain($"/resolutions/{hidden}");
        paths.Count(p => p.StartsWith("/states/", StringComparison.Ordinal)).ShouldBeGreaterThan(193);
        var draft = pages[paths.IndexOf($"/resolutions/{open}")];
        var changed = (await client.GetJson($"/v1/resolutions/{open}"))["changedAt"]!.GetValue<DateTimeOffset>();
        draft
            .Element(Map + "lastmod")!
            .Value.ShouldBe(changed.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        draft
            .Elements(Html + "link")
            .Select(l => l.Attribute("hreflang")!.Value)
            .ShouldBeInAnyOrder(["en", "fr", "es", "ru", "zh", "ar"]);
        // The guide and the reference exist in English alone.
        paths.ShouldContain("/docs/contacts");
        foreach (
            var english in paths.Where(p =>
                p.StartsWith("/guide/", StringComparison.Ordinal) || p.StartsWith("/docs/", StringComparison.Ordinal)
            )
        )
        {
            pages[paths.IndexOf(english)].Elements(Html + "link").ShouldBeEmpty(english);
        }
        foreach (var path in paths.Where((_, i) => i % 7 == 0))
        {
            using var page = await client.GetAsync(path);
            page.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }
    }

    [TestCase("0", 404)]
    [TestCase("1", 200)]
    [TestCase("2", 404)]
    [TestCase("x", 404)]
    public async Task A_part_that_does_not_exist_is_a_404(string part, int status)
    {
        using var app = new App();
        using var answer = await app.Anonymous.GetAsync($"/sitemap.xml?part={part}");
        ((int)answer.StatusCode).ShouldBe(status);
    }

    [Test]
    public void A_large_site_map_is_an_index_of_parts_that_have_each_page_once()
    {
        var pages = Enumerable.Range(0, 25).Select(i => new SitemapPage($"/resolutions/r-{i}", null)).ToList();
        var index = Parse(Sitemap.Write("https://votes.example", pages, part: null, maxPages: 10));
        index.Root!.Name.ShouldBe(Map + "sitemapindex");
        var parts = index.Root.Elements(Map + "sitemap").Select(s => s.Element(Map + "loc")!.Value).ToList();
        parts.ShouldBe(Enumerable.Range(1, 3).Select(i => $"https://votes.example/sitemap.xml?part={i}"));
        Enumerable
            .Range(1, 3)
            .SelectMany(part =>
                Parse(Sitemap.Write("https://votes.example", pages, part, maxPages: 10)).Root!.Elements(Map + "url")
            )
            .Select(url => url.Element(Map + "loc")!.Value)
            .ShouldBe(pages.Select(page => $"https://votes.example{page.Path}"));
        Sitemap.Write("https://votes.example", pages, part: 4, maxPages: 10).ShouldBeNull();
        // The protocol has limits of 50,000 addresses and 50 MB.
        var full = Enumerable
            .Range(0, Sitemap.MaxPages)
            .Select(_ => new SitemapPage($"/resolutions/{new string('x', 64)}", DateTimeOffset.MaxValue))
            .ToList();
        full.Count.ShouldBeLessThanOrEqualTo(50_000);
        Sitemap.Write("https://a-long-host-name.votes.example", full, part: null)!.Length.ShouldBeLessThan(50_000_000);
    }

    [Test]
    public async Task Crawlers_find_the_site_map_and_leave_out_the_data_and_the_desk()
    {
        using var app = new App();
        using var answer = await app.Anonymous.GetAsync("/robots.txt");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n');
        lines.ShouldContain("User-agent: *");
        lines.ShouldContain("Disallow: /v1/");
        lines.ShouldContain("Disallow: /desk/");
        lines.ShouldContain("Allow: /v1/resolutions/*.png");
        lines
            .Single(l => l.StartsWith("Sitemap: ", StringComparison.Ordinal))
            .ShouldBe("Sitemap: http://localhost/sitemap.xml");
    }

    [Test]
    public async Task The_icon_is_an_icon_and_the_files_for_other_sites_can_be_read_by_them()
    {
        using var app = new App();
        using var icon = await app.Anonymous.GetAsync("/favicon.ico");
        icon.Content.Headers.ContentType!.MediaType.ShouldBe("image/x-icon");
        (await icon.Content.ReadAsByteArrayAsync())
            .AsSpan(0, 4)
            .SequenceEqual((ReadOnlySpan<byte>)[0, 0, 1, 0])
            .ShouldBeTrue();
        foreach (
            var path in (string[])
                ["/embed.js", "/embed/es-10-27.json", "/v1/resolutions/es-10-27/breakdown?include=tally"]
        )
        {
            using var answer = await app.Anonymous.GetAsync(path);
            answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"], path);
            answer.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
        }
        // It has no sign that another character encoding would change.
        (await app.Anonymous.GetStringAsync("/embed.js"))
            .Where(c => c > 127)
            .ShouldBeEmpty();
    }

    private static XDocument Parse(byte[]? xml)
    {
        using var stream = new MemoryStream(xml.ShouldNotBeNull());
        return XDocument.Load(stream);
    }
}
