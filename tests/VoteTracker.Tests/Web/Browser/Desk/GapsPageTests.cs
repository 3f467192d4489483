using System.Globalization;
using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser.Desk;

public sealed class GapsPageTests : BrowserFixture
{
    [Test]
    public async Task What_is_missing_is_filtered_by_kind_team_member_and_group()
    {
        var app = Start();
        await SampleDraft.Open(app);
        using var client = app.Lobbyist;
        foreach (var iso3 in new[] { "ZWE", "NOR" })
        {
            using var assigned = await client.Send(
                HttpMethod.Put,
                $"/v1/resolutions/{SampleDraft.Id}/assignments/{iso3}",
                new { assignee = "me" },
                ifMatch: null,
                ifNoneMatch: "*"
            );
            assigned.EnsureSuccessStatusCode();
        }
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        await page.OpenSheet(app);
        await page.Page.Locator(".symbol a[href^='/desk/gaps']").ClickAsync();
        var states = page.Page.Locator("[data-state]");
        await Assertions.Expect(page.Page.Locator("h1")).ToContainTextAsync("A/ES-10/L.34");
        // The heading is there before the rest of the page has arrived.
        await page.Page.WaitForLoadStateAsync(LoadState.Load);
        var all = await states.CountAsync();
        all.ShouldBeGreaterThan(150);
        await page.Picture("desk-gaps-phone");
        // The states that can move the margin most come first.
        var effects = (await page.Page.Locator("[data-state] .aside > span:first-child").AllInnerTextsAsync())
            .Select(text =>
                int.Parse(text[(text.IndexOf('±', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture)
            )
            .ToList();
        effects.ShouldBe(effects.OrderDescending());

        await page.Page.Locator("a.chip[href*='kind=no-assignee']").ClickAsync();
        await Assertions.Expect(states).ToHaveCountAsync(191);
        await Assertions
            .Expect(page.Page.Locator("a.chip[aria-current]"))
            .ToContainTextAsync(page.Look.Language.Text("gap-kind.no-assignee"));
        (await page.Page.Locator("[data-state=ZWE]").CountAsync()).ShouldBe(0);
        await page.Page.Locator("[name=group]").SelectOptionAsync("african-states");
        await page.Page.Locator("form [type=submit]:visible").Last.ClickAsync();
        await Assertions.Expect(states).ToHaveCountAsync(53);
        page.Page.Url.ShouldContain("kind=no-assignee");

        await page.GoTo("/desk/gaps?assignee=me");
        (await states.EvaluateAllAsync<string[]>("(all) => all.map((e) => e.dataset.state)")).ShouldBeInAnyOrder([
            "ZWE",
            "NOR",
        ]);
        await Assertions.Expect(page.Page.Locator("[name=assignee]")).ToHaveValueAsync("lobbyist");
        await page.Page.Locator("[data-state=ZWE] .name").ClickAsync();
        await page.WaitUntilReady();
        await Assertions.Expect(page.State("ZWE").Locator(".card")).ToBeVisibleAsync();
    }
}
