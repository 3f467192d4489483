using System.Text.Json;
using VoteTracker.Tests.Features.Milestones;

namespace VoteTracker.Tests.Web.Browser;

/// <summary>Titles that try to break pages: they are stored as they are, and shown escaped and isolated.</summary>
public sealed class HostileTextTests : BrowserFixture
{
    // The title of a picture and a block of code end where the text ends.
    internal const string NotIsolated = """
        () => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const found = [];
          while (walker.nextNode()) {
            const e = walker.currentNode.parentElement;
            if (/[\u202a-\u202e\u2066-\u2067]/u.test(walker.currentNode.data) && !e.closest("bdi, pre, svg title, svg desc")) found.push(e.outerHTML.slice(0, 200));
          }
          return found;
        }
        """;

    private static readonly Dictionary<string, string> Titles = new(StringComparer.Ordinal)
    {
        ["script"] = "</title></h1></bdi><script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>",
        ["attribute"] =
            "\" onmouseover=\"window.hacked = 1\" ' onfocus='window.hacked = 1' autofocus tabindex=1 {{7*7}} @(7*7) &lt;",
        ["bidi"] = "A title \u202Ethat is reversed \u2066and not closed \u05D0\u0627",
        ["long"] = new('W', 1_000),
        ["marks"] = string.Concat(Enumerable.Repeat("a\u0301\u0302\u0303\u0304\u0305\u0306\u0307", 100)),
    };

    [TestCase("script", Look.Desktop, "en")]
    [TestCase("attribute", Look.Phone, "fr")]
    [TestCase("bidi", Look.Desktop, "ar")]
    [TestCase("long", Look.Phone, "ru")]
    [TestCase("marks", Look.Phone, "en")]
    public async Task A_title_is_shown_as_text(string kind, int width, string language)
    {
        var title = Titles[kind];
        var app = Start();
        using var coordinator = app.Coordinator;
        var id = await coordinator.OpenDraft(new { title, visibility = "positions" });
        await coordinator.OpenDraft(
            new
            {
                title,
                kind = "amendment",
                parent = id,
                visibility = "positions",
            },
            "A/ES-10/L.35"
        );
        await coordinator.RecordStance(id, "NOR", "yes");
        var step = new
        {
            what = title[..Math.Min(title.Length, 500)],
            place = title[..Math.Min(title.Length, 200)],
            @public = true,
        };
        await app.Plan(id, step);
        var stored = (await coordinator.GetJson($"/v1/resolutions/{id}"))["title"]!.GetValue<string>();
        stored.ShouldBe(title);

        foreach (
            var path in new[] { "/", "/?q=L.34", $"/resolutions/{id}", $"/resolutions/{id}/screen", "/states/NOR" }
        )
        {
            var page = await Open(app, path, new Look(language, width));
            var shown = await page.Page.EvaluateAsync<JsonElement>(
                "() => [...document.querySelectorAll('bdi')].map((e) => e.textContent)"
            );
            shown.EnumerateArray().Select(e => e.GetString()).ShouldContain(title, path);
            // Outside of an element that isolates it, an unfinished override would turn the text after it.
            var outside = await page.Page.EvaluateAsync<string[]>(NotIsolated);
            outside.ShouldBeEmpty(path);
            (await page.Page.EvaluateAsync<bool>("() => 'hacked' in window")).ShouldBeFalse();
        }
    }

    [Test]
    public async Task A_resolution_with_1000_amendments_is_shown()
    {
        var app = Start();
        using var coordinator = app.Coordinator;
        var id = await coordinator.OpenDraft(new { visibility = "positions" });
        for (var i = 0; i < 1_000; i++)
        {
            await coordinator.OpenDraft(
                new
                {
                    title = $"Amendment {i}",
                    kind = "amendment",
                    parent = id,
                    visibility = "positions",
                },
                $"A/ES-10/L.{100 + i}"
            );
        }
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        page.CheckOnlyErrors();
        await page.SignIn(app, "viewer");
        await page.GoTo($"/resolutions/{id}");
        (await page.Page.Locator(".tree li").CountAsync()).ShouldBe(1_000);
        (await Looks.Faults(page.Page)).ShouldBeEmpty();
        await page.GoTo("/");
    }
}
