using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser;

/// <summary>What a reader did with a page stays when the page changes by itself.</summary>
public sealed class ReaderInputTests : BrowserFixture
{
    private const string Page = $"/resolutions/{SampleDraft.Id}";

    private const string OpenDetails =
        "() => [...document.querySelectorAll('details[open]')].map((d) => d.id).join(' ')";

    [Test]
    public async Task Text_in_a_field_stays_with_the_focus_and_the_caret()
    {
        var (app, page) = await OpenSignedIn();
        await page.Page.Locator("#since").PressSequentiallyAsync("11202026");
        await Change(app, page);
        // Typing goes on where it was: at the end of the year.
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await page.Page.Keyboard.TypeAsync("1030AM");
        await Assertions.Expect(page.Page.Locator("#since")).ToHaveValueAsync("2026-11-20T10:30");
        await page.Page.Locator("#other").SelectOptionAsync("es-10-27");
        await Change(app, page);
        await Assertions.Expect(page.Page.Locator("#other")).ToHaveValueAsync("es-10-27");
        await Assertions.Expect(page.Page.Locator("#since")).ToHaveValueAsync("2026-11-20T10:30");
    }

    [Test]
    public async Task Open_details_stay_open_and_no_others_open()
    {
        var (app, page) = await OpenSignedIn();
        string[] opened = ["co-sponsors-names", "timeline-table", "cite-cff", "members-asia-pacific-states"];
        foreach (var id in opened)
        {
            await page.Page.Locator($"#{id} > summary").ClickAsync();
        }
        await Change(app, page);
        (await page.Page.EvaluateAsync<string>(OpenDetails)).Split(' ').ShouldBeInAnyOrder(opened);
        await page.Page.Locator("#timeline-table > summary").ClickAsync();
        await Change(app, page);
        (await page.Page.EvaluateAsync<string>(OpenDetails))
            .Split(' ')
            .ShouldBeInAnyOrder(opened.Where(id => id != "timeline-table"));
    }

    [Test]
    public async Task The_focus_stays_on_the_link_of_a_state_whose_place_changes()
    {
        var (app, page) = await OpenSignedIn();
        await Sign(app, page, "ZWE", 2);
        await page.Page.Locator("#co-sponsors-names > summary").ClickAsync();
        await page.Page.Locator("#co-sponsors-names li").Nth(1).Locator("a").FocusAsync();
        await Sign(app, page, "BRA", 3);
        (await page.Page.EvaluateAsync<string>("() => document.activeElement.getAttribute('href')")).ShouldBe(
            "/states/ZWE"
        );
        (await page.Page.Locator("#co-sponsors-names li").Nth(2).InnerTextAsync()).ShouldBe(
            page.Look.Language.State("ZWE")
        );
    }

    [Test]
    public async Task A_selection_stays()
    {
        var (app, page) = await OpenSignedIn();
        await page.Page.EvaluateAsync(
            "() => getSelection().selectAllChildren(document.querySelector('#state-NOR bdi'))"
        );
        await Change(app, page);
        (await page.Page.EvaluateAsync<string>("() => String(getSelection())")).ShouldBe(
            page.Look.Language.State("NOR")
        );
    }

    [Test]
    public async Task The_slider_stays_at_its_moment_and_follows_the_newest_one()
    {
        var (app, page) = await OpenSignedIn();
        var slider = page.Page.Locator("#moment");
        var output = page.Page.Locator(".slider output");
        var newest = await output.InnerTextAsync();
        await Change(app, page);
        (await output.InnerTextAsync()).ShouldNotBe(newest, "it was at the newest moment");
        await slider.FillAsync("0");
        var oldest = await output.InnerTextAsync();
        await slider.FillAsync("1");
        var chosen = await output.InnerTextAsync();
        chosen.ShouldNotBe(oldest);
        await Change(app, page);
        await Assertions.Expect(slider).ToHaveValueAsync("1");
        (await output.InnerTextAsync()).ShouldBe(chosen);
        await Assertions.Expect(slider).ToBeVisibleAsync();
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

    // A state signs, and the page shows that this many have. Co-sponsors have versions of their own.
    private static async Task Sign(App app, BrowserPage page, string iso3, int count)
    {
        using var coordinator = app.Coordinator;
        using var answer = await coordinator.Put(
            $"/v1/resolutions/{SampleDraft.Id}/co-sponsors/{iso3}",
            new { status = "signed", role = "additional" }
        );
        answer.IsSuccessStatusCode.ShouldBeTrue();
        var names = page.Page.Locator("#co-sponsors-names li");
        for (var beat = 0; beat < 360 && await names.CountAsync() != count; beat++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(15));
            await Task.Delay(500);
        }
        await Assertions.Expect(names).ToHaveCountAsync(count);
    }

    // A member turns to another position, a minute later, and the page shows it.
    private static async Task Change(App app, BrowserPage page, string iso3 = "URY")
    {
        app.Clock.Jump(TimeSpan.FromMinutes(1));
        using var lobbyist = app.Lobbyist;
        var old = await page.Page.Locator($"#state-{iso3}").InnerTextAsync();
        await lobbyist.RecordStance(SampleDraft.Id, iso3, old.Contains("yes", StringComparison.Ordinal) ? "no" : "yes");
        await Assertions.Expect(page.Page.Locator($"#state-{iso3}")).Not.ToHaveTextAsync(old);
        await page.WaitForTally(app);
    }
}
