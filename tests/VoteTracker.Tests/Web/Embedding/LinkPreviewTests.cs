using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VoteTracker.Tests.Features;

namespace VoteTracker.Tests.Web.Embedding;

/// <summary>What other programs read of a page: Open Graph and oEmbed. All addresses open, and all sizes are true.</summary>
public sealed partial class LinkPreviewTests
{
    private const string Public = "https://votes.example";

    private static readonly Dictionary<string, string> WithPublicUrl = new(StringComparer.Ordinal)
    {
        ["PublicUrl"] = Public,
    };

    [TestCase("tally", "")]
    [TestCase("positions", "?lang=ar")]
    [TestCase(null, "?lang=zh")]
    public async Task The_picture_of_a_page_opens_and_has_the_size_that_the_page_states(
        string? visibility,
        string query
    )
    {
        using var app = new App(settings: WithPublicUrl);
        var id = visibility is null ? "es-10-27" : await Draft(app, visibility);
        var tags = await Tags(app.Anonymous, $"/resolutions/{id}{query}");
        tags["og:title"].ShouldNotBeEmpty();
        tags["og:description"].ShouldNotBeEmpty();
        tags["og:type"].ShouldBe("article");
        tags["og:url"].ShouldBe($"{Public}/resolutions/{id}{query}");
        tags["twitter:card"].ShouldBe("summary_large_image");
        tags["twitter:image"].ShouldBe(tags["og:image"]);
        tags["og:image:alt"].ShouldNotBeEmpty();
        tags["og:image"].ShouldStartWith($"{Public}/");
        using var picture = await app.Anonymous.GetAsync(new Uri(tags["og:image"]).PathAndQuery);
        picture.StatusCode.ShouldBe(HttpStatusCode.OK);
        picture.Content.Headers.ContentType!.MediaType.ShouldBe(tags["og:image:type"]);
        var (width, height) = SizeOf(await picture.Content.ReadAsByteArrayAsync());
        (width, height).ShouldBe((Number(tags["og:image:width"]), Number(tags["og:image:height"])));
        (width, height).ShouldBe((1200, 630));
    }

    [Test]
    public async Task A_private_draft_has_no_preview_not_even_for_a_reader_that_sees_it()
    {
        using var app = new App();
        var id = await Draft(app, "private");
        var html = await app.Viewer.GetStringAsync($"/resolutions/{id}");
        html.ShouldNotContain("og:");
        html.ShouldNotContain("oembed");
        html.ShouldNotContain("/embed/");
        using var picture = await app.Anonymous.GetAsync($"/v1/resolutions/{id}/card.png?width=1200");
        picture.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var oembed = await app.Viewer.GetAsync(OEmbed(app, $"/resolutions/{id}"));
        await oembed.ShouldBeProblem(404);
    }

    [Test]
    public async Task A_picture_for_previews_is_the_same_for_every_caller()
    {
        using var app = new App();
        var id = await Draft(app, "positions");
        using var lobbyist = app.Lobbyist;
        await lobbyist.RecordStance(id, "NOR", "yes");
        var path = $"/v1/resolutions/{id}/card.svg";
        var svg = await app.Anonymous.GetStringAsync(path);
        svg.ShouldBe(await lobbyist.GetStringAsync(path));
        svg.ShouldNotContain("Norway");
        svg.ShouldNotContain("NOR");
    }

    [Test]
    public async Task A_forged_host_is_in_no_response_to_others_and_the_setting_wins()
    {
        using (var app = new App())
        {
            using var forged = new HttpRequestMessage(HttpMethod.Get, "/resolutions/es-10-27");
            forged.Headers.Host = "evil.example";
            using var answer = await app.Anonymous.SendAsync(forged);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("evil.example");
            (await app.Anonymous.GetStringAsync("/resolutions/es-10-27")).ShouldNotContain("evil.example");
            foreach (var path in (string[])["/sitemap.xml", "/robots.txt", OEmbed(app, "/resolutions/es-10-27")])
            {
                using var read = await app.Anonymous.GetAsync(path);
                read.StatusCode.ShouldBe(HttpStatusCode.OK);
                read.Headers.CacheControl!.Private.ShouldBeTrue(path);
            }
        }
        using var configured = new App(settings: WithPublicUrl);
        foreach (
            var path in (string[])
                [
                    "/resolutions/es-10-27",
                    "/sitemap.xml",
                    "/robots.txt",
                    $"/oembed?url={Uri.EscapeDataString($"{Public}/resolutions/es-10-27")}",
                ]
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = "evil.example";
            using var answer = await configured.Anonymous.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            var text = await answer.Content.ReadAsStringAsync();
            text.ShouldContain(Public);
            text.ShouldNotContain("evil.example");
            answer.Headers.CacheControl!.Public.ShouldBeTrue(path);
        }
    }

