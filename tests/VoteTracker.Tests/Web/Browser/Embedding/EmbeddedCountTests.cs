using Microsoft.Playwright;
using VoteTracker.Tests.Documents;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Features.Webhooks;
using VoteTracker.Tests.Security;
using static Microsoft.Playwright.Assertions;

namespace VoteTracker.Tests.Web.Browser.Embedding;

/// <summary>A count on a page of another origin is live, and leaks no cookie, no key and no private field.</summary>
public sealed class EmbeddedCountTests : EmbedFixture
{
    private static readonly string[] Secrets = [Markers.Any, "Norway", "NOR\"", "\"confirmed\"", "changedBy"];

    [TestCase("frame")]
    [TestCase("element")]
    [TestCase("classic")]
    public async Task It_updates_live_and_leaks_nothing(string way)
    {
        var exchanges = new Exchanges();
        var app = Start(new App { Watcher = exchanges });
        var (id, _) = await Markers.WriteEverywhere(app, "tally");
        var visit = await OpenSite(
            app,
            way == "frame" ? Frame(app, id) : Element(app, id),
            way == "frame" ? "" : Script(app, isModule: way == "element"),
            // The reader is signed in on the service, in the same browser.
            before: async page =>
            {
                using var lobbyist = app.Lobbyist;
                await SignIn(page, app);
                exchanges.All.ShouldContain(e => e.SetsCookie);
                exchanges.Clear();
            }
        );
        var list = ListOf(visit, way);
        await Expect(Visit.Count(list, "yes")).ToHaveTextAsync("1");
        await WaitForStream(visit);
        using var lobbyist = app.Lobbyist;
        foreach (var (state, yes) in new[] { ("FRA", 2), ("BRA", 3), ("KEN", 4) })
        {
            await lobbyist.RecordStance(id, state, "yes");
            await Expect(Visit.Count(list, "yes")).ToHaveTextAsync($"{yes}");
        }
        await visit.Page.Screenshot($"embed-{way}");
        // A page whose stream is silent for long polls, and shows the count before the stream sends it.
        await TestReceiver.Until(
            () => exchanges.All.Any(e => e.IsOfBrowser && IsStream(e.Url) && e.Text.Contains("\"yes\":4")),
            () => "no stream sent the last count"
        );
        // The lobbyist's own requests are not the site's.
        var ofSite = exchanges.All.Where(e => e.IsOfBrowser).ToList();
        ofSite.ShouldAllBe(e => !e.HasCookie && !e.HasKey && !e.SetsCookie);
        foreach (var secret in Secrets)
        {
            ofSite.ShouldAllBe(e => !e.Text.Contains(secret, StringComparison.Ordinal));
        }
        // The site cannot read more than the public count, and nothing of it is stored for the site.
        var site = await visit.Page.Page.EvaluateAsync<string>(
            "async (api) => (await fetch(api + 'v1/me', { credentials: 'include' }).then((r) => r.text()).catch((e) => 'refused')) + document.cookie + JSON.stringify(localStorage)",
            app.Address.ToString()
        );
        site.ShouldNotContain("admin");
        visit.Page.Expect("401");
        visit.Page.Expect("Access-Control-Allow");
        visit.Page.Expect("ERR_FAILED");
    }

    [TestCase("frame", "fr", "Ce décompte n’est pas public")]
    [TestCase("element", "fr", "son décompte n’est pas public")]
    [TestCase("element", "ar", "عدّه غير علني")]
    public async Task A_private_draft_says_in_the_readers_language_that_it_is_not_public(
        string way,
        string lang,
        string message
    )
    {
        var app = Start();
        var id = await app.OpenDraft(new { visibility = "private", title = "Hidden title" });
        var visit = await OpenSite(
            app,
            way == "frame" ? Frame(app, $"{id}?lang={lang}") : Element(app, id, $"lang=\"{lang}\""),
            way == "frame" ? "" : Script(app),
            before: page => SignIn(page, app)
        );
        visit.Page.Expect("404");
        await Expect(Body(visit, way)).ToContainTextAsync(message);
        await Expect(Body(visit, way)).Not.ToContainTextAsync("Hidden title");
    }

