using Microsoft.Playwright;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Web.Browser.Desk;

/// <summary>The filters of the sheet in its address, and the views that keep them.</summary>
public sealed class SavedViewsTests : BrowserFixture
{
    [Test]
    public async Task A_colleague_opens_a_saved_view_through_its_link_and_sees_the_same_states()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        await page.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.OpenSheet(app);
        await page.Page.Locator("[name=position]").SelectOptionAsync("no");
        await page.Page.Locator("[name=group]").SelectOptionAsync("african-states");
        await page.Page.Locator("[name=sort]").SelectOptionAsync("age");
        var shown = await Shown(page);
        shown.Length.ShouldBeInRange(3, 40);
        await page.Page.Locator("#views summary").ClickAsync();
        await page.Page.Locator("#views [name=name]").FillAsync("No in Africa");
        await page.Page.Locator("#views [name=shared]").CheckAsync();
        await page.Page.Locator("#views [type=submit]").ClickAsync();
        var view = page.Page.Locator("#views li");
        await Assertions.Expect(view.Locator("a")).ToHaveTextAsync("No in Africa");
        await page.Picture("desk-views");
        await view.Locator("[data-do=copy]").ClickAsync();
        await Assertions
            .Expect(view.Locator("[data-do=copy]"))
            .ToHaveTextAsync(page.Look.Language.Text("page.share.copied"));
        var link = await page.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");

        // The link has no language.
        await page.GoTo($"{Sheet.Path}?lang=fr");
        await page.WaitUntilReady();
        await page.Page.Locator("#views summary").ClickAsync();
        await view.Locator("[data-do=copy]").ClickAsync();
        await Assertions.Expect(view.Locator("[data-do=copy]")).Not.ToHaveTextAsync("Copier le lien");
        (await page.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()")).ShouldBe(link);

        var other = await Blank(app.Address, new Look("ar"));
        await other.SignIn(app, "coordinator");
        await other.GoTo(link);
        await other.WaitUntilReady();
        // Equal entries are in the order of their names, which are Arabic here.
        (await Shown(other)).ShouldBeInAnyOrder(shown);
        // The list of a colleague has it too, with its author, and without a button to delete it.
        await other.GoTo($"{Sheet.Path}?lang=ar");
        await other.WaitUntilReady();
        await other.Page.Locator("#views summary").ClickAsync();
        var shared = other.Page.Locator("#views li");
        await Assertions.Expect(shared).ToContainTextAsync("lobbyist");
        await Assertions.Expect(shared.Locator("[data-do=delete]")).ToHaveCountAsync(0);
        await shared.Locator("a").ClickAsync();
        await other.WaitUntilReady();
        (await Shown(other)).ShouldBeInAnyOrder(shown);
        await Assertions.Expect(other.Page.Locator("html")).ToHaveAttributeAsync("lang", "ar");
    }

