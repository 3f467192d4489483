using Microsoft.Playwright;
using static VoteTracker.Tests.Security.KeyRequests;

namespace VoteTracker.Tests.Web.Browser.Desk;

/// <summary>The work on a card: whose it is, which resolution it is about, and how much of it there is.</summary>
public sealed class DeskWorkTests : BrowserFixture
{
    [Test]
    public async Task Work_on_this_resolution_comes_first_and_the_rest_is_one_tap_away()
    {
        var app = Start();
        await SampleDraft.Open(app);
        using var client = app.Lobbyist;
        await Post(
            client,
            "/v1/tasks",
            new
            {
                what = "About another",
                memberState = "ZWE",
                resolution = "es-10-l-35",
                dueOn = "2026-11-01",
            }
        );
        await Post(
            client,
            "/v1/tasks",
            new
            {
                what = "About the state",
                memberState = "ZWE",
                dueOn = "2026-11-02",
            }
        );
        for (var i = 0; i < 22; i++)
        {
            await Post(
                client,
                "/v1/tasks",
                new
                {
                    what = $"About this {i:00}",
                    memberState = "ZWE",
                    resolution = SampleDraft.Id,
                }
            );
        }
        await Post(
            client,
            "/v1/engagements",
            new
            {
                memberState = "ZWE",
                kind = "call",
                on = "2026-11-17",
                summary = "Another",
                resolution = "es-10-l-35",
            }
        );
        await Post(
            client,
            "/v1/engagements",
            new
            {
                memberState = "ZWE",
                kind = "call",
                on = "2026-11-01",
                summary = "This",
                resolution = SampleDraft.Id,
            }
        );
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        await page.OpenSheet(app);
        await page.Row("ZWE").ClickAsync();
        var tasks = page.Page.Locator(".card .task .what");
        await Assertions.Expect(tasks).ToHaveCountAsync(20);
        (await tasks.AllInnerTextsAsync())[0].ShouldBe("About this 00");
        await Assertions.Expect(page.Page.Locator(".card .talk").First).ToContainTextAsync("This");
        await Assertions
            .Expect(page.Page.Locator(".card .talk").Last.Locator("a"))
            .ToHaveAttributeAsync("href", "/desk/es-10-l-35#ZWE");
        await page.Page.Locator(".card .tasks .more button").ClickAsync();
        await Assertions.Expect(tasks).ToHaveCountAsync(24);
        var all = await tasks.AllInnerTextsAsync();
        all[^2].ShouldBe("About the state");
        all[^1].ShouldBe("About another");
        await Assertions.Expect(page.Page.Locator(".card .task").Last).ToContainTextAsync("es-10-l-35");
        await Assertions.Expect(page.Page.Locator(".card .more")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Fields_for_a_team_member_suggest_the_valid_labels()
    {
        var app = Start();
        await SampleDraft.Open(app);
        await NewKey(app, new { label = "Ann of New York", role = "coordinator" });
        await NewKey(
            app,
            new
            {
                label = "gone",
                role = "lobbyist",
                expiresAt = app.Clock.GetUtcNow().AddHours(1),
            }
        );
        app.Clock.Jump(TimeSpan.FromHours(2));
        var page = await Blank(app.Address);
        await page.OpenSheet(app);
        await page.Row("ZWE").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".card .add [name=assignee]")).ToHaveAttributeAsync("list", "people");
        (await Suggested(page)).ShouldBe(["admin key of the settings", "Ann of New York", "coordinator", "lobbyist"]);
        await page.GoTo("/desk/tasks");
        await page.WaitUntilReady();
        (await Suggested(page)).ShouldContain("Ann of New York");
    }

    [Test]
    public async Task After_the_vote_the_card_has_the_work_and_no_position_to_tap()
    {
        var app = Start();
        await SampleDraft.Open(app);
        using (var coordinator = app.Coordinator)
        {
            (
                await coordinator.Patch($"/v1/resolutions/{SampleDraft.Id}", """{"status": "withdrawn"}""")
            ).EnsureSuccessStatusCode();
        }
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        await page.OpenSheet(app);
        await page.Row("ZWE").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".card .facts")).ToContainTextAsync("abstain");
        (await page.Page.Locator(".card .positions").CountAsync()).ShouldBe(0);
        await page.Page.Locator(".card .add [name=what]").FillAsync("Thank them");
        await page.Page.Locator(".card .add [type=submit]").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".card .task")).ToContainTextAsync("Thank them");
    }

    // At the end of a test, the page is checked for text that is cut or outside the window.
    [TestCase("en")]
    [TestCase("fr")]
    [TestCase("es")]
    [TestCase("ru")]
    [TestCase("zh")]
    [TestCase("ar")]
    public async Task A_card_on_a_phone_breaks_no_word_and_nothing_leaves_its_place(string language)
    {
        var app = Start();
        await SampleDraft.Open(app);
        using var client = app.Lobbyist;
        for (var i = 0; i < 3; i++)
        {
            await Post(
                client,
                "/v1/tasks",
                new
                {
                    what = "Send it",
                    memberState = "ZWE",
                    dueOn = "2026-11-01",
                }
            );
        }
        using var assigned = await client.Send(
            HttpMethod.Put,
            $"/v1/resolutions/{SampleDraft.Id}/assignments/ZWE",
            new { assignee = "me" },
            ifMatch: null,
            ifNoneMatch: "*"
        );
        assigned.EnsureSuccessStatusCode();
        var page = await Blank(app.Address, new Look(language, Look.Phone));
        await page.OpenSheet(app, query: $"?lang={language}#ZWE");
        await Assertions.Expect(page.Page.Locator(".card .task")).ToHaveCountAsync(3);
        var wide = await page.Page.EvaluateAsync<string[]>(
            """
            () => {
              const faults = [];
              const end = (e) => e.getBoundingClientRect();
              for (const e of document.querySelectorAll(".chip, .badge, .choices button, .fields button, .top *")) {
                if (!e.checkVisibility({ contentVisibilityAuto: true })) continue;
                if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0) faults.push(`too narrow: ${e.textContent}`);
                const outer = end(e.closest("#ZWE, .filters, .top") ?? document.body);
                const isScrolled = e.closest(".kinds");
                if (!isScrolled && (end(e).right > outer.right + 1 || end(e).left < outer.left - 1)) faults.push(`outside: ${e.textContent}`);
              }
              return faults;
            }
            """
        );
        wide.ShouldBeEmpty();
        await page.Picture($"desk-card-{language}");
    }

    private static Task<string[]> Suggested(BrowserPage page) =>
        page.Page.Locator("#people option").EvaluateAllAsync<string[]>("(options) => options.map((o) => o.value)");

    private static async Task Post(HttpClient client, string path, object body)
    {
        using var answer = await client.Send(HttpMethod.Post, path, body, ifMatch: null);
        ((int)answer.StatusCode).ShouldBe(201, await answer.Content.ReadAsStringAsync());
    }
}
