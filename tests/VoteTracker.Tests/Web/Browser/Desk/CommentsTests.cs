using Microsoft.Playwright;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Web.Browser.Desk;

/// <summary>Comments on a card, and the mentions in them.</summary>
public sealed class CommentsTests : BrowserFixture
{
    private const string Hostile =
        "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>\" {{7*7}} \u202Ereversed";

    private const string Comments = $"/v1/resolutions/{SampleDraft.Id}/stances/ZWE/comments";

    [Test]
    public async Task A_comment_with_a_mention_reaches_the_open_card_and_the_day_of_a_colleague()
    {
        var app = Start();
        await SampleDraft.Open(app);
        using var ann = await app.Member("Ann of New York", "coordinator");
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        await page.OpenSheet(app);
        var other = await Blank(app.Address, new Look("fr", Look.Phone));
        await other.SignInWith(ann.DefaultRequestHeaders.Authorization!.Parameter!);
        await other.GoTo($"{Sheet.Path}?lang=fr#ZWE");
        await other.WaitUntilReady();
        await page.Row("ZWE").ClickAsync();

        // The keyboard alone names the colleague.
        await Field(page).FocusAsync();
        var keys = page.Page.Keyboard;
        await keys.TypeAsync("Who can see them on Monday? @a");
        var options = page.Page.Locator(".card [role=option]");
        await Assertions.Expect(options).ToHaveTextAsync(["admin key of the settings", "Ann of New York"]);
        await page.Picture("desk-mention");
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("<b>please</b>");
        await Assertions.Expect(options).ToHaveCountAsync(0);
        await Assertions
            .Expect(Field(page))
            .ToHaveValueAsync("Who can see them on Monday? @Ann of New York <b>please</b>");
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await page.WaitUntilSent();

        foreach (var card in new[] { page, other })
        {
            var comment = card.Page.Locator(".card .comment");
            await Assertions.Expect(comment).ToHaveCountAsync(1);
            await Assertions.Expect(comment).ToContainTextAsync("<b>please</b>");
            await Assertions.Expect(comment.Locator("bdi").First).ToHaveTextAsync("lobbyist");
            await Assertions.Expect(comment.Locator(".mention")).ToHaveTextAsync("@Ann of New York");
            await Assertions
                .Expect(card.Row("ZWE").Locator(".line"))
                .ToContainTextAsync(card.Look.Language.Text("page.desk.comments.n", ("n", 1)));
        }
        await page.Page.Locator(".card .comment").EvaluateAsync("part => part.scrollIntoView()");
        await page.Picture("desk-comment");

        await other.GoTo("/desk/today?lang=fr");
        await other.WaitUntilReady();
        var mention = other.Page.Locator(".mentions li");
        await Assertions.Expect(mention).ToContainTextAsync("@Ann of New York <b>please</b>");
        await Assertions.Expect(mention).ToContainTextAsync("lobbyist");
        await other.Screenshot("desk-today-mention");
        // The author is not mentioned.
        await page.GoTo("/desk/today");
        await page.WaitUntilReady();
        await Assertions
            .Expect(page.Page.Locator("[data-redraw=mentions]"))
            .ToContainTextAsync(page.Look.Language.Text("page.today.mentions.none"));
        await mention.Locator("a").ClickAsync();
        await other.WaitUntilReady();
        await Assertions.Expect(other.State("ZWE").Locator(".card .comment")).ToHaveCountAsync(1);
    }

