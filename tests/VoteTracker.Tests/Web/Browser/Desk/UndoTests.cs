using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser.Desk;

/// <summary>Every write of the page is undone with one tap while the bar is shown, and nothing is written needlessly.</summary>
public sealed class UndoTests : BrowserFixture
{
    [Test]
    public async Task A_deleted_conversation_is_recorded_again_with_its_open_tasks()
    {
        var app = Start();
        await SampleDraft.Open(app);
        using var client = app.Lobbyist;
        var number = await Record(
            client,
            "/v1/engagements",
            new
            {
                memberState = "ZWE",
                resolution = SampleDraft.Id,
                kind = "meeting",
                on = "2026-11-17",
                summary = "Met <b>them</b>",
                outcome = "Likely yes",
                confidential = true,
                tasks = new[] { new { what = "Send paragraph 4", dueOn = "2026-12-01" } },
            }
        );
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        await page.OpenSheet(app);
        await page.Row("ZWE").ClickAsync();
        var talk = page.Page.Locator(".card .talk");
        await talk.GetByText("Edit", new() { Exact = true }).ClickAsync();
        await talk.GetByText("Delete", new() { Exact = true }).ClickAsync();
        await page.WaitUntilSent();
        await Assertions.Expect(page.Page.Locator("#undo")).ToContainTextAsync("Met <b>them</b>");
        await Assertions.Expect(page.Page.Locator("#undo")).ToContainTextAsync("history");
        await Assertions.Expect(page.Page.Locator(".card .task")).ToHaveCountAsync(0);
        (await Items(client, "/v1/tasks")).ShouldBeEmpty();
        await page.Picture("desk-undo-talk");

        await page.Do("undo").ClickAsync();
        await page.WaitUntilSent();
        await Assertions.Expect(talk).ToContainTextAsync("Met <b>them</b>");
        var again = (await Items(client, "/v1/engagements")).ShouldHaveSingleItem();
        again["id"]!.GetValue<long>().ShouldNotBe(number);
        again["outcome"]!.GetValue<string>().ShouldBe("Likely yes");
        again["kind"]!.GetValue<string>().ShouldBe("meeting");
        again["resolution"]!.GetValue<string>().ShouldBe(SampleDraft.Id);
        again["confidential"]!.GetValue<bool>().ShouldBeTrue();
        var task = (await Items(client, "/v1/tasks")).ShouldHaveSingleItem();
        task["what"]!.GetValue<string>().ShouldBe("Send paragraph 4");
        task["dueOn"]!.GetValue<string>().ShouldBe("2026-12-01");
        task["engagement"]!.GetValue<long>().ShouldBe(again["id"]!.GetValue<long>());
    }