    [TestCase("frame")]
    [TestCase("element")]
    public async Task A_draft_that_becomes_private_is_replaced_by_the_message(string way)
    {
        var app = Start();
        var id = await app.OpenDraft(new { visibility = "tally" });
        var visit = await OpenSite(
            app,
            way == "frame" ? Frame(app, id) : Element(app, id),
            way == "frame" ? "" : Script(app)
        );
        visit.Page.Expect("404");
        await Expect(Visit.Count(ListOf(visit, way), "yes")).ToHaveTextAsync("0");
        await WaitForStream(visit);
        using var coordinator = app.Coordinator;
        using var changed = await coordinator.Patch($"/v1/resolutions/{id}", """{"visibility":"private"}""");
        changed.EnsureSuccessStatusCode();
        await Expect(Body(visit, way)).ToContainTextAsync("not public");
    }

    [Test]
    public async Task A_resolution_with_markup_is_shown_as_text()
    {
        var app = Start();
        var visit = await OpenSite(
            app,
            """
            <vote-tally resolution="&lt;img src=x onerror=window.hacked=1&gt;"><a href="/">The count</a></vote-tally>
            <vote-tally resolution="../../v1/resolutions/es-10-27"><a href="/">The count</a></vote-tally>
            <vote-tally resolution="es-10-27?lang=fr#"><a href="/">The count</a></vote-tally>
            <vote-tally resolution="&quot;&gt;&lt;script&gt;window.hacked=1&lt;/script&gt;" lang="&lt;b&gt;" theme="&lt;b&gt;"><a href="/">The count</a></vote-tally>
            <vote-tally><a href="/">The count</a></vote-tally>
            <vote-tally resolution="es-10-27" api="javascript:window.hacked=1"><a href="/">The count</a></vote-tally>
            """,
            Script(app)
        );
        visit.Page.Expect("404");
        for (var i = 0; i < 4; i++)
        {
            await Expect(visit.Page.Page.Locator("vote-tally").Nth(i).Locator(".box > p"))
                .ToContainTextAsync("not public");
        }
        // These two request nothing.
        await Expect(visit.Page.Page.Locator("vote-tally").Nth(4)).ToHaveTextAsync("The count");
        await Expect(visit.Page.Page.Locator("vote-tally").Nth(5)).ToHaveTextAsync("The count");
        (await visit.Page.Page.EvaluateAsync<bool>("() => 'hacked' in window")).ShouldBeFalse();
        (await visit.Page.Page.Locator("vote-tally img, vote-tally script").CountAsync()).ShouldBe(0);
        visit.Requests.ShouldAllBe(r => !r.Url.Contains("/v1/resolutions/es-10-27", StringComparison.Ordinal));
    }

    [Test]
    public async Task A_title_with_markup_is_shown_as_text()
    {
        var app = Start();
        const string title = "<img src=x onerror=window.hacked=1> & <b>bold</b>";
        var id = await app.OpenDraft(new { visibility = "tally", title });
        var visit = await OpenSite(app, Element(app, id), Script(app));
        await Expect(visit.Page.Page.Locator("vote-tally .title")).ToHaveTextAsync(title);
        (await visit.Page.Page.EvaluateAsync<bool>("() => 'hacked' in window")).ShouldBeFalse();
    }

    [TestCase("browser")]
    [TestCase("policy")]
    public async Task Where_scripts_are_blocked_the_link_and_the_count_of_the_load_stay(string blockedBy)
    {
        var app = Start();
        var visit = await OpenSite(
            app,
            Element(app, "es-10-27") + Frame(app, "es-10-27"),
            Script(app),
            policy: blockedBy == "policy" ? "script-src 'none'" : null,
            options: options => options.JavaScriptEnabled = blockedBy != "browser"
        );
        visit.Page.Expect("Content Security Policy");
        visit.Page.Expect("Content-Security-Policy");
        visit.Page.Expect("embed.js: csp");
        visit.Page.CheckOnlyErrors();
        var link = visit.Page.Page.Locator("vote-tally a");
        await Expect(link).ToBeVisibleAsync();
        await Expect(link).ToHaveAttributeAsync("href", $"{app.Address}resolutions/es-10-27");
        await Expect(Visit.Count(visit.Frame.Locator(".tally"), "yes")).ToHaveTextAsync("149");
    }

