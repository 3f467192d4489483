using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser.Desk;

/// <summary>A day of work on a phone, and the tasks that come from it.</summary>
public sealed class PhoneDayTests : BrowserFixture
{
    [Test]
    public async Task A_meeting_makes_a_state_likely_yes_with_a_task_and_is_undone()
    {
        var app = Start();
        await SampleDraft.Open(app);
        using (var coordinator = app.Coordinator)
        {
            await coordinator.RecordStance(SampleDraft.Id, "CIV", "undecided", "likely", "call");
        }
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        await page.GoTo(Sheet.Path);
        using var client = app.Lobbyist;
        await page.Page.Locator("#key").FillAsync(client.DefaultRequestHeaders.Authorization!.Parameter!);
        await page.Page.Locator("main form [type=submit]").ClickAsync();
        await page.WaitUntilReady();
        var yes = await page.ReadYes();

        await page.Page.Locator("#find").FillAsync("ivory");
        await Assertions.Expect(page.Page.Locator(".state:visible")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Row("CIV")).ToContainTextAsync("Côte d");
        await page.Row("CIV").ClickAsync();
        await page.Choice("kind", "meeting").ClickAsync();
        await page.Page.Locator(".card [name=summary]").FillAsync("Met the deputy; likely yes if paragraph 4 stays");
        await page.Page.Locator(".card [name=task]").FillAsync("Send the new paragraph");
        await page.Page.Locator(".card [name=due]").FillAsync("2026-11-25");
        await page.Picture("desk-meeting");
        await page.Choice("position", "yes").ClickAsync();

        await page.WaitForPosition("CIV", "yes");
        await page.WaitForYes(yes + 1);
        await page.WaitUntilSent();
        var stored = await app.Stored("CIV");
        stored["certainty"]!.GetValue<string>().ShouldBe("likely");
        stored["evidence"]!.GetValue<string>().ShouldBe("meeting");
        var engagement = (await client.GetJson("/v1/engagements?memberState=CIV"))["items"]!.AsArray().Single()!;
        stored["engagement"]!.GetValue<long>().ShouldBe(engagement["id"]!.GetValue<long>());
        var task = (await client.GetJson("/v1/tasks?memberState=CIV"))["items"]!.AsArray().Single()!;
        task["dueOn"]!.GetValue<string>().ShouldBe("2026-11-25");
        task["assignee"]!.GetValue<string>().ShouldBe("lobbyist");
        await Assertions.Expect(page.Row("CIV").Locator(".badge")).ToContainTextAsync("1");
        await Assertions.Expect(page.Page.Locator(".card .talk")).ToContainTextAsync("Met the deputy");
        await Assertions.Expect(page.Page.Locator(".card .task")).ToContainTextAsync("Send the new paragraph");
        await page.Page.Locator(".card .talk").EvaluateAsync("part => part.scrollIntoView()");
        await page.Picture("desk-work");

        await page.Do("undo").ClickAsync();
        await page.WaitForYes(yes);
        await page.WaitForPosition("CIV", "undecided");
        await page.WaitUntilSent();
        (await client.GetJson("/v1/engagements?memberState=CIV"))["items"]!.AsArray().ShouldBeEmpty();
        (await client.GetJson("/v1/tasks?memberState=CIV"))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Test]
    public async Task Three_taps_record_a_call()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address, new Look("es", Look.Phone));
        await page.OpenSheet(app, query: "?lang=es");
        await page.Row("ZWE").ClickAsync();
        await page.Choice("kind", "call").ClickAsync();
        await page.Choice("position", "yes").ClickAsync();
        await page.WaitForPosition("ZWE", "yes");
        await page.WaitUntilSent();
        using var client = app.Lobbyist;
        var call = (await client.GetJson("/v1/engagements?memberState=ZWE"))["items"]!.AsArray().Single()!;
        call["kind"]!.GetValue<string>().ShouldBe("call");
        call["resolution"]!.GetValue<string>().ShouldBe(SampleDraft.Id);
        (await app.Stored("ZWE"))["evidence"]!.GetValue<string>().ShouldBe("call");
        // Also without a position.
        await page.Choice("kind", "letter").ClickAsync();
        await page.Do("talk").ClickAsync();
        await page.WaitUntilSent();
        (await client.GetJson("/v1/engagements?memberState=ZWE"))["items"]!.AsArray().Count.ShouldBe(2);
    }

    [Test]
    public async Task A_meeting_with_an_old_version_stores_nothing_and_asks_and_can_be_saved_without_its_position()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        page.Expect("status of 412");
        page.Expect("/v1/changes");
        page.Expect("net::ERR_FAILED");
        await page.SignIn(app, "lobbyist");
        await page.Page.RouteAsync("**/v1/changes*", route => route.AbortAsync());
        await page.GoTo(Sheet.Path);
        await page.WaitUntilReady();
        await page.Row("ZWE").ClickAsync();
        await page.Choice("kind", "meeting").ClickAsync();
        await page.Page.Locator(".card [name=summary]").FillAsync("Met <them>");
        using var other = app.Coordinator;
        await other.RecordStance(SampleDraft.Id, "ZWE", "no", "leaning", "call");
        await page.Choice("position", "yes").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".card [data-part=newer]")).ToContainTextAsync("coordinator");
        await Assertions.Expect(page.Page.Locator(".card [data-part=newer]")).ToContainTextAsync("Met <them>");
        (await other.GetJson("/v1/engagements"))["items"]!.AsArray().ShouldBeEmpty();
        await page.Do("theirs").ClickAsync();
        await page.WaitUntilSent();
        (await other.GetJson("/v1/engagements"))["items"]!.AsArray().Single()!["summary"]!
            .GetValue<string>()
            .ShouldBe("Met <them>");
        (await app.Stored("ZWE"))["position"]!.GetValue<string>().ShouldBe("no");
    }

    [Test]
    public async Task Tasks_assignments_and_conversations_are_edited_on_the_card_and_appear_elsewhere()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address);
        await page.OpenSheet(app);
        var other = await Blank(app.Address, new Look("ru", Look.Phone));
        await other.OpenSheet(app, "coordinator", "?lang=ru");
        await page.Row("ZWE").ClickAsync();
        await page.Page.Locator(".card .assignment button").ClickAsync();
        await Assertions.Expect(page.Row("ZWE").Locator(".assignee")).ToHaveTextAsync("lobbyist");
        await page.Page.Locator(".card .add [name=what]").FillAsync("Call <b>back</b>");
        await page.Page.Locator(".card .add [name=dueOn]").FillAsync("2026-11-20");
        await page.Page.Locator(".card .add [type=submit]").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".card .task .late")).ToBeVisibleAsync();
        await Assertions.Expect(other.Row("ZWE").Locator(".assignee")).ToHaveTextAsync("lobbyist");
        await Assertions.Expect(other.Row("ZWE").Locator(".badge.warn")).ToBeVisibleAsync();
        await page.Page.Locator("[data-show=mine]").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".state:visible")).ToHaveCountAsync(1);
        await page.Page.Locator("[data-show=overdue]").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".state:visible")).ToHaveCountAsync(1);

        await page.Page.Locator(".card .task .link").ClickAsync();
        await page.Page.Locator(".card .task form [name=dueOn]").FillAsync("2026-12-20");
        await page.Page.Locator(".card .task form [type=submit]").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".card .task .late")).ToHaveCountAsync(0);
        await page.Page.Locator(".card .task input[type=checkbox]").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".card .task")).ToHaveCountAsync(0);
        await page.Do("undo").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".card .task")).ToContainTextAsync("Call <b>back</b>");
    }

    [Test]
    public async Task The_page_of_tasks_lists_them_ticks_one_off_and_undoes_it()
    {
        var app = Start();
        await SampleDraft.Open(app);
        using var client = app.Lobbyist;
        foreach (
            var (what, due) in new[]
            {
                ("Late <i>letter</i>", "2026-11-01"),
                ("Call later", "2026-12-24"),
                ("Without a day", null),
            }
        )
        {
            using var answer = await client.Send(
                HttpMethod.Post,
                "/v1/tasks",
                new
                {
                    what,
                    memberState = "CIV",
                    resolution = SampleDraft.Id,
                    assignee = "me",
                    dueOn = due,
                },
                ifMatch: null
            );
            answer.EnsureSuccessStatusCode();
        }
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        await page.SignIn(app, "lobbyist");
        await page.GoTo("/desk/tasks");
        await page.WaitUntilReady();
        var late = page.Page.Locator("[data-tasks=overdue] .task");
        await Assertions.Expect(late).ToContainTextAsync("Late <i>letter</i>");
        await Assertions.Expect(page.Page.Locator("[data-tasks=open] .task")).ToHaveCountAsync(2);
        await page.Picture("desk-tasks");
        await late.Locator("input[type=checkbox]").ClickAsync();
        await Assertions.Expect(page.Page.Locator("[data-tasks=done] .task")).ToHaveCountAsync(1);
        await page.Do("undo").ClickAsync();
        await Assertions.Expect(late).ToHaveCountAsync(1);
        await page.Page.Locator("[data-part=add] [name=what]").FillAsync("One more");
        await page.Page.Locator("[data-part=add] [type=submit]").ClickAsync();
        await Assertions.Expect(page.Page.Locator("[data-tasks=open] .task")).ToHaveCountAsync(3);
        await page.Page.Locator("[data-tasks=overdue] a").ClickAsync();
        await page.WaitUntilReady();
        await Assertions.Expect(page.State("CIV").Locator(".card")).ToBeVisibleAsync();
    }
}
