using Microsoft.Playwright;
using VoteTracker.Tests.Features.Sharing;

namespace VoteTracker.Tests.Web.Browser;

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
