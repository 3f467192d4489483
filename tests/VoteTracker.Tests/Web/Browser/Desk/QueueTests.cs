using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser.Desk;

/// <summary>The queue of edits: a conflict or a refused edit stops its own resource, is shown, and is decided by its author.</summary>
public sealed class QueueTests : BrowserFixture
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task Two_edits_of_one_state_that_meet_a_newer_one_are_one_decision(bool keepsTheirs)
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        page.Expect("status of 412");
        await page.OpenSheetOffline(app);
        await page.Row("ZWE").ClickAsync();
        await page.Page.Locator(".card [name=reason]").FillAsync("The first reason");
        await page.Choice("position", "yes").ClickAsync();
        await page.WaitForPosition("ZWE", "yes");
        await page.Page.Locator(".card [name=reason]").FillAsync("The second reason");
        await page.Choice("position", "absent").ClickAsync();
        await page.WaitForPosition("ZWE", "absent");
        await page.WaitForEdits(2);
        // Another state is not stopped by the conflict.
        await page.Row("YEM").ClickAsync();
        await page.Choice("position", "undecided").ClickAsync();
        await page.WaitForPosition("YEM", "undecided");
        await page.Row("ZWE").ClickAsync();
        long theirs;
        using (var other = app.Coordinator)
        {
            theirs = (await other.RecordStance(SampleDraft.Id, "ZWE", "no", "leaning"))["version"]!.GetValue<long>();
        }

        await page.GoOnline();
        var notice = page.Page.Locator(".card [data-part=newer]");
        await Assertions.Expect(notice).ToContainTextAsync("coordinator");
        await Assertions.Expect(notice).ToContainTextAsync("absent");
        await Assertions.Expect(notice).ToContainTextAsync("The first reason");
        await Assertions.Expect(notice).ToContainTextAsync("The second reason");
        await page.WaitForEdits(2);
        (await app.Stored("YEM"))["position"]!.GetValue<string>().ShouldBe("undecided");
        (await app.Stored("ZWE"))["version"]!.GetValue<long>().ShouldBe(theirs, "nothing is overwritten unasked");

        await page.Do(keepsTheirs ? "theirs" : "mine").ClickAsync();
        await page.WaitUntilSent();
        await page.WaitForPosition("ZWE", keepsTheirs ? "no" : "absent");
        await Assertions.Expect(notice).ToBeHiddenAsync();
        using var client = app.Lobbyist;
        var history = (await client.GetJson($"/v1/resolutions/{SampleDraft.Id}/stances/ZWE/history"))[
            "items"
        ]!.AsArray();
        string?[] since =
        [
            .. history
                .Where(change => change!["version"]!.GetValue<long>() > theirs)
                .Select(change => change!["reason"]?.GetValue<string>()),
        ];
        since.ShouldBe(keepsTheirs ? [] : ["The first reason", "The second reason"]);
    }

    [Test]
    public async Task A_refused_task_shows_why_is_corrected_and_stops_no_other()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        page.Expect("status of 400");
        await page.OpenSheet(app);
        await page.Row("ZWE").ClickAsync();
        await AddTask(page, "Call <b>them</b>", "Nobody");
        var problem = page.Banner().Locator(".problem");
        await Assertions.Expect(problem).ToContainTextAsync("Call <b>them</b>");
        await Assertions.Expect(problem).ToContainTextAsync("Nobody");
        await AddTask(page, "Write to them", "");
        await Assertions.Expect(page.Page.Locator(".card .task")).ToContainTextAsync("Write to them");
        await page.WaitForEdits(1);
        await page.Picture("desk-refused");

        // It is refused again for the same reason, also after the page is opened again.
        await problem.GetByText("Try again").ClickAsync();
        await Assertions.Expect(problem).ToContainTextAsync("Nobody");
        await page.Page.ReloadAsync();
        await page.WaitUntilReady();
        await Assertions.Expect(problem).ToContainTextAsync("Nobody");
        await problem.GetByText("Correct").ClickAsync();
        await Assertions.Expect(problem.Locator("[name=what]")).ToHaveValueAsync("Call <b>them</b>");
        await problem.Locator("[name=assignee]").FillAsync("lobbyist");
        await problem.Locator("[type=submit]").ClickAsync();
        await page.WaitUntilSent();
        await Assertions.Expect(page.Banner()).ToBeHiddenAsync();
        (await Tasks(app)).ShouldBe(["Call <b>them</b>", "Write to them"]);
    }

    [Test]
    public async Task A_refused_task_can_be_discarded()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address);
        page.Expect("status of 400");
        await page.OpenSheet(app);
        await page.Row("ZWE").ClickAsync();
        await AddTask(page, "Call them", "Nobody");
        await page.Banner().Locator(".problem").GetByText("Discard").ClickAsync();
        await page.WaitUntilSent();
        await Assertions.Expect(page.Banner()).ToBeHiddenAsync();
        (await Tasks(app)).ShouldBe([]);
    }

    [Test]
    public async Task A_refused_stance_shows_why_on_its_card_and_is_corrected_there()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address);
        page.Expect("status of 400");
        await page.OpenSheet(app);
        await page.Row("ZWE").ClickAsync();
        await page.Page.Locator(".card [name=evidenceUrl]").FillAsync("javascript:alert(1)");
        await page.Page.Locator(".card [name=reason]").FillAsync("A reason");
        await page.Choice("position", "yes").ClickAsync();
        var fault = page.Page.Locator(".card [data-part=fault]");
        await Assertions.Expect(fault).ToContainTextAsync("evidenceUrl");
        // Another state is recorded.
        await page.Row("YEM").ClickAsync();
        await page.Choice("position", "undecided").ClickAsync();
        await page.WaitForEdits(1);
        (await app.Stored("YEM"))["position"]!.GetValue<string>().ShouldBe("undecided");
        await page.Banner().GetByText("Zimbabwe").ClickAsync();
        await fault.GetByText("Correct").ClickAsync();
        await Assertions.Expect(fault.Locator("[name=reason]")).ToHaveValueAsync("A reason");
        await fault.Locator("[name=evidenceUrl]").FillAsync("https://example.org/");
        await fault.Locator("[type=submit]").ClickAsync();
        await page.WaitUntilSent();
        await Assertions.Expect(fault).ToBeHiddenAsync();
        var stored = await app.Stored("ZWE");
        stored["position"]!.GetValue<string>().ShouldBe("yes");
        stored["evidenceUrl"]!.GetValue<string>().ShouldBe("https://example.org/");
    }

    [Test]
    public async Task A_task_that_another_member_changed_is_shown_with_both_versions()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address);
        page.Expect("status of 412");
        await page.OpenSheet(app);
        await page.Row("ZWE").ClickAsync();
        await AddTask(page, "Call them", "");
        await page.Page.Locator(".card .task .link").ClickAsync();
        await page.Page.Locator(".card .task form [name=what]").FillAsync("Mine");
        using var other = app.Coordinator;
        (await other.Patch("/v1/tasks/1", """{"what": "Theirs", "dueOn": "2026-12-24"}""")).EnsureSuccessStatusCode();
        await page.Page.Locator(".card .task form [type=submit]").ClickAsync();
        var problem = page.Banner().Locator(".problem");
        await Assertions.Expect(problem).ToContainTextAsync("coordinator");
        await Assertions.Expect(problem).ToContainTextAsync("Theirs");
        await Assertions.Expect(problem).ToContainTextAsync("Mine");
        await problem.GetByText("Keep theirs").ClickAsync();
        await page.WaitUntilSent();
        (await Tasks(app)).ShouldBe(["Theirs"]);
    }

    [Test]
    public async Task A_task_that_is_done_on_this_card_does_not_hide_the_newer_stance_of_another_member()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address);
        await page.OpenSheet(app);
        await page.Row("ZWE").ClickAsync();
        await AddTask(page, "Call them", "");
        using (var other = app.Coordinator)
        {
            await other.RecordStance(SampleDraft.Id, "ZWE", "no");
        }
        var notice = page.Page.Locator(".card [data-part=newer]");
        await Assertions.Expect(notice).ToContainTextAsync("coordinator");
        // The box disappears with its task, so its state afterwards cannot be asked for.
        await page.Page.Locator(".card .task input[type=checkbox]").ClickAsync();
        await page.WaitUntilSent();
        await Assertions.Expect(page.Page.Locator(".card .task")).ToHaveCountAsync(0);
        await Assertions.Expect(notice).ToContainTextAsync("coordinator");
        await page.Choice("position", "yes").ClickAsync();
        await Assertions.Expect(page.Do("mine")).ToBeVisibleAsync();
        (await app.Stored("ZWE"))["position"]!.GetValue<string>().ShouldBe("no");
    }

    private static async Task AddTask(BrowserPage page, string what, string assignee)
    {
        var form = page.Page.Locator(".card .add");
        await form.Locator("[name=what]").FillAsync(what);
        await form.Locator("[name=assignee]").FillAsync(assignee);
        await form.Locator("[type=submit]").ClickAsync();
        await Assertions
            .Expect(page.Page.Locator(".card, #unsent").Filter(new() { HasText = what }).First)
            .ToBeVisibleAsync();
    }

    private static async Task<string[]> Tasks(App app)
    {
        using var client = app.Lobbyist;
        return
        [
            .. (await client.GetJson("/v1/tasks"))["items"]!
                .AsArray()
                .Select(task => task!["what"]!.GetValue<string>())
                .Order(StringComparer.Ordinal),
        ];
    }
}
