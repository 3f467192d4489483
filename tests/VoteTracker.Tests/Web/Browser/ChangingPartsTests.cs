using Microsoft.Playwright;
using VoteTracker.Tests.Features;

namespace VoteTracker.Tests.Web.Browser;

/// <summary>After a change, an open page equals one that is loaded anew, in all of its parts.</summary>
public sealed class ChangingPartsTests : BrowserFixture
{
    private const string Page = $"/resolutions/{SampleDraft.Id}";

    // Without what the reader and the scripts change.
    private const string Content = """
        () => {
          const copy = document.querySelector("article").cloneNode(true);
          copy.querySelectorAll("output").forEach((output) => output.replaceChildren());
          copy.querySelectorAll(".slider").forEach((slider) => (slider.hidden = true));
          return document.title + copy.innerHTML;
        }
        """;

    [Test]
    public async Task The_title_and_the_day_of_the_vote_change()
    {
        var (app, page) = await OpenSignedIn();
        await Patch(app, SampleDraft.Id, new { title = "A title that was changed", voteOn = "2026-12-01" });
        await Assertions.Expect(page.Page.Locator("h1")).ToHaveTextAsync("A title that was changed");
        await Assertions.Expect(page.Page.Locator(".symbol")).ToContainTextAsync("1 December 2026");
        await ShouldBeAsLoadedAnew(page);
    }

    [Test]
    public async Task After_a_withdrawal_its_parts_disappear_and_come_back_with_the_resolution()
    {
        var (app, page) = await OpenSignedIn();
        var parts = page.Page.Locator("#moves, #path, #outlook");
        await Assertions.Expect(parts).ToHaveCountAsync(3);
        var before = await page.Page.EvaluateAsync<string>(Content);
        await Patch(app, SampleDraft.Id, new { status = "withdrawn" });
        await Assertions.Expect(parts).ToHaveCountAsync(0);
        await ShouldBeAsLoadedAnew(page);
        await page.WaitForConnection("page.live.on");
        await Patch(app, SampleDraft.Id, new { status = "tabled" });
        await Assertions.Expect(parts).ToHaveCountAsync(3);
        await ShouldBeAsLoadedAnew(page);
        before.ShouldNotBeEmpty();
    }

    [Test]
    public async Task The_tree_shows_a_changed_amendment_and_a_new_one()
    {
        var (app, page) = await OpenSignedIn();
        var tree = page.Page.Locator("section[aria-labelledby=tree]");
        var before = await tree.InnerTextAsync();
        using var coordinator = app.Coordinator;
        await Patch(app, "es-10-l-35", new { title = "An amendment that was changed" });
        await coordinator.OpenDraft(
            new
            {
                title = "A second amendment",
                kind = "amendment",
                parent = SampleDraft.Id,
                visibility = "positions",
            },
            "A/ES-10/L.36"
        );
        await Heartbeats(
            app,
            () => tree.InnerTextAsync(),
            text => text.Contains("A second amendment", StringComparison.Ordinal)
        );
        (await tree.InnerTextAsync()).ShouldNotBe(before);
        (await tree.InnerTextAsync()).ShouldContain("An amendment that was changed");
        await ShouldBeAsLoadedAnew(page);
    }

    [Test]
    public async Task The_comparison_shows_a_changed_position()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Open(app, $"{Page}?compare=es-10-27");
        await page.WaitForConnection("page.live.on");
        var compared = page.Page.Locator("#compare ~ ul.members");
        var before = await compared.InnerTextAsync();
        using var lobbyist = app.Lobbyist;
        // One of them is not as in the record.
        await lobbyist.RecordStance(SampleDraft.Id, "URY", "yes");
        await lobbyist.RecordStance(SampleDraft.Id, "URY", "no");
        await page.WaitForTally(app);
        (await compared.InnerTextAsync()).ShouldNotBe(before);
        await ShouldBeAsLoadedAnew(page);
    }

    private async Task<(App App, BrowserPage Page)> OpenSignedIn()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address);
        await page.SignIn(app, "lobbyist");
        await page.GoTo(Page);
        await page.WaitForConnection("page.live.on");
        return (app, page);
    }

    private static async Task Patch(App app, string id, object fields)
    {
        using var coordinator = app.Coordinator;
        using var answer = await coordinator.Send(HttpMethod.Patch, $"/v1/resolutions/{id}", fields);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    // The page asks for parts with versions of their own at some heartbeats.
    private static async Task Heartbeats(App app, Func<Task<string>> read, Func<string, bool> isExpected)
    {
        for (var beat = 0; beat < 360 && !isExpected(await read()); beat++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(15));
            await Task.Delay(500);
        }
    }

    private static async Task ShouldBeAsLoadedAnew(BrowserPage page)
    {
        var updated = await page.Page.EvaluateAsync<string>(Content);
        await page.Page.ReloadAsync();
        (await page.Page.EvaluateAsync<string>(Content)).ShouldBe(updated);
    }
}