    [TestCase("")]
    [TestCase("&maxwidth=400")]
    [TestCase("&maxwidth=250&maxheight=200")]
    [TestCase("&maxwidth=40&maxheight=40")]
    [TestCase("&maxheight=9999&maxwidth=9999")]
    [TestCase("&maxheight=99999999999&maxwidth=99999999999")]
    public async Task The_oEmbed_address_of_a_page_returns_a_frame_that_fits(string limits)
    {
        using var app = new App();
        var html = await app.Anonymous.GetStringAsync("/resolutions/es-10-27?lang=fr");
        var link = OEmbedLink().Match(html).Groups["href"].Value;
        var answer = await app.Anonymous.GetJson(new Uri(WebUtility.HtmlDecode(link)).PathAndQuery + limits);
        answer["version"]!.GetValue<string>().ShouldBe("1.0");
        answer["type"]!.GetValue<string>().ShouldBe("rich");
        var (maxWidth, maxHeight) = (Limit(limits, "maxwidth"), Limit(limits, "maxheight"));
        var (width, height) = (answer["width"]!.GetValue<int>(), answer["height"]!.GetValue<int>());
        width.ShouldBeInRange(1, maxWidth);
        height.ShouldBeInRange(1, maxHeight);
        var frame = answer["html"]!.GetValue<string>();
        frame.ShouldContain($"width=\"{width}\" height=\"{height}\"");
        var source = WebUtility.HtmlDecode(FrameSource().Match(frame).Groups["src"].Value);
        (await app.Anonymous.GetStringAsync(new Uri(source).PathAndQuery)).ShouldContain("<html lang=\"fr\"");
        if (answer["thumbnail_url"] is { } thumbnail)
        {
            using var picture = await app.Anonymous.GetAsync(new Uri(thumbnail.GetValue<string>()).PathAndQuery);
            var size = SizeOf(await picture.Content.ReadAsByteArrayAsync());
            size.ShouldBe((answer["thumbnail_width"]!.GetValue<int>(), answer["thumbnail_height"]!.GetValue<int>()));
            size.Width.ShouldBeLessThanOrEqualTo(maxWidth);
            size.Height.ShouldBeLessThanOrEqualTo(maxHeight);
        }
    }

    [TestCase("/resolutions/es-10-27/", 200)]
    [TestCase("/resolutions/es-10-27/screen/?lang=fr", 200)]
    [TestCase("/embed/es-10-27/", 200)]
    [TestCase("/resolutions//", 404)]
    [TestCase("/resolutions/es-10-27//", 404)]
    public async Task An_address_with_a_final_slash_is_the_same_page(string path, int status)
    {
        using var app = new App();
        using var answer = await app.Anonymous.GetAsync(OEmbed(app, path));
        ((int)answer.StatusCode).ShouldBe(status);
    }