    [Test]
    public async Task Added_corrected_and_assigned_work_is_undone()
    {
        var app = Start();
        await SampleDraft.Open(app);
        using var client = app.Lobbyist;
        var page = await Blank(app.Address);
        await page.OpenSheet(app);
        await page.Row("ZWE").ClickAsync();
        var card = page.Page.Locator(".card");
        await card.Locator(".add [name=what]").FillAsync("Call them");
        await card.Locator(".add [type=submit]").ClickAsync();
        await Assertions.Expect(card.Locator(".task")).ToHaveCountAsync(1);
        await Undo(page, "Call them");
        await Assertions.Expect(card.Locator(".task")).ToHaveCountAsync(0);
        (await Items(client, "/v1/tasks")).ShouldBeEmpty();

        await Record(
            client,
            "/v1/tasks",
            new
            {
                what = "Before",
                memberState = "ZWE",
                dueOn = "2026-12-01",
            }
        );
        await Assertions.Expect(card.Locator(".task")).ToHaveCountAsync(1);
        await card.Locator(".task .link").ClickAsync();
        await card.Locator(".task form [name=what]").FillAsync("After");
        await card.Locator(".task form [name=dueOn]").FillAsync("");
        await card.Locator(".task form [type=submit]").ClickAsync();
        await Assertions.Expect(card.Locator(".task .what")).ToHaveTextAsync("After");
        await Undo(page, "Before");
        var task = (await Items(client, "/v1/tasks")).ShouldHaveSingleItem();
        task["what"]!.GetValue<string>().ShouldBe("Before");
        task["dueOn"]!.GetValue<string>().ShouldBe("2026-12-01");

        await card.Locator(".assignment button").ClickAsync();
        await Assertions.Expect(page.Row("ZWE").Locator(".assignee")).ToHaveTextAsync("lobbyist");
        await Undo(page, "lobbyist");
        await Assertions.Expect(page.Row("ZWE").Locator(".assignee")).ToHaveCountAsync(0);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_conversation_that_is_undone_without_network_goes_with_its_stance_and_its_task(bool isAlone)
    {
        var app = Start();
        await SampleDraft.Open(app);
        using var client = app.Lobbyist;
        var before = (await app.Stored("ZWE"))["position"]!.GetValue<string>();
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        page.Expect("ERR_INTERNET_DISCONNECTED");
        page.Expect("ERR_NETWORK");
        page.Expect("ERR_INCOMPLETE_CHUNKED_ENCODING");
        page.Expect("status of 412");
        await page.OpenSheet(app);
        await page.Row("ZWE").ClickAsync();
        await page.Choice("kind", "call").ClickAsync();
        await page.Page.Locator(".card [name=summary]").FillAsync("A mistake");
        await page.Page.Locator(".card [name=task]").FillAsync("Call again");
        await page.Choice("position", "yes").ClickAsync();
        await page.WaitUntilSent();
        await Assertions.Expect(page.Do("undo")).ToBeVisibleAsync();

        await page.Page.Context.SetOfflineAsync(true);
        await page.Do("undo").ClickAsync();
        await page.WaitForPosition("ZWE", before);
        await page.WaitForEdits(1);
        if (!isAlone)
        {
            using var other = app.Coordinator;
            await other.RecordStance(SampleDraft.Id, "ZWE", "no");
        }
        await page.GoOnline();
        if (!isAlone)
        {
            await page.Do("theirs").ClickAsync();
        }
        await page.WaitUntilSent();
        (await app.Stored("ZWE"))["position"]!.GetValue<string>().ShouldBe(isAlone ? before : "no");
        (await Items(client, "/v1/engagements")).Count.ShouldBe(isAlone ? 0 : 1);
        (await Items(client, "/v1/tasks")).Count.ShouldBe(isAlone ? 0 : 1);
    }

    [Test]
    public async Task What_was_undone_is_no_longer_pressed()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address);
        await page.OpenSheet(app);
        await page.Row("ZWE").ClickAsync();
        var pressed = page.Page.Locator(".card .certainties [aria-pressed=true]");
        await Assertions.Expect(pressed).ToHaveAttributeAsync("value", "confirmed");
        await page.Choice("certainty", "leaning").ClickAsync();
        await Assertions.Expect(pressed).ToHaveAttributeAsync("value", "leaning");
        await page.Do("undo").ClickAsync();
        await page.WaitUntilSent();
        await Assertions.Expect(pressed).ToHaveAttributeAsync("value", "confirmed");
        (await app.Stored("ZWE"))["certainty"]!.GetValue<string>().ShouldBe("confirmed");
    }

    [Test]
    public async Task A_tap_on_the_pressed_position_writes_nothing()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var before = (await app.Stored("ZWE"))["version"]!.GetValue<long>();
        var page = await Blank(app.Address);
        await page.OpenSheet(app);
        await page.Row("ZWE").ClickAsync();
        var pressed = page.Page.Locator(".card .positions [aria-pressed=true]");
        await pressed.ClickAsync();
        await page.Page.Locator(".card .certainties [aria-pressed=true]").ClickAsync();
        await page.WaitUntilSent();
        (await app.Stored("ZWE"))["version"]!.GetValue<long>().ShouldBe(before);
        await Assertions.Expect(page.Do("undo")).ToHaveCountAsync(0);
        // With a reason, it is a new statement.
        await page.Page.Locator(".card [name=reason]").FillAsync("Said so again");
        await pressed.ClickAsync();
        await Assertions.Expect(page.Do("undo")).ToBeVisibleAsync();
        (await app.Stored("ZWE"))["version"]!.GetValue<long>().ShouldBeGreaterThan(before);
    }

    private static async Task Undo(BrowserPage page, string what)
    {
        await Assertions.Expect(page.Page.Locator("#undo")).ToContainTextAsync(what);
        await page.Do("undo").ClickAsync();
        await page.WaitUntilSent();
    }

    private static async Task<long> Record(HttpClient client, string path, object body)
    {
        using var answer = await client.Send(HttpMethod.Post, path, body, ifMatch: null);
        var json = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(201, json.ToJsonString());
        return json["id"]!.GetValue<long>();
    }

    private static async Task<IReadOnlyList<JsonNode>> Items(HttpClient client, string path) =>
        [.. (await client.GetJson(path))["items"]!.AsArray().Select(item => item!)];
}
