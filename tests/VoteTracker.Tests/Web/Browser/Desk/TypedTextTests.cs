using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser.Desk;

/// <summary>What the reader types stays, while an edit is being sent and after a card was closed, and is recorded once.</summary>
public sealed partial class TypedTextTests : BrowserFixture
{
    [Test]
    public async Task A_text_that_is_typed_while_an_edit_is_being_sent_stays()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address);
        await page.OpenSheet(app);
        await page.Row("ZWE").ClickAsync();
        var gate = await page.Hold(Writes(), holdsReads: false);
        var reason = page.Page.Locator(".card [name=reason]");
        var summary = page.Page.Locator(".card [name=summary]");
        await reason.FillAsync("The first reason");
        await page.Choice("position", "yes").ClickAsync();
        await Assertions.Expect(reason).ToHaveValueAsync("");
        await reason.FillAsync("The second reason");
        await page.Choice("kind", "call").ClickAsync();
        await summary.FillAsync("The first call");
        await page.Do("talk").ClickAsync();
        await Assertions.Expect(summary).ToHaveValueAsync("");
        await page.Choice("kind", "meeting").ClickAsync();
        await summary.FillAsync("A meeting");
        gate.SetResult();
        await page.WaitUntilSent();

        await Assertions.Expect(page.Page.Locator(".card .talk")).ToContainTextAsync("The first call");
        await Assertions.Expect(summary).ToHaveValueAsync("A meeting");
        await Assertions.Expect(reason).ToHaveValueAsync("The second reason");
        await Assertions.Expect(page.Choice("kind", "meeting")).ToHaveAttributeAsync("aria-pressed", "true");
        (await Summaries(app)).ShouldBe(["The first call"]);
        using var client = app.Lobbyist;
        (await client.GetJson($"/v1/resolutions/{SampleDraft.Id}/stances/ZWE/history"))["items"]!
            .AsArray()
            .Select(change => change!["reason"]?.GetValue<string>())
            .ShouldContain("The first reason");
    }

    [Test]
    public async Task A_second_tap_without_network_does_not_record_a_conversation_twice()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        await page.OpenSheetOffline(app);
        await page.Row("ZWE").ClickAsync();
        await page.Choice("kind", "meeting").ClickAsync();
        await page.Page.Locator(".card [name=summary]").FillAsync("Met them");
        await page.Choice("position", "yes").ClickAsync();
        await page.WaitForPosition("ZWE", "yes");
        await page.Choice("position", "yes").ClickAsync();
        await page.WaitForEdits(1);
        await page.GoOnline();
        await page.WaitUntilSent();
        (await Summaries(app)).ShouldBe(["Met them"]);
        (await app.Stored("ZWE"))["evidence"]!.GetValue<string>().ShouldBe("meeting");
    }

    [Test]
    public async Task What_is_typed_on_a_card_is_there_again_after_it_was_closed()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        await page.OpenSheet(app);
        await page.Row("ZWE").ClickAsync();
        var summary = page.Page.Locator(".card [name=summary]");
        var note = page.Page.Locator(".card [name=note]");
        await page.Choice("kind", "call").ClickAsync();
        await summary.FillAsync("A long <b>text</b>");
        await page.Page.Locator(".card [name=confidential]").CheckAsync();
        await summary.PressAsync("Escape");
        await Assertions.Expect(page.Page.Locator(".card")).ToHaveCountAsync(0);
        await page.Row("YEM").ClickAsync();
        await Assertions.Expect(summary).ToHaveValueAsync("");
        await note.FillAsync("A note on another state");

        // A tap on another row closes the card, too.
        await page.Row("ZWE").ClickAsync();
        await Assertions.Expect(summary).ToHaveValueAsync("A long <b>text</b>");
        await Assertions.Expect(page.Page.Locator(".card [name=confidential]")).ToBeCheckedAsync();
        await page.Do("talk").ClickAsync();
        await page.WaitUntilSent();
        (await Summaries(app)).ShouldBe(["A long <b>text</b>"]);
        await page.Do("close").First.ClickAsync();
        await page.Row("ZWE").ClickAsync();
        await Assertions.Expect(summary).ToHaveValueAsync("");

        // A colleague has changed the other state meanwhile: the reader decides, and the note is still there.
        using (var other = app.Coordinator)
        {
            await other.RecordStance(SampleDraft.Id, "YEM", "no");
        }
        await page.WaitForPosition("YEM", "no");
        await page.Row("YEM").ClickAsync();
        await Assertions.Expect(note).ToHaveValueAsync("A note on another state");
        await Assertions.Expect(page.Page.Locator(".card [data-part=newer]")).ToContainTextAsync("coordinator");
    }

    [Test]
    public async Task On_a_slow_network_a_second_change_is_no_conflict_with_the_first()
    {
        var app = Start();
        await SampleDraft.Open(app);
        using var client = app.Lobbyist;
        await Add(client, "Call them");
        var page = await Blank(app.Address);
        await page.OpenSheet(app);
        await page.Row("ZWE").ClickAsync();
        var box = page.Page.Locator(".card .task input[type=checkbox]");
        await Assertions.Expect(box).ToBeVisibleAsync();
        var gate = await page.Hold(Reads(), holdsReads: true);
        await box.ClickAsync();
        await page.WaitUntilSent();
        await box.ClickAsync();
        await page.WaitUntilSent();
        var assignee = page.Page.Locator(".card .assignment input");
        foreach (var label in new[] { "coordinator", "lobbyist" })
        {
            await assignee.FillAsync(label);
            await assignee.PressAsync("Tab");
            await page.WaitUntilSent();
        }
        gate.SetResult();
        await Assertions.Expect(page.Banner()).ToBeHiddenAsync();
        (await client.GetJson("/v1/tasks/1"))["doneOn"].ShouldBeNull();
        await Assertions.Expect(page.Row("ZWE").Locator(".assignee")).ToHaveTextAsync("lobbyist");
    }

    [Test]
    public async Task An_open_form_stays_when_a_colleague_changes_the_work_on_its_state()
    {
        var app = Start();
        await SampleDraft.Open(app);
        using var other = app.Coordinator;
        await Add(other, "Call them");
        var page = await Blank(app.Address);
        await page.OpenSheet(app);
        await page.Row("ZWE").ClickAsync();
        await page.Page.Locator(".card .task .link").ClickAsync();
        var form = page.Page.Locator(".card .task form");
        await Assertions.Expect(form).ToBeVisibleAsync();
        await Add(other, "Write to them");
        await Assertions.Expect(page.Row("ZWE").Locator(".badge")).ToContainTextAsync("2");
        // Long enough for the lists to be read.
        await page.Page.WaitForTimeoutAsync(1_500);
        await Assertions.Expect(form).ToBeVisibleAsync();
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

    private static async Task<string[]> Summaries(App app)
    {
        using var client = app.Lobbyist;
        JsonArray items = (await client.GetJson("/v1/engagements"))["items"]!.AsArray();
        return [.. items.Select(item => item!["summary"]!.GetValue<string>())];
    }

    [GeneratedRegex("/stances/|/v1/engagements")]
    private static partial Regex Writes();

    [GeneratedRegex(@"/v1/tasks\?|[?&]only=")]
    private static partial Regex Reads();
}
