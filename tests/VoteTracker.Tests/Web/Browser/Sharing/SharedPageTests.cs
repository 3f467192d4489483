using Microsoft.Playwright;
using VoteTracker.Tests.Features.Sharing;

namespace VoteTracker.Tests.Web.Browser.Sharing;

/// <summary>The page of a share link in browsers without a key.</summary>
public sealed class SharedPageTests : BrowserFixture
{
    [Test]
    public async Task A_second_browser_without_a_key_shows_the_page_and_the_live_tally_until_the_link_is_revoked()
    {
        var app = Start();
        await SampleDraft.Open(app);
        using var coordinator = app.Coordinator;
        using var hidden = await coordinator.Patch(
            $"/v1/resolutions/{SampleDraft.Id}",
            """{"visibility": "private"}"""
        );
        hidden.EnsureSuccessStatusCode();
        var link = await app.Share(SampleDraft.Id, "positions");
        var page = await Open(app, link.Path);
        await page.WaitForConnection("page.live.on");
        var yes = await page.ReadCount("yes");
        using var lobbyist = app.Lobbyist;
        await lobbyist.RecordStance(SampleDraft.Id, "URY", "yes");
        await lobbyist.RecordStance(SampleDraft.Id, "ZWE", "yes");
        var expected = (await lobbyist.GetJson($"/v1/resolutions/{SampleDraft.Id}/tally"))["yes"]!.GetValue<int>();
        expected.ShouldBeGreaterThan(yes);
        await page.WaitForCount("yes", expected);
        // A page of another site that the reader opens from here does not learn the address.
        (await page.Page.EvaluateAsync<string>("document.referrer")).ShouldBe("");
        await app.Revoke(SampleDraft.Id, link);
        page.Expect("status of 404");
        await page.Page.GetByRole(AriaRole.Heading, new() { Name = "Page not found" }).WaitForAsync();
        (await page.Page.Locator(".counts").CountAsync()).ShouldBe(0);
        foreach (var data in SharedLinks.Data.Append(""))
        {
            (await page.Page.GotoAsync(link.Path + data))!.Status.ShouldBe(404, data);
        }
        await page.GoTo("/");
    }

    [Test]
    public async Task A_page_whose_stream_fails_polls_and_a_link_on_it_sends_no_referrer()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var link = await app.Share(SampleDraft.Id);
        var page = await Blank(app.Address);
        await page.Page.RouteAsync("**/stream", route => route.AbortAsync());
        page.Expect("net::ERR_FAILED");
        var referrers = new List<string>();
        page.Page.Request += (_, request) =>
        {
            if (request.Headers.TryGetValue("referer", out var referrer))
            {
                lock (referrers)
                {
                    referrers.Add(referrer);
                }
            }
        };
        await page.GoTo(link.Path);
        await page.WaitForConnection("page.live.polling");
        using var lobbyist = app.Lobbyist;
        await lobbyist.RecordStance(SampleDraft.Id, "URY", "yes");
        var expected = (await lobbyist.GetJson($"/v1/resolutions/{SampleDraft.Id}/tally"))["yes"]!.GetValue<int>();
        await page.WaitForCount("yes", expected);
        await page.Page.Locator("header.site .brand").ClickAsync();
        await page.Page.WaitForURLAsync(app.Address.ToString());
        (await page.Page.EvaluateAsync<string>("document.referrer")).ShouldBe("");
        lock (referrers)
        {
            referrers.ShouldNotContain(referrer => referrer.Contains(link.Secret, StringComparison.Ordinal));
        }
    }

    [Test]
    public async Task A_coordinator_creates_copies_and_revokes_a_link_on_the_page()
    {
        var app = Start();
        await SampleDraft.Open(app);
        using var coordinator = app.Coordinator;
        var key = coordinator.DefaultRequestHeaders.Authorization!.Parameter!;
        var page = await Open(app, $"/sign-in?return=/resolutions/{SampleDraft.Id}", script: BrowserPage.WithoutLimits);
        await page.Page.Locator("#key").FillAsync(key);
        await page.Page.Locator("form.sign-in button").ClickAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Share links" }).ClickAsync();
        await page.Page.Locator("html[data-ready]").WaitForAsync();
        await Assertions.Expect(page.Page.GetByText("There are no links yet.")).ToBeVisibleAsync();
        await page.Page.GetByLabel("Counts and the position of each state").CheckAsync();
        await page.Page.GetByLabel("What the link is for").FillAsync("Newsroom <b>one</b>");
        await page.Page.GetByLabel("Expires (UTC)").FillAsync("2020-01-01T00:00");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Create link" }).ClickAsync();
        await Assertions
            .Expect(page.Page.GetByRole(AriaRole.Alert))
            .ToContainTextAsync("The expiry must be a complete moment in the future.");
        await page.Page.GetByLabel("Expires (UTC)").FillAsync("2027-01-01T00:00");
        await page.Page.Keyboard.PressAsync("Enter");
        var address = page.Page.GetByLabel("Address of the link");
        await Assertions.Expect(address).ToBeVisibleAsync();
        var url = await address.InputValueAsync();
        url.ShouldMatch("^http://127.0.0.1:[0-9]+/shared/[a-z2-9]{32}$");
        var item = page.Page.Locator("[data-link]");
        await Assertions.Expect(item).ToContainTextAsync("Newsroom <b>one</b>");
        var colleague = await Open(app, new Uri(url).AbsolutePath);
        await colleague.WaitForConnection("page.live.on");
        await Assertions.Expect(colleague.Page.Locator("#state-NOR")).ToBeVisibleAsync();
        var revoke = item.GetByRole(AriaRole.Button);
        await revoke.ClickAsync();
        await Assertions.Expect(revoke).ToHaveTextAsync("Revoke for good");
        await revoke.BlurAsync();
        await Assertions.Expect(revoke).ToHaveTextAsync("Revoke");
        await revoke.ClickAsync();
        await Assertions.Expect(revoke).ToHaveTextAsync("Revoke for good");
        await revoke.ClickAsync();
        await Assertions.Expect(item).ToContainTextAsync("Revoked:");
        colleague.Expect("status of 404");
        await colleague.Page.GetByRole(AriaRole.Heading, new() { Name = "Page not found" }).WaitForAsync();
        // A new visit does not show the address again.
        await page.Page.ReloadAsync();
        (await page.Page.ContentAsync()).ShouldNotContain(new Uri(url).Segments[^1]);
    }

    [TestCase("en", 1280, false, "tally")]
    [TestCase("ar", 360, true, "positions")]
    [TestCase("ru", 360, false, "tally")]
    public async Task The_page_is_readable_in_each_look(string language, int width, bool isDark, string scope)
    {
        var app = Start();
        await SampleDraft.Open(app);
        var link = await app.Share(SampleDraft.Id, scope, expiresAt: "2027-01-01T00:00:00Z");
        // The checks of the fixture run at the end.
        var page = await Open(app, $"{link.Path}?lang={language}", new Look(language, width, isDark));
        await page.WaitForConnection("page.live.on");
        await page.Screenshot($"shared-{scope}-{language}-{width}");
    }
}