    [Test]
    public async Task A_view_is_replaced_by_its_name_and_deleted_with_two_taps()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address, script: BrowserPage.WithoutLimits);
        page.Expect("status of 412");
        page.Expect("status of 400");
        await page.OpenSheet(app);
        await page.Page.Locator("#views summary").ClickAsync();
        await Save("Mine", "page.views.save");
        await Assertions
            .Expect(page.Page.Locator("#views [role=status]"))
            .ToHaveTextAsync(page.Look.Language.Text("page.views.saved"));
        await page.Page.Locator("[name=position]").SelectOptionAsync("undecided");
        // Another window has saved it meanwhile.
        using var client = app.Lobbyist;
        (await client.Put("/v1/views/Mine", new { filter = "position=yes" })).EnsureSuccessStatusCode();
        await Save("Mine", "page.views.replace");
        await Assertions
            .Expect(page.Page.Locator("#views [role=status]"))
            .ToHaveTextAsync(page.Look.Language.Text("page.views.conflict"));
        await Save("Mine", "page.views.replace");
        await Assertions
            .Expect(page.Page.Locator("#views [role=status]"))
            .ToHaveTextAsync(page.Look.Language.Text("page.views.saved"));
        await Assertions
            .Expect(page.Page.Locator("#views li a"))
            .ToHaveAttributeAsync("href", $"{Sheet.Path}?position=undecided");
        // A shared view of every resolution stays one.
        (
            await client.Put("/v1/views/Shared", new { filter = "position=yes", shared = true })
        ).EnsureSuccessStatusCode();
        await page.Page.ReloadAsync();
        await page.WaitUntilReady();
        await page.Page.Locator("#views summary").ClickAsync();
        await Save("Shared", "page.views.replace");
        await Assertions
            .Expect(page.Page.Locator("#views [role=status]"))
            .ToHaveTextAsync(page.Look.Language.Text("page.views.saved"));
        await Assertions.Expect(page.Page.Locator("#views [name=shared]")).Not.ToBeCheckedAsync();
        var shared = await client.GetJson("/v1/views/Shared");
        shared["shared"]!.GetValue<bool>().ShouldBeTrue();
        shared["resolution"].ShouldBeNull();
        shared["filter"]!.GetValue<string>().ShouldBe("position=undecided");
        using var deleted = await client.Send(HttpMethod.Delete, "/v1/views/Shared");
        deleted.EnsureSuccessStatusCode();
        await page.Page.ReloadAsync();
        await page.WaitUntilReady();
        await page.Page.Locator("#views summary").ClickAsync();
        await Save("with/slash", "page.views.save");
        await Assertions.Expect(page.Page.Locator("#views [role=status]")).ToContainTextAsync("with/slash");
        var delete = page.Page.Locator("#views [data-do=delete]");
        await delete.ClickAsync();
        await Assertions.Expect(page.Page.Locator("#views li")).ToHaveCountAsync(1);
        await delete.ClickAsync();
        await Assertions.Expect(page.Page.Locator("#views li")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Page.Locator("#views .none")).ToBeVisibleAsync();

        async Task Save(string name, string button)
        {
            await page.Page.Locator("#views [name=name]").FillAsync(name);
            var submit = page.Page.Locator("#views [type=submit]");
            await Assertions.Expect(submit).ToHaveTextAsync(page.Look.Language.Text(button));
            await submit.ClickAsync();
        }
    }

    [Test]
    public async Task The_sheet_is_filtered_by_team_member_and_by_what_is_missing()
    {
        var app = Start();
        await SampleDraft.Open(app);
        using var ann = await app.Member("Ann of New York");
        using var client = app.Lobbyist;
        foreach (
            var (iso3, assignee) in new[] { ("ZWE", "Ann of New York"), ("ZMB", "Ann of New York"), ("NOR", "me") }
        )
        {
            using var assigned = await client.Send(
                HttpMethod.Put,
                $"/v1/resolutions/{SampleDraft.Id}/assignments/{iso3}",
                new { assignee },
                ifMatch: null,
                ifNoneMatch: "*"
            );
            assigned.EnsureSuccessStatusCode();
        }
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        await page.OpenSheet(app);
        await page.Page.Locator("#filters [name=assignee]").SelectOptionAsync("Ann of New York");
        (await Shown(page)).ShouldBe(["ZMB", "ZWE"]);
        await page.Page.Locator("#filters [name=assignee]").SelectOptionAsync("me");
        (await Shown(page)).ShouldBe(["NOR"]);
        await page.Page.Locator("#filters [name=assignee]").SelectOptionAsync("");
        await page.Page.Locator("[name=gap]").SelectOptionAsync("no-assignee");
        await Assertions.Expect(page.Page.Locator(".state:visible")).ToHaveCountAsync(190);
        await Assertions.Expect(page.Page.Locator("[name=gap] option:checked")).ToContainTextAsync("(190)");
        await page.Picture("desk-filters");
        // The address has the filter. What changes is read again.
        page.Page.Url.ShouldContain("gap=no-assignee");
        await page.Page.ReloadAsync();
        await page.WaitUntilReady();
        await Assertions.Expect(page.Page.Locator(".state:visible")).ToHaveCountAsync(190);
        await page.Row("AFG").ClickAsync();
        await page.Page.Locator(".card .assignment button").ClickAsync();
        await page.WaitUntilSent();
        await Assertions.Expect(page.Row("AFG").Locator(".assignee")).ToHaveTextAsync("lobbyist");
        await page.Page.Locator(".card [data-do=close]").ClickAsync();
        await page.Page.Locator("[name=position]").SelectOptionAsync("yes");
        await page.Page.Locator("[name=position]").SelectOptionAsync("");
        await Assertions.Expect(page.Page.Locator(".state:visible")).ToHaveCountAsync(189);
        // A link can name a team member of whom no state is left.
        await page.GoTo($"{Sheet.Path}?assignee=Someone+else");
        await page.WaitUntilReady();
        (await Shown(page)).ShouldBeEmpty();
        await Assertions.Expect(page.Page.Locator("#filters [name=assignee]")).ToHaveValueAsync("Someone else");
    }

    [Test]
    public async Task Every_state_is_shown_with_a_notice_if_what_is_missing_cannot_be_read()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address);
        page.Expect("status of 409");
        page.Expect("status of 503");
        var (reads, status) = (0, 503);
        await page.Page.RouteAsync(
            "**/gaps",
            route =>
            {
                reads++;
                return route.FulfillAsync(
                    new()
                    {
                        Status = status,
                        ContentType = "application/problem+json",
                        Body = "{}",
                    }
                );
            }
        );
        await page.OpenSheet(app, query: "?gap=no-assignee");
        var notice = page.Page.Locator("#shown");
        await Assertions.Expect(notice).ToHaveTextAsync(page.Look.Language.Text("page.desk.lost"));
        var all = await page.Page.Locator(".state").CountAsync();
        (await Shown(page)).Length.ShouldBe(all);
        status = 409;
        await page.Page.Locator("[name=position]").SelectOptionAsync("yes");
        await Assertions.Expect(notice).ToContainTextAsync(page.Look.Language.Text("page.desk.over"));
        (await Shown(page)).Length.ShouldBeInRange(10, all - 1);
        var before = reads;
        await page.Page.Locator("[name=position]").SelectOptionAsync("no");
        await page.Page.Locator("[name=position]").SelectOptionAsync("");
        (await Shown(page)).Length.ShouldBe(all);
        reads.ShouldBe(before);
    }

    private static Task<string[]> Shown(BrowserPage page) =>
        page.Page.Locator(".state:visible").EvaluateAllAsync<string[]>("(states) => states.map((state) => state.id)");
}
