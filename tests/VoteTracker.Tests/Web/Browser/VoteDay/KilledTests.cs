using System.Net.Http.Json;
using Microsoft.Playwright;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Features.VoteDays;
using VoteTracker.Tests.Process;
using VoteTracker.Tests.Web.Browser.Desk;

namespace VoteTracker.Tests.Web.Browser.VoteDay;

/// <summary>The connection, the page, the browser and the service go away in the middle: nothing that was entered is lost.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class KilledTests : BrowserFixture
{
    private const string Draft = "es-10-l-34";

    [Test]
    public async Task Without_network_the_page_counts_says_what_is_not_saved_and_sends_it_later()
    {
        var app = Start();
        await SampleDraft.Open(app);
        using var lobbyist = app.Lobbyist;
        await lobbyist.Opened(SampleDraft.Id, new { startsWith = "K" });
        var page = await Blank(app.Address);
        // A page that is loaded again sends again what it has not heard of.
        page.Expect("status of 412");
        await page.OpenHall(app);
        await page.GoOffline();
        foreach (var key in (string[])["y", "n", "y"])
        {
            await page.Page.Keyboard.PressAsync(key);
        }
        await page.WaitForTotal("yes", 2);
        var saved = page.Page.Locator("#saved");
        await Assertions.Expect(saved).ToContainTextAsync("3 entries are not saved yet.");
        await Assertions.Expect(saved).ToContainTextAsync("There is no connection to the service.");
        await Assertions.Expect(page.Cell("KEN")).ToContainTextAsync("not saved");
        Board.Votes(await lobbyist.VoteDay(SampleDraft.Id)).ShouldBeEmpty();
        // Another tab of the same reader takes over what a closed one has left.
        await page.GoOnline();
        await page.Page.Context.RouteAsync("**/votes/*", route => route.AbortAsync("internetdisconnected"));
        await page.Page.Keyboard.PressAsync("a");
        await page.WaitForVote("KWT", "abstain");
        await page.Page.WaitUntilKept();
        await page.Page.ReloadAsync();
        await page.WaitForVote("KWT", "abstain");
        await page.Page.Context.UnrouteAsync("**/votes/*");
        await page.WaitForUnsaved(0);
        await Assertions.Expect(saved).ToContainTextAsync("All entries are saved.");
        Board.Votes(await lobbyist.VoteDay(SampleDraft.Id)).ShouldBe(["KAZ yes", "KEN no", "KIR yes", "KWT abstain"]);
    }

    [Test]
    public async Task Two_tabs_of_one_reader_send_each_entry_and_the_newest_counts()
    {
        var app = Start();
        await SampleDraft.Open(app);
        using var lobbyist = app.Lobbyist;
        await lobbyist.Opened(SampleDraft.Id, new { startsWith = "K" });
        var page = await Blank(app.Address);
        page.Expect("ERR_INTERNET_DISCONNECTED");
        page.Expect("status of 412");
        await page.OpenHall(app);
        var other = await page.Page.Context.NewPageAsync();
        await other.GotoAsync(Hall.Path);
        await other.Locator("#vote-day[data-ready=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Page.Context.RouteAsync("**/votes/*", route => route.AbortAsync("internetdisconnected"));
        await page.Page.Keyboard.PressAsync("y");
        await Assertions.Expect(other.Locator("[data-state=KAZ][data-vote=yes]")).ToBeAttachedAsync();
        await other.Keyboard.PressAsync("n");
        await other.Locator("[data-state=ZAF]").ClickAsync();
        await other.Keyboard.PressAsync("a");
        await page.WaitForVote("KAZ", "no");
        await page.WaitForVote("ZAF", "abstain");
        await page.Page.Context.UnrouteAsync("**/votes/*");
        await page.WaitForUnsaved(0);
        await Assertions.Expect(other.Locator("#vote-day[data-unsaved='0']")).ToBeAttachedAsync();
        Board.Votes(await lobbyist.VoteDay(SampleDraft.Id)).ShouldBe(["KAZ no", "ZAF abstain"]);
        await other.CloseAsync();
    }

    [Test]
    public async Task The_service_and_the_browser_are_killed_and_every_entry_is_there_afterwards()
    {
        var folder = Directory.CreateTempSubdirectory("votetracker-hall-").FullName;
        var profile = Directory.CreateTempSubdirectory("votetracker-profile-").FullName;
        Folders.Add(folder);
        var port = Port.Free();
        string[] settings = ["--Urls", $"http://127.0.0.1:{port}"];
        var entered = new List<string>();
        try
        {
            string key;
            var service = await Service.Start(folder, settings: settings);
            using (var admin = service.Client())
            {
                await admin.OpenDraft();
                await admin.Opened(Draft, new { startsWith = "K" });
                using var made = await admin.PostAsJsonAsync("/v1/api-keys", new { label = "Ann", role = "lobbyist" });
                key = (await made.Json()).Text("key")!;
            }
            var browser = await KillableBrowser.Start(profile, service.Address);
            await browser.SignIn(key);
            await browser.Page.GotoAsync($"/vote-day/{Draft}");
            await browser.Ready();
            entered.AddRange(await browser.Press("y", "n", "a", "x", "y", "n"));
            await browser.WaitForUnsaved(0);
            // The service dies between two keys. What was shown as saved is on disk; what comes now is kept in the browser.
            await service.Kill();
            await service.DisposeAsync();
            entered.AddRange(await browser.Press("y", "y", "n", "a"));
            await browser.WaitForUnsaved(4);
            await browser.Page.WaitUntilKept();
            await browser.Kill();

            service = await Service.Start(folder, settings: settings);
            using (var admin = service.Client())
            {
                Board.Votes(await admin.VoteDay(Draft)).ShouldBe(entered.Take(6).Order(StringComparer.Ordinal));
            }
            browser = await KillableBrowser.Start(profile, service.Address);
            // Chromium writes cookies after 30 seconds, so a fast machine has lost the session. The entries do not depend on it.
            await browser.SignIn(key);
            await browser.Page.GotoAsync($"/vote-day/{Draft}");
            await browser.Ready();
            await browser.WaitForUnsaved(0);
            using (var admin = service.Client())
            {
                Board.Votes(await admin.VoteDay(Draft)).ShouldBe(entered.Order(StringComparer.Ordinal));
            }
            await browser.Kill();
            await service.DisposeAsync();
        }
        finally
        {
            Directory.Delete(profile, recursive: true);
        }
    }
}
