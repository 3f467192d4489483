using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser.Desk;

/// <summary>Edits that cannot be sent now: they are kept, marked, and sent later with the version that their author saw.</summary>
public sealed class UnsentEditsTests : BrowserFixture
{
    private const string NoStorage = """
        for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"])
          Object.defineProperty(window, name, { get() { throw new DOMException("Access is denied.", "SecurityError"); } });
        """;

    [Test]
    public async Task Without_network_an_edit_is_kept_over_a_reload_and_sent_later()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        await page.OpenSheetOffline(app);
        await page.Row("ZWE").ClickAsync();
        await page.Choice("position", "yes").ClickAsync();
        await page.WaitForPosition("ZWE", "yes");
        var banner = page.Page.Locator("#unsent");
        // Once it was tried, the next edit is one of its own.
        await Assertions.Expect(banner).ToBeVisibleAsync();
        await page.Choice("certainty", "confirmed").ClickAsync();
        await Assertions.Expect(banner).ToContainTextAsync(page.Look.Language.Text("page.desk.unsent.kept", ("n", 2)));
        await Assertions.Expect(page.Row("ZWE").Locator(".badge.warn")).ToHaveTextAsync("not sent");
        await page.Picture("desk-unsent");
        (await app.Stored("ZWE"))["position"]!.GetValue<string>().ShouldNotBe("yes");

        // The page is closed and opened again, while writes still fail.
        await page.Page.RouteAsync("**/v1/**/stances/*", route => route.AbortAsync("internetdisconnected"));
        await page.Page.Context.SetOfflineAsync(false);
        await page.Page.ReloadAsync();
        await page.WaitUntilReady();
        await page.WaitForPosition("ZWE", "yes");
        await Assertions.Expect(banner).ToBeVisibleAsync();
        await page.Page.UnrouteAsync("**/v1/**/stances/*");
        await page.Page.EvaluateAsync("() => dispatchEvent(new Event('online'))");
        await page.WaitUntilSent();
        await Assertions.Expect(banner).ToBeHiddenAsync();
        var stored = await app.Stored("ZWE");
        stored["position"]!.GetValue<string>().ShouldBe("yes");
        stored["certainty"]!.GetValue<string>().ShouldBe("confirmed");
        (await page.Page.EvaluateAsync<int>("() => localStorage.length")).ShouldBe(0);
    }

    [Test]
    public async Task An_edit_that_was_kept_meets_a_newer_one_and_asks()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        await page.OpenSheetOffline(app);
        page.Expect("status of 412");
        await page.Row("ZWE").ClickAsync();
        await page.Choice("position", "yes").ClickAsync();
        await Assertions.Expect(page.Page.Locator("#unsent")).ToBeVisibleAsync();
        using (var other = app.Coordinator)
        {
            await other.RecordStance(SampleDraft.Id, "ZWE", "no", "leaning", "second-hand");
        }
        await page.Page.Context.SetOfflineAsync(false);
        await page.Page.EvaluateAsync("() => dispatchEvent(new Event('online'))");
        await Assertions.Expect(page.Page.Locator(".card [data-part=newer]")).ToContainTextAsync("coordinator");
        await Assertions.Expect(page.Do("mine")).ToBeVisibleAsync();
        (await app.Stored("ZWE"))["position"]!.GetValue<string>().ShouldBe("no");
        await page.Do("mine").ClickAsync();
        await page.WaitUntilSent();
        (await app.Stored("ZWE"))["position"]!.GetValue<string>().ShouldBe("yes");
    }

    [Test]
    public async Task With_blocked_storage_an_edit_stays_in_memory_and_the_page_says_so()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address, new Look(Width: Look.Phone), script: NoStorage);
        await page.OpenSheetOffline(app);
        await page.Row("ZWE").ClickAsync();
        await page.Choice("position", "yes").ClickAsync();
        await Assertions
            .Expect(page.Page.Locator("#unsent"))
            .ToContainTextAsync(page.Look.Language.Text("page.desk.unsent.memory"));
        await page.Page.Context.SetOfflineAsync(false);
        await page.Page.EvaluateAsync("() => dispatchEvent(new Event('online'))");
        await page.WaitUntilSent();
        (await app.Stored("ZWE"))["position"]!.GetValue<string>().ShouldBe("yes");
    }
}
