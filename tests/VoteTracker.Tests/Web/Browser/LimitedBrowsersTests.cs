using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser;

/// <summary>Browsers without a part that pages use: a page shows its figures with what there is.</summary>
public sealed partial class LimitedBrowsersTests : BrowserFixture
{
    private const string NoStorage = """
        for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"])
          Object.defineProperty(window, name, { get() { throw new DOMException("Access is denied.", "SecurityError"); } });
        Object.defineProperty(Document.prototype, "cookie", {
          get() { throw new DOMException("Access is denied.", "SecurityError"); },
          set() { throw new DOMException("Access is denied.", "SecurityError"); } });
        """;

    [TestCase("es-10-27")]
    [TestCase(SampleDraft.Id)]
    public async Task Without_JavaScript_a_page_shows_the_count_a_picture_and_tables(string id)
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Open(app, $"/resolutions/{id}", options: o => o.JavaScriptEnabled = false);
        using var client = app.Anonymous;
        var tally = await client.GetJson($"/v1/resolutions/{id}/tally");
        (await page.ReadCount("yes")).ShouldBe(tally["yes"]!.GetValue<int>());
        (await page.ReadCount("no")).ShouldBe(tally["no"]!.GetValue<int>());
        await Assertions.Expect(page.Page.Locator(".picture svg[role=img]").First).ToBeVisibleAsync();
        (await page.Page.Locator("table").CountAsync()).ShouldBeGreaterThan(0);
        await Assertions.Expect(page.Page.Locator("#state-NOR")).ToBeVisibleAsync();
        // A region opens to its members.
        var group = page.Page.Locator("details.group").First;
        await group.Locator("summary").ClickAsync();
        await Assertions.Expect(group.Locator("li").First).ToBeVisibleAsync();
    }

    [Test]
    public async Task Without_JavaScript_the_search_works()
    {
        var app = Start();
        var page = await Open(app, "/?lang=fr", options: o => o.JavaScriptEnabled = false);
        await page.Page.Locator("#q").FillAsync("ES-10/27");
        await page.Page.Keyboard.PressAsync("Enter");
        // The first page has the same link.
        await Assertions.Expect(page.Page).ToHaveURLAsync(Searched());
        await page.Page.Locator("a[href^='/resolutions/es-10-27']").ClickAsync();
        await Assertions.Expect(page.Page.Locator("html")).ToHaveAttributeAsync("lang", "fr");
        (await page.ReadCount("yes")).ShouldBe(149);
    }

    [Test]
    public async Task With_blocked_storage_a_page_stays_live()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Open(app, $"/resolutions/{SampleDraft.Id}", script: NoStorage);
        await page.WaitForConnection("page.live.on");
        await Changes(app, page);
    }

    [Test]
    public async Task Without_event_streams_a_page_polls()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Open(app, $"/resolutions/{SampleDraft.Id}", script: "delete window.EventSource;");
        await page.WaitForConnection("page.live.polling");
        await Changes(app, page);
    }

    private static async Task Changes(App app, BrowserPage page)
    {
        using var lobbyist = app.Lobbyist;
        await lobbyist.RecordStance(SampleDraft.Id, "URY", "yes");
        await lobbyist.RecordStance(SampleDraft.Id, "ZWE", "yes");
        var tally = await lobbyist.GetJson($"/v1/resolutions/{SampleDraft.Id}/tally");
        await page.WaitForCount("yes", tally["yes"]!.GetValue<int>());
    }

    [GeneratedRegex("[?&]q=")]
    private static partial Regex Searched();
}
