using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Security;

namespace VoteTracker.Tests.Web.Embedding;

/// <summary>The count for other sites, without a browser.</summary>
public sealed class EmbedPageTests
{
    [Test]
    public async Task Only_the_embedded_count_can_be_framed()
    {
        using var app = new App();
        foreach (var path in (string[])["/embed/es-10-27", "/embed/nothing"])
        {
            using var answer = await Html(app.Anonymous, path);
            var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
            policy.ShouldContain("frame-ancestors *");
            policy.ShouldContain("default-src 'self'");
            policy.ShouldNotContain("unsafe");
            answer.Headers.Contains("X-Frame-Options").ShouldBeFalse();
            answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        }
        foreach (
            var path in (string[])
                [
                    "/",
                    "/resolutions/es-10-27",
                    "/resolutions/es-10-27/screen",
                    "/sign-in",
                    "/guide",
                    "/docs",
                    "/embed",
                    "/swagger/index.html",
                ]
        )
        {
            using var answer = await Html(app.Anonymous, path);
            answer
                .Headers.GetValues("Content-Security-Policy")
                .ShouldHaveSingleItem()
                .ShouldContain("frame-ancestors 'none'", customMessage: path);
        }
    }

    [TestCase("en", "This count is not public")]
    [TestCase("fr", "Ce décompte n’est pas public")]
    [TestCase("es", "Este recuento no es público")]
    [TestCase("ru", "Этот подсчёт не опубликован")]
    [TestCase("zh", "此计票未公开")]
    [TestCase("ar", "هذا العدّ غير علني")]
    public async Task A_private_draft_and_an_unknown_one_are_the_same_page_in_the_readers_language(
        string lang,
        string message
    )
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "private", title = "Hidden title" });
        using var hidden = await Html(app.Anonymous, $"/embed/{id}?lang={lang}");
        using var unknown = await Html(app.Anonymous, $"/embed/es-10-l-999?lang={lang}");
        hidden.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var text = await hidden.Content.ReadAsStringAsync();
        WebUtility.HtmlDecode(text).ShouldContain(message);
        text.ShouldBe(await unknown.Content.ReadAsStringAsync());
        string Headers(HttpResponseMessage answer) =>
            string.Join(
                '\n',
                answer
                    .Headers.Concat(answer.Content.Headers)
                    .Where(h => h.Key != "Date")
                    .Select(h => $"{h.Key}: {string.Join(", ", h.Value)}")
            );
        Headers(hidden).ShouldBe(Headers(unknown));
        using var data = await app.Anonymous.GetAsync($"/embed/{id}.json?lang={lang}");
        data.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await data.Json())["direction"]!.GetValue<string>().ShouldBe(lang == "ar" ? "rtl" : "ltr");
    }

    [Test]
    public async Task A_session_and_a_key_change_nothing()
    {
        using var app = new App();
        var hidden = await app.OpenDraft(new { visibility = "private" });
        var open = await app.OpenDraft(new { visibility = "positions" }, "A/ES-10/L.35");
        using var lobbyist = app.Lobbyist;
        await lobbyist.RecordStance(open, "NOR", "yes");
        using var browser = new CookieBrowser(app);
        await browser.SignIn(App.AdminKey);
        foreach (var ending in (string[])["", ".json"])
        {
            (await browser.Status($"/embed/{hidden}{ending}", "same-origin")).ShouldBe(404);
            using var withKey = await lobbyist.GetAsync($"/embed/{hidden}{ending}");
            withKey.StatusCode.ShouldBe(HttpStatusCode.NotFound);

            using var anonymous = await app.Anonymous.GetAsync($"/embed/{open}{ending}");
            using var signedIn = await browser.Get($"/embed/{open}{ending}", "same-origin");
            using var keyed = await lobbyist.GetAsync($"/embed/{open}{ending}");
            foreach (var answer in (HttpResponseMessage[])[anonymous, signedIn, keyed])
            {
                answer.Headers.CacheControl!.Public.ShouldBeTrue();
                answer.Headers.Vary.ShouldBe(["Accept-Language"]);
                answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
                (await answer.Content.ReadAsStringAsync()).ShouldBe(await anonymous.Content.ReadAsStringAsync());
            }
        }
    }

    [Test]
    public async Task An_ended_session_is_ignored_too()
    {
        using var app = new App(
            settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["AnonymousRequestsPerMinute"] = "5" }
        );
        using var browser = new CookieBrowser(app) { Cookie = $"votetracker={new string('a', 43)}" };
        for (var i = 0; i < 20; i++)
        {
            (await browser.Status("/embed/es-10-27")).ShouldBe(200);
        }
    }

    [TestCase("private", 404)]
    [TestCase("tally", 200)]
    [TestCase("positions", 200)]
    public async Task It_has_counts_and_no_state_no_note_and_no_certainty(string visibility, int status)
    {
        using var app = new App();
        var (draft, _) = await Markers.WriteEverywhere(app, visibility);
        foreach (var path in (string[])[$"/embed/{draft}", $"/embed/{draft}?picture=seats", $"/embed/{draft}.json"])
        {
            using var answer = await app.Lobbyist.GetAsync(path);
            ((int)answer.StatusCode).ShouldBe(status);
            // The definitions of marks name every mark, those of leanings too.
            var text = Regex.Replace(
                WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()),
                "<defs>.*?</defs>",
                "",
                RegexOptions.Singleline
            );
            foreach (var secret in (string[])[Markers.Any, "NOR", "Norway", "SWE", "Sweden", "confirmed", "leaning"])
            {
                text.ShouldNotContain(secret, Case.Sensitive, path);
            }
        }
    }

    [Test]
    public async Task A_title_with_markup_is_text_and_a_name_with_markup_is_not_repeated()
    {
        using var app = new App();
        const string title = "</h1><script>alert(1)</script><img src=x onerror=alert(2)>";
        var id = await app.OpenDraft(new { visibility = "tally", title });
        var html = await app.Anonymous.GetStringAsync($"/embed/{id}");
        html.ShouldNotContain("<script>alert");
        html.ShouldNotContain("<img");
        var data = await app.Anonymous.GetJson($"/embed/{id}.json");
        data["title"]!.GetValue<string>().ShouldBe(title);
        foreach (
            var name in (string[])
                [
                    "<img src=x onerror=alert(1)>",
                    "\"><script>alert(1)</script>",
                    "../v1/resolutions",
                    new string('x', 3000),
                    "%00",
                ]
        )
        {
            foreach (var ending in (string[])["", ".json"])
            {
                using var answer = await Html(app.Anonymous, $"/embed/{Uri.EscapeDataString(name)}{ending}");
                ((int)answer.StatusCode).ShouldBeInRange(400, 404, name);
                (await answer.Content.ReadAsStringAsync()).ShouldNotContain("alert(1)");
            }
        }
    }

    [TestCase("", "")]
    [TestCase("?theme=dark", " data-theme=\"dark\"")]
    [TestCase("?theme=LIGHT", " data-theme=\"light\"")]
    [TestCase("?theme=\"><script>", "")]
    public async Task The_address_chooses_the_colours(string query, string attribute)
    {
        using var app = new App();
        (await app.Anonymous.GetStringAsync($"/embed/es-10-27{query}")).ShouldContain(
            $"<html lang=\"en\" dir=\"ltr\"{attribute}>"
        );
    }

    [Test]
    public async Task It_is_of_the_version_that_the_reader_saw_or_newer_and_known_versions_are_304()
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var id = await app.OpenDraft(new { visibility = "tally" });
        for (var i = 0; i < 5; i++)
        {
            var version = (await lobbyist.RecordStance(id, "NOR", i % 2 == 0 ? "yes" : "no"))[
                "version"
            ]!.GetValue<long>();
            var data = await app.Anonymous.GetJson($"/embed/{id}.json?atLeast={version}");
            data["version"]!.GetValue<long>().ShouldBe(version);
            Count(data, "yes").ShouldBe(i % 2 == 0 ? 1 : 0);
        }
        using var first = await app.Anonymous.GetAsync($"/embed/{id}");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/embed/{id}");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await app.Anonymous.SendAsync(request);
        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        using var other = await app.Anonymous.GetAsync($"/embed/{id}?theme=dark&lang=fr&picture=seats");
        other.ETag().ShouldNotBe(first.ETag());
    }

    [Test]
    public async Task A_draft_that_becomes_private_is_no_longer_shown()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        var id = await app.OpenDraft(new { visibility = "tally" });
        (await app.Anonymous.GetStringAsync($"/embed/{id}")).ShouldContain("A/ES-10/L.34");
        using var changed = await coordinator.Patch($"/v1/resolutions/{id}", """{"visibility":"private"}""");
        changed.EnsureSuccessStatusCode();
        using var after = await app.Anonymous.GetAsync($"/embed/{id}");
        after.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static int? Count(JsonNode data, string position) =>
        data["counts"]!
            .AsArray()
            .FirstOrDefault(count => count!["position"]!.GetValue<string>() == position)
            ?["count"]!.GetValue<int>();

    private static async Task<HttpResponseMessage> Html(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        return await client.SendAsync(request);
    }
}