    [TestCase("/oembed", 400, "url is missing")]
    [TestCase("/oembed?url=", 400, "url is missing")]
    [TestCase(
        "/oembed?url={origin}/resolutions/es-10-27&url={origin}/resolutions/es-10-27",
        400,
        "url must be named once"
    )]
    [TestCase("/oembed?url={origin}/resolutions/es-10-27&maxwidth=90&maxwidth=90", 400, "maxwidth must be named once")]
    [TestCase("/oembed?url={origin}/resolutions/es-10-27&maxwidth=", 400, "maxwidth must be a whole number")]
    [TestCase("/oembed?url={origin}/resolutions/es-10-27&format=xml", 501, "format=json")]
    [TestCase("/oembed?url={origin}/resolutions/es-10-27&format=yaml", 501, "format=json")]
    [TestCase("/oembed?url={origin}/resolutions/es-10-27&format=json&format=xml", 501, "format=json")]
    [TestCase("/oembed?url={origin}/resolutions/es-10-27&maxwidth=wide", 400)]
    [TestCase("/oembed?url={origin}/resolutions/es-10-27&maxheight=-1", 400)]
    [TestCase("/oembed?url={origin}/resolutions/es-10-27&maxwidth=0", 400)]
    [TestCase("/oembed?url={origin}/resolutions/nothing", 404)]
    [TestCase("/oembed?url={origin}/states/NOR", 404)]
    [TestCase("/oembed?url=https%3A%2F%2Fevil.example%2Fresolutions%2Fes-10-27", 404)]
    [TestCase("/oembed?url=javascript%3Aalert(1)", 404)]
    [TestCase("/oembed?url=%2Fresolutions%2Fes-10-27", 404)]
    [TestCase("/oembed?url={origin}/resolutions/%3Cscript%3E", 404)]
    public async Task A_wrong_oEmbed_request_is_a_problem(string path, int status, string detail = "")
    {
        using var app = new App();
        using var client = app.Anonymous;
        var origin = Uri.EscapeDataString(client.BaseAddress!.ToString().TrimEnd('/'));
        using var answer = await client.GetAsync(path.Replace("{origin}", origin, StringComparison.Ordinal));
        (await answer.ShouldBeProblem(status))["detail"]!.GetValue<string>().ShouldContain(detail);
    }

    [Test]
    public async Task A_title_with_markup_is_escaped_in_the_frame_and_in_the_tags()
    {
        using var app = new App();
        const string title = "A \"draft\"><script>alert(1)</script>";
        var id = await app.OpenDraft(new { visibility = "tally", title });
        var html = await app.Anonymous.GetStringAsync($"/resolutions/{id}");
        html.ShouldNotContain("<script>alert");
        var answer = await app.Anonymous.GetJson(OEmbed(app, $"/resolutions/{id}"));
        answer["title"]!.GetValue<string>().ShouldContain(title);
        answer["html"]!.GetValue<string>().ShouldNotContain("<script>");
        answer["html"]!.GetValue<string>().Count(c => c == '<').ShouldBe(2);
    }

    private static async Task<string> Draft(App app, string visibility) =>
        await app.OpenDraft(new { visibility, title = "A draft on a subject" });

    private static string OEmbed(App app, string path) =>
        $"/oembed?url={Uri.EscapeDataString(app.Anonymous.BaseAddress!.ToString().TrimEnd('/') + path)}";

    private static async Task<IReadOnlyDictionary<string, string>> Tags(HttpClient client, string path) =>
        Tag()
            .Matches(await client.GetStringAsync(path))
            .ToDictionary(
                m => m.Groups["name"].Value,
                m => WebUtility.HtmlDecode(m.Groups["content"].Value),
                StringComparer.Ordinal
            );

    private static (int Width, int Height) SizeOf(byte[] png)
    {
        png.AsSpan(0, 8)
            .SequenceEqual((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
            .ShouldBeTrue();
        return (
            BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)),
            BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))
        );
    }

    private static int Limit(string limits, string name) =>
        Regex.Match(limits, $"{name}=(\\d+)") is { Success: true } match
            ? (int)Math.Min(int.MaxValue, long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            : int.MaxValue;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        "<meta (?:property|name)=\"(?<name>[a-z:]+)\" content=\"(?<content>[^\"]*)\"",
        RegexOptions.None,
        1_000
    )]
    private static partial Regex Tag();

    [GeneratedRegex("type=\"application/json\\+oembed\" href=\"(?<href>[^\"]+)\"", RegexOptions.None, 1_000)]
    private static partial Regex OEmbedLink();

    [GeneratedRegex("<iframe src=\"(?<src>[^\"]+)\"", RegexOptions.None, 1_000)]
    private static partial Regex FrameSource();
}