    [Test]
    public async Task A_strict_policy_of_the_site_needs_only_the_address_of_the_service()
    {
        var app = Start();
        var service = app.Address.GetLeftPart(UriPartial.Authority);
        var visit = await OpenSite(
            app,
            Element(app, "es-10-27"),
            Script(app),
            policy: $"default-src 'none'; img-src 'self'; script-src {service}; connect-src {service}; require-trusted-types-for 'script'"
        );
        // The check for accessibility adds a script of its own.
        visit.Page.CheckOnlyErrors();
        var list = ListOf(visit, "element");
        await Expect(Visit.Count(list, "yes")).ToHaveTextAsync("149");
        (await list.EvaluateAsync<string>("(e) => getComputedStyle(e).listStyleType")).ShouldBe(
            "none",
            "its styles apply"
        );
    }

    [TestCase("frame")]
    [TestCase("element")]
    public async Task It_works_on_a_site_without_HTTPS(string way)
    {
        var app = Start();
        var id = await app.OpenDraft(new { visibility = "tally" });
        // A loopback address is secure for a browser. Without what browsers keep for secure pages, it is like one that is not.
        const string insecure = """
            Object.defineProperty(window, "isSecureContext", { value: false });
            for (const name of ["locks", "clipboard", "serviceWorker", "storage"]) Object.defineProperty(navigator, name, { value: undefined });
            for (const name of ["subtle", "randomUUID"]) Object.defineProperty(crypto, name, { value: undefined });
            delete window.caches;
            """;
        var visit = await OpenSite(
            app,
            way == "frame" ? Frame(app, id) : Element(app, id),
            way == "frame" ? "" : Script(app),
            script: insecure
        );
        await Expect(Visit.Count(ListOf(visit, way), "yes")).ToHaveTextAsync("0");
        await WaitForStream(visit);
        using var lobbyist = app.Lobbyist;
        await lobbyist.RecordStance(id, "NOR", "yes");
        await Expect(Visit.Count(ListOf(visit, way), "yes")).ToHaveTextAsync("1");
    }

    [Test]
    public async Task The_examples_of_the_chapter_show_the_count()
    {
        var app = Start();
        var chapter = Document.All.Single(d => d.Path == "openapi/embedding.md");
        var examples = chapter
            .Blocks.Where(b => b.Language == "html")
            .Select(b => b.Code.Replace("http://127.0.0.1:5080/", app.Address.ToString(), StringComparison.Ordinal))
            .ToList();
        examples.Count.ShouldBe(2);
        var visit = await OpenSite(app, string.Join('\n', examples));
        await Expect(Visit.Count(visit.Frame.Locator(".tally"), "yes")).ToHaveTextAsync("149");
        await Expect(Visit.Count(ListOf(visit, "element"), "yes")).ToHaveTextAsync("149");
    }

    internal static Task WaitForStream(Visit visit) =>
        TestReceiver.Until(() => visit.Requests.Any(r => IsStream(r.Url)), () => "no stream was opened");

    private static bool IsStream(string url) => url.EndsWith("/stream", StringComparison.Ordinal);

    private static ILocator ListOf(Visit visit, string way) =>
        way == "frame" ? visit.Frame.Locator(".tally") : visit.Page.Page.Locator("vote-tally ul");

    private static ILocator Body(Visit visit, string way) =>
        way == "frame" ? visit.Frame.Locator("body") : visit.Page.Page.Locator("vote-tally .box");

    private static string Frame(App app, string path) =>
        $"<iframe src=\"{app.Address}embed/{path}\" title=\"The count\" width=\"600\" height=\"360\"></iframe>";

    internal static string Element(App app, string id, string attributes = "") =>
        $"<vote-tally resolution=\"{id}\" {attributes}><a href=\"{app.Address}resolutions/{id}\">The count</a></vote-tally>";

    internal static string Script(App app, bool isModule = true) =>
        isModule
            ? $"<script type=\"module\" src=\"{app.Address}embed.js\"></script>"
            : $"<script defer src=\"{app.Address}embed.js\"></script>";
}