    [Test]
    public async Task A_mention_appears_on_a_day_that_is_open()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(
            app.Address,
            script: "setInterval = ((set) => (run, ms) => set(run, Math.min(ms, 500)))(setInterval);"
        );
        await page.SignIn(app, "lobbyist");
        await page.GoTo("/desk/today?since=3d");
        await page.WaitUntilReady();
        var moves = await page.Page.Locator(".changes-of .lines li").CountAsync();
        moves.ShouldBeGreaterThan(1);
        await page.Page.Locator("[data-part=add] [name=what]").FillAsync("Half a sen");
        using var coordinator = app.Coordinator;
        await coordinator.Add(Comments, new { text = "@lobbyist look" });
        await Assertions.Expect(page.Page.Locator(".mentions li")).ToHaveCountAsync(1);
        // A task of the team appears, and disappears when it is done.
        await Assertions.Expect(page.Page.Locator("#team")).ToBeHiddenAsync();
        var late = new
        {
            what = "Ask the capital",
            assignee = "me",
            dueOn = "2026-01-01",
        };
        var task = await coordinator.Add("/v1/tasks", late);
        await Assertions.Expect(page.Page.Locator("[data-redraw=team] li")).ToContainTextAsync("Ask the capital");
        using var done = await coordinator.Patch($"/v1/tasks/{task["id"]}", """{"doneOn": "2026-11-21"}""");
        done.EnsureSuccessStatusCode();
        await Assertions.Expect(page.Page.Locator("#team")).ToBeHiddenAsync();
        // The time that the reader chose, and what the reader has typed, stay.
        await Assertions.Expect(page.Page.Locator(".changes-of .lines li")).ToHaveCountAsync(moves);
        await Assertions.Expect(page.Page.Locator(".chip[aria-current]")).ToHaveTextAsync("3 days");
        await Assertions.Expect(page.Page.Locator("[data-part=add] [name=what]")).ToHaveValueAsync("Half a sen");
    }

    [Test]
    public async Task Without_network_a_comment_waits_and_is_sent_once()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        await page.OpenSheetOffline(app);
        await page.Row("ZWE").ClickAsync();
        await Field(page).FillAsync("Written in the lift");
        await page.Page.Locator(".card .comment-form [type=submit]").ClickAsync();
        await page.WaitForEdits(1);
        await Assertions.Expect(page.Page.Locator(".card .comment.unsent")).ToContainTextAsync("Written in the lift");
        await Assertions.Expect(page.Banner()).ToBeVisibleAsync();
        await page.GoOnline();
        await page.WaitUntilSent();
        await Assertions.Expect(page.Page.Locator(".card .comment:not(.unsent)")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Page.Locator(".card .comment.unsent")).ToHaveCountAsync(0);
        using var client = app.Lobbyist;
        var stored = (await client.GetJson(Comments))["items"]!.AsArray();
        stored.ShouldHaveSingleItem()!["text"]!.GetValue<string>().ShouldBe("Written in the lift");
        // One tap undoes it.
        await page.Do("undo").ClickAsync();
        await page.WaitUntilSent();
        await Assertions.Expect(page.Page.Locator(".card .comment")).ToHaveCountAsync(0);
        (await client.GetJson(Comments))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Test]
    public async Task A_comment_is_deleted_with_two_taps_by_its_author_or_a_coordinator()
    {
        var app = Start();
        await SampleDraft.Open(app);
        using (var coordinator = app.Coordinator)
        {
            await coordinator.Add(Comments, new { text = "Of the coordinator" });
        }
        using (var lobbyist = app.Lobbyist)
        {
            await lobbyist.Add(Comments, new { text = "Of the lobbyist" });
        }
        var page = await Blank(app.Address, script: BrowserPage.WithoutLimits);
        await page.OpenSheet(app, query: "#ZWE");
        var delete = page.Page.Locator(".card .comment .link");
        await Assertions.Expect(page.Page.Locator(".card .comment")).ToHaveCountAsync(2);
        await Assertions.Expect(delete).ToHaveCountAsync(1);
        await delete.ClickAsync();
        await Assertions.Expect(page.Page.Locator(".card .comment")).ToHaveCountAsync(2);
        await delete.ClickAsync();
        await Assertions.Expect(page.Page.Locator(".card .comment")).ToHaveCountAsync(1);
        var other = await Blank(app.Address);
        await other.OpenSheet(app, "coordinator", "#ZWE");
        await Assertions.Expect(other.Page.Locator(".card .comment .link")).ToHaveCountAsync(1);
    }

    [Test]
    public async Task A_comment_that_is_refused_is_kept_and_corrected()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        page.Expect("status of 400");
        await page.OpenSheet(app);
        await page.Row("ZWE").ClickAsync();
        await Field(page).FillAsync(string.Concat(Enumerable.Repeat("@lobbyist ", 300)));
        await page.Page.Locator(".card .comment-form [type=submit]").ClickAsync();
        var problem = page.Banner().Locator(".problem");
        await Assertions.Expect(problem).ToContainTextAsync("20");
        await problem.Locator("button").First.ClickAsync();
        await problem.Locator("[name=text]").FillAsync("@lobbyist only once");
        await problem.Locator("[type=submit]").ClickAsync();
        await page.WaitUntilSent();
        await Assertions.Expect(page.Page.Locator(".card .comment .mention")).ToHaveCountAsync(1);
    }

    [TestCase("en", Look.Desktop)]
    [TestCase("ar", Look.Phone)]
    public async Task Hostile_text_is_shown_as_text(string language, int width)
    {
        var app = Start();
        await SampleDraft.Open(app);
        // A label can be mentioned when its key exists.
        using var lobbyist = app.Lobbyist;
        using var coordinator = app.Coordinator;
        for (var i = 0; i < 23; i++)
        {
            await coordinator.Add(Comments, new { text = $"@lobbyist {Hostile} {i}" });
        }
        var page = await Blank(app.Address, new Look(language, width));
        await page.OpenSheet(app, query: $"?lang={language}#ZWE");
        var comments = page.Page.Locator(".card .comment .what");
        await Assertions.Expect(comments).ToHaveCountAsync(20);
        await Assertions.Expect(comments.Last).ToHaveTextAsync($"@lobbyist {Hostile} 22");
        await page.Page.Locator(".card .comments .older button").ClickAsync();
        await Assertions.Expect(comments).ToHaveCountAsync(23);
        await Assertions.Expect(comments.First).ToHaveTextAsync($"@lobbyist {Hostile} 0");
        await ShouldBeText();
        await page.GoTo($"/desk/today?lang={language}&since={Uri.EscapeDataString(Hostile)}", 200);
        await Assertions.Expect(page.Page.Locator(".mentions li")).ToHaveCountAsync(23);
        await Assertions.Expect(page.Page.Locator(".notice[role=alert]")).ToContainTextAsync("<script>");
        await ShouldBeText();
        await page.GoTo($"/desk/{SampleDraft.Id}/briefs/ZWE?lang={language}");
        await Assertions.Expect(page.Page.Locator(".brief .comments li")).ToHaveCountAsync(5);
        await ShouldBeText();

        async Task ShouldBeText()
        {
            (await page.Page.EvaluateAsync<string[]>(HostileTextTests.NotIsolated)).ShouldBeEmpty();
            (await page.Page.EvaluateAsync<bool>("() => 'hacked' in window")).ShouldBeFalse();
        }
    }

    private static ILocator Field(BrowserPage page) => page.Page.Locator(".card .comment-form textarea");
}
