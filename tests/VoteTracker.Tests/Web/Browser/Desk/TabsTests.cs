using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser.Desk;

/// <summary>Two tabs of one browser: each keeps its own edits, and every edit is sent once.</summary>
public sealed class TabsTests : BrowserFixture
{
    private const string NoLocks = "Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined });";

    private const string Writes = "**/stances/*";

    [TestCase(null)]
    [TestCase(NoLocks)]
    public async Task Two_tabs_without_network_keep_the_edits_of_both_and_send_each_once(string? script)
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address, script: script);
        page.Expect("status of 412");
        page.Expect("ERR_INTERNET_DISCONNECTED");
        await page.OpenSheet(app);
        var other = await page.Page.Context.NewPageAsync();
        await other.GotoAsync(Sheet.Path);
        await other.Locator("html[data-ready=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Page.Context.RouteAsync(Writes, Disconnect);
        await Tap(page.Page, "ZWE", "yes");
        await Tap(other, "YEM", "undecided");
        await Tap(page.Page, "ZMB", "yes");
        await Assertions.Expect(other.Locator("[data-edits='3']")).ToBeAttachedAsync();
        await page.Page.WaitForFunctionAsync("() => localStorage.length === 3");

        await page.Page.Context.UnrouteAsync(Writes);
        await Task.WhenAll(
            page.Page.EvaluateAsync("() => dispatchEvent(new Event('online'))"),
            other.EvaluateAsync("() => dispatchEvent(new Event('online'))")
        );
        await page.WaitUntilSent();
        await Assertions.Expect(other.Locator("[data-edits='0']")).ToBeAttachedAsync();
        await page.Page.WaitForFunctionAsync("() => localStorage.length === 0");
        using var client = app.Lobbyist;
        foreach (var (iso3, position) in new[] { ("ZWE", "yes"), ("YEM", "undecided"), ("ZMB", "yes") })
        {
            (await app.Stored(iso3))["position"]!.GetValue<string>().ShouldBe(position);
            var history = await client.GetJson($"/v1/resolutions/{SampleDraft.Id}/stances/{iso3}/history");
            history["items"]!
                .AsArray()
                .Count(change => change!["changedBy"]!.GetValue<string>() == "lobbyist")
                .ShouldBe(1, iso3);
        }
    }

    [Test]
    public async Task A_tab_sends_what_a_closed_tab_has_left()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address);
        page.Expect("ERR_INTERNET_DISCONNECTED");
        await page.OpenSheet(app);
        var other = await page.Page.Context.NewPageAsync();
        await other.GotoAsync("/desk/tasks");
        await other.Locator("html[data-ready=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Page.Context.RouteAsync(Writes, Disconnect);
        await Tap(page.Page, "ZWE", "yes");
        await Assertions.Expect(other.Locator("#unsent")).ToBeVisibleAsync();
        await page.Page.GotoAsync("about:blank");
        await page.Page.Context.UnrouteAsync(Writes);
        await Assertions.Expect(other.Locator("[data-edits='0']")).ToBeAttachedAsync();
        (await app.Stored("ZWE"))["position"]!.GetValue<string>().ShouldBe("yes");
        page.CheckOnlyErrors();
    }

    private static Task Disconnect(IRoute route) => route.AbortAsync("internetdisconnected");

    private static async Task Tap(IPage page, string iso3, string position)
    {
        await page.Locator($"#{iso3} .row").ClickAsync();
        await page.Locator($"#{iso3} .positions button[value={position}]").ClickAsync();
        await Assertions.Expect(page.Locator($"#{iso3} .row .mark.{position}")).ToBeVisibleAsync();
    }
}
