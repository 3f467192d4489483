using Microsoft.Playwright;
using VoteTracker.Endpoints.Text;
using VoteTracker.Localization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Web.Browser.Desk;

/// <summary>The sheet for each kind of reader: without a session, with a viewer's key, by keyboard, and in each language.</summary>
public sealed class DeskAccessTests : BrowserFixture
{
    [Test]
    public async Task Without_a_session_the_reader_signs_in_and_comes_back()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address, new Look("fr", Look.Phone));
        await page.GoTo($"{Sheet.Path}?lang=fr&position=no");
        page.Page.Url.ShouldContain("/sign-in");
        using var client = app.Lobbyist;
        await page.Page.Locator("#key").FillAsync(client.DefaultRequestHeaders.Authorization!.Parameter!);
        await page.Page.Keyboard.PressAsync("Enter");
        await page.WaitUntilReady();
        page.Page.Url.ShouldContain("position=no");
        await Assertions.Expect(page.Page.Locator("html")).ToHaveAttributeAsync("lang", "fr");
        var shown = await page
            .Page.Locator(".state:visible .mark")
            .EvaluateAllAsync<string[]>("(marks) => [...new Set(marks.map((mark) => mark.classList[1]))]");
        shown.ShouldBe(["no"]);
    }

    [Test]
    public async Task A_viewer_reads_the_sheet_and_cannot_edit_it()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address, new Look(IsDark: true));
        await page.OpenSheet(app, "viewer");
        (await page.Page.Locator(".state").CountAsync()).ShouldBe(193);
        // The card of a row has what is recorded, and nothing to change it.
        using (var coordinator = app.Coordinator)
        {
            using var put = await coordinator.Put(
                $"/v1/resolutions/{SampleDraft.Id}/stances/ZWE",
                new
                {
                    position = "no",
                    certainty = "leaning",
                    evidence = "call",
                    note = "If <b>paragraph 4</b> stays",
                    evidenceUrl = "https://example.org/a",
                }
            );
            put.EnsureSuccessStatusCode();
        }
        await page.WaitForPosition("ZWE", "no");
        await page.Row("ZWE").ClickAsync();
        var card = page.State("ZWE").Locator(".card");
        await Assertions.Expect(card).ToContainTextAsync("leaning");
        await Assertions.Expect(card).ToContainTextAsync("If <b>paragraph 4</b> stays");
        await Assertions.Expect(card).ToContainTextAsync("coordinator");
        await Assertions.Expect(card.Locator("a[href='https://example.org/a']")).ToBeVisibleAsync();
        (await card.Locator("input, textarea, select, .choices button").CountAsync()).ShouldBe(0);
        await page.Picture("desk-reading");
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Page.Locator(".card")).ToHaveCountAsync(0);
        await page.GoTo($"/resolutions/{SampleDraft.Id}");
        (await page.Page.Locator($"a[href='{Sheet.Path}']").CountAsync()).ShouldBe(0);
    }

    [Test]
    public async Task A_lobbyist_comes_from_the_page_of_the_resolution()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address);
        await page.SignIn(app, "lobbyist");
        await page.GoTo($"/resolutions/{SampleDraft.Id}");
        await page.Page.Locator($"a[href='{Sheet.Path}']").ClickAsync();
        await page.WaitUntilReady();
        await page.Picture("desk-1440");
    }

    [Test]
    public async Task The_keyboard_alone_finds_changes_and_undoes()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address);
        await page.OpenSheet(app);
        var keys = page.Page.Keyboard;
        var before = (await app.Stored("ZWE"))["position"]!.GetValue<string>();
        await keys.PressAsync("/");
        await keys.TypeAsync("津巴");
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Enter");
        await Assertions.Expect(page.State("ZWE").Locator(".card")).ToBeVisibleAsync();
        await Focused("button[value=abstain]");
        await keys.PressAsync("ArrowLeft");
        await keys.PressAsync("ArrowLeft");
        await Focused("button[value=yes]");
        await keys.PressAsync("Enter");
        await page.WaitForPosition("ZWE", "yes");
        await page.WaitUntilSent();
        await keys.PressAsync("Escape");
        await Assertions.Expect(page.Page.Locator(".card")).ToHaveCountAsync(0);
        await Focused("#ZWE .row");
        for (var tabs = 0; tabs < 30 && !await IsFocused("[data-do=undo]"); tabs++)
        {
            await keys.PressAsync("Tab");
        }
        await keys.PressAsync("Enter");
        await page.WaitForPosition("ZWE", before);

        // One row takes part in the order of the tabulator key, and arrows lead to the others.
        await keys.PressAsync("/");
        await page.Page.Locator("#find").FillAsync("");
        await Assertions.Expect(page.Page.Locator(".row[tabindex='0']")).ToHaveCountAsync(1);
        await keys.PressAsync("ArrowDown");
        await Focused("#AFG .row");
        await keys.PressAsync("ArrowDown");
        await Focused("#ALB .row");
        await keys.PressAsync("End");
        await Focused("#ZWE .row");

        async Task Focused(string selector) =>
            await page.Page.WaitForFunctionAsync("(selector) => document.activeElement.matches(selector)", selector);

        Task<bool> IsFocused(string selector) =>
            page.Page.EvaluateAsync<bool>("(selector) => document.activeElement.matches(selector)", selector);
    }

    [Test]
    public async Task A_search_folds_text_as_the_service_does()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address);
        await page.OpenSheet(app);
        string[] names =
        [
            .. (await page.Page.Locator(".state").EvaluateAllAsync<string[]>("(all) => all.map((e) => e.id)"))
                .SelectMany(StateNames.All)
                .Append("Ærø, Œuvre, Straße, Łódź, Đà Nẵng, İstanbul, ﬁ"[..^3])
                .Append("كــتاب آدم مؤتمر ٣٤ الجزائر ال"),
        ];
        names.Length.ShouldBeGreaterThan(1_000);
        var folded = await page.Page.EvaluateAsync<string[]>(
            "async (names) => { const { fold } = await import('/assets/desk/fold.js'); return names.map(fold); }",
            names
        );
        folded.ShouldBe(names.Select(FoldedText.Fold));
    }

    [Test]
    public async Task A_filter_and_an_order_stay_in_the_address()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        await page.OpenSheet(app);
        await page.Page.Locator("#find").FillAsync("irlande nord");
        await Assertions.Expect(page.Page.Locator(".state:visible")).ToHaveCountAsync(1);
        await page.Page.Locator("#find").FillAsync("");
        await page.Page.Locator("[name=group]").SelectOptionAsync("african-states");
        await page.Page.Locator("[name=position]").SelectOptionAsync("yes");
        await page.Page.Locator("[name=sort]").SelectOptionAsync("age");
        var count = await page.Page.Locator(".state:visible").CountAsync();
        count.ShouldBeInRange(5, 53);
        var address = page.Page.Url;
        address.ShouldContain("group=african-states");
        address.ShouldContain("sort=age");
        await page.Page.GotoAsync("/");
        await page.Page.GotoAsync(address);
        await page.WaitUntilReady();
        (await page.Page.Locator(".state:visible").CountAsync()).ShouldBe(count);
        await page.Page.Locator("[name=sort]").SelectOptionAsync("pivotal");
        await Assertions.Expect(page.Page.Locator("[name=sort]")).ToHaveValueAsync("pivotal");
        await page.GoTo($"{Sheet.Path}#NOR");
        await page.WaitUntilReady();
        await Assertions.Expect(page.State("NOR").Locator(".card")).ToBeVisibleAsync();
    }
}
