using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser.Desk;

/// <summary>
/// Tasks and conversations that the reader has changed are shown as changed before the edit is sent, also when the list is
/// drawn again because a colleague changed something.
/// </summary>
public sealed partial class UnsentWorkTests : BrowserFixture
{
    [Test]
    public async Task A_ticked_task_stays_ticked_until_the_tick_is_sent()
    {
        var (app, page) = await OpenCard();
        using var other = app.Coordinator;
        await Add(other, "Call them");
        await Assertions.Expect(TaskOf(page, "Call them")).ToBeVisibleAsync();
        var gate = await page.Hold(Writes(), holdsReads: false);
        await Box(page, "Call them").ClickAsync();

        await DrawAgain(page, other);
        await Assertions.Expect(Box(page, "Call them")).ToBeCheckedAsync();
        await Assertions.Expect(TaskOf(page, "Call them")).ToContainClassAsync("done");
        gate.SetResult();
        await page.WaitUntilSent();
        await Assertions.Expect(TaskOf(page, "Call them")).ToHaveCountAsync(0);
        (await other.GetJson("/v1/tasks/1"))["doneOn"].ShouldNotBeNull();
        await page.Do("undo").ClickAsync();
        await page.WaitUntilSent();
        await Assertions.Expect(Box(page, "Call them")).Not.ToBeCheckedAsync();
    }

    [Test]
    public async Task A_second_correction_of_a_task_begins_with_the_first_one()
    {
        var (app, page) = await OpenCard();
        using var other = app.Coordinator;
        await Add(other, "Call them");
        var gate = await page.Hold(Writes(), holdsReads: false);
        var form = await Edit(TaskOf(page, "Call them"));
        await form.Locator("[name=what]").FillAsync("Write to them");
        await form.Locator("[name=dueOn]").FillAsync("2026-12-24");
        await form.Locator("[type=submit]").ClickAsync();
        await Assertions.Expect(TaskOf(page, "Write to them")).ToBeVisibleAsync();

        await DrawAgain(page, other);
        form = await Edit(TaskOf(page, "Write to them"));
        await Assertions.Expect(form.Locator("[name=dueOn]")).ToHaveValueAsync("2026-12-24");
        await form.Locator("[name=assignee]").FillAsync("coordinator");
        await form.Locator("[type=submit]").ClickAsync();
        await page.WaitForEdits(2);
        gate.SetResult();
        await page.WaitUntilSent();
        var stored = await other.GetJson("/v1/tasks/1");
        stored["what"]!.GetValue<string>().ShouldBe("Write to them");
        stored["dueOn"]!.GetValue<string>().ShouldBe("2026-12-24");
        stored["assignee"]!.GetValue<string>().ShouldBe("coordinator");
    }

    [Test]
    public async Task A_deleted_task_does_not_come_back_before_the_deletion_is_sent()
    {
        var (app, page) = await OpenCard();
        using var other = app.Coordinator;
        await Add(other, "Call them");
        var gate = await page.Hold(Writes(), holdsReads: false);
        var form = await Edit(TaskOf(page, "Call them"));
        await form.Locator("button.second").ClickAsync();
        await DrawAgain(page, other);
        await Assertions.Expect(TaskOf(page, "Call them")).ToHaveCountAsync(0);
        gate.SetResult();
        await page.WaitUntilSent();
        using var read = await other.GetAsync("/v1/tasks/1");
        ((int)read.StatusCode).ShouldBe(404);
    }

    [Test]
    public async Task A_corrected_conversation_shows_the_correction_before_it_is_sent()
    {
        var (app, page) = await OpenCard();
        using var other = app.Coordinator;
        using var added = await other.Send(
            HttpMethod.Post,
            "/v1/engagements",
            new
            {
                memberState = "ZWE",
                kind = "call",
                on = "2026-11-20",
                summary = "Spoke with them",
            },
            ifMatch: null
        );
        added.EnsureSuccessStatusCode();
        var gate = await page.Hold(Writes(), holdsReads: false);
        var form = await Edit(page.Page.Locator(".card .talk"));
        await form.Locator("[name=summary]").FillAsync("Spoke with their adviser");
        await form.Locator("[type=submit]").ClickAsync();
        await DrawAgain(page, other);
        await Assertions.Expect(page.Page.Locator(".card .talk")).ToContainTextAsync("Spoke with their adviser");
        form = await Edit(page.Page.Locator(".card .talk"));
        await Assertions.Expect(form.Locator("[name=summary]")).ToHaveValueAsync("Spoke with their adviser");
        await form.Locator("[name=summary]").PressAsync("Escape");
        gate.SetResult();
        await page.WaitUntilSent();
        (await other.GetJson("/v1/engagements"))["items"]![0]!["summary"]!
            .GetValue<string>()
            .ShouldBe("Spoke with their adviser");
    }

    [Test]
    public async Task A_tap_that_a_new_list_meets_is_not_lost()
    {
        var (app, page) = await OpenCard(BrowserPage.WithoutLimits);
        using var other = app.Coordinator;
        await Add(other, "Call them");
        await Assertions.Expect(Box(page, "Call them")).ToBeVisibleAsync();
        var gate = await page.Hold(Lists(), holdsReads: true);
        var asked = page.Page.WaitForRequestAsync(Lists());
        await Add(other, "A task of a colleague");
        await asked;
        await Box(page, "Call them").HoverAsync();
        await page.Page.Mouse.DownAsync();
        gate.SetResult();
        // Long enough for the list to arrive. It is drawn when the button of the mouse is up.
        await page.Page.WaitForTimeoutAsync(500);
        await page.Page.Mouse.UpAsync();
        await page.WaitUntilSent();
        (await other.GetJson("/v1/tasks/1"))["doneOn"].ShouldNotBeNull();
        await Assertions.Expect(TaskOf(page, "A task of a colleague")).ToBeVisibleAsync();
    }

    private async Task<(App App, BrowserPage Page)> OpenCard(string? script = null)
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address, script: script);
        await page.OpenSheet(app);
        await page.Row("ZWE").ClickAsync();
        return (app, page);
    }

    // A new task of a colleague: the lists of the card are read and drawn again.
    private static async Task DrawAgain(BrowserPage page, HttpClient other)
    {
        await Add(other, "A task of a colleague");
        await Assertions.Expect(TaskOf(page, "A task of a colleague")).ToBeVisibleAsync();
    }

    private static async Task Add(HttpClient client, string what)
    {
        using var added = await client.Send(
            HttpMethod.Post,
            "/v1/tasks",
            new { what, memberState = "ZWE" },
            ifMatch: null
        );
        added.EnsureSuccessStatusCode();
    }

    private static ILocator TaskOf(BrowserPage page, string what) =>
        page.Page.Locator(".card .task").Filter(new() { HasText = what });

    private static ILocator Box(BrowserPage page, string what) => TaskOf(page, what).Locator("input[type=checkbox]");

    private static async Task<ILocator> Edit(ILocator item)
    {
        await item.Locator(".link").Last.ClickAsync();
        return item.Locator("form");
    }

    [GeneratedRegex("/v1/(tasks|engagements)/")]
    private static partial Regex Writes();

    [GeneratedRegex(@"/v1/tasks\?")]
    private static partial Regex Lists();
}
