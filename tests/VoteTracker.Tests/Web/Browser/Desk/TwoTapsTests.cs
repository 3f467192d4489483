using System.Diagnostics;
using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser.Desk;

public sealed class TwoTapsTests : BrowserFixture
{
    [Test]
    public async Task Two_taps_change_a_stance_and_the_count_and_one_undoes_it()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        await page.OpenSheet(app);
        var yes = await page.ReadYes();
        var before = await app.Stored("ZWE");
        before["position"]!.GetValue<string>().ShouldNotBe("yes");

        await page.Row("ZWE").ClickAsync();
        await page.Choice("position", "yes").ClickAsync();

        await page.WaitForPosition("ZWE", "yes");
        await page.WaitForYes(yes + 1);
        await page.WaitUntilSent();
        var stored = await app.Stored("ZWE");
        stored["position"]!.GetValue<string>().ShouldBe("yes");
        stored["certainty"]!.GetValue<string>().ShouldBe("likely");
        stored["evidence"]!.GetValue<string>().ShouldBe("call");
        await page.Picture("desk-two-taps");

        await page.Do("undo").ClickAsync();
        await page.WaitForYes(yes);
        await page.WaitUntilSent();
        var undone = await app.Stored("ZWE");
        undone["position"]!.GetValue<string>().ShouldBe(before["position"]!.GetValue<string>());
        undone["certainty"]?.GetValue<string>().ShouldBe(before["certainty"]?.GetValue<string>());
    }

    [Test]
    public async Task Certainty_evidence_reason_and_note_can_be_changed_before_and_after()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address);
        await page.OpenSheet(app);
        await page.Row("URY").ClickAsync();
        await page.Choice("certainty", "confirmed").ClickAsync();
        await page.Page.Locator(".card [name=reason]").FillAsync("Their minister said so");
        await page.Choice("position", "abstain").ClickAsync();
        await page.WaitForPosition("URY", "abstain");
        await page.WaitUntilSent();
        await page.Page.Locator(".card [name=evidence]").SelectOptionAsync("public-statement");
        await page.WaitUntilSent();
        await page.Page.Locator(".card [name=note]").FillAsync("See <b>paragraph 4</b>");
        await page.Do("save").ClickAsync();
        await page.WaitUntilSent();
        var stored = await app.Stored("URY");
        stored["position"]!.GetValue<string>().ShouldBe("abstain");
        stored["certainty"]!.GetValue<string>().ShouldBe("confirmed");
        stored["evidence"]!.GetValue<string>().ShouldBe("public-statement");
        stored["note"]!.GetValue<string>().ShouldBe("See <b>paragraph 4</b>");
        using var client = app.Lobbyist;
        var history = (await client.GetJson($"/v1/resolutions/{SampleDraft.Id}/stances/URY/history"))[
            "items"
        ]!.AsArray();
        history.ShouldContain(change =>
            change!["reason"] != null && change["reason"]!.GetValue<string>() == "Their minister said so"
        );
        await page.Picture("desk-card");
    }

    [Test]
    public async Task A_call_that_finds_the_same_position_keeps_the_certainty_that_is_pressed()
    {
        var app = Start();
        await SampleDraft.Open(app);
        using (var coordinator = app.Coordinator)
        {
            await coordinator.RecordStance(SampleDraft.Id, "KEN", "yes", "confirmed", "note-verbale");
        }
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        await page.OpenSheet(app);
        await page.Row("KEN").ClickAsync();
        var pressed = page.Page.Locator(".card .certainties [aria-pressed=true]");
        var other = page.Page.Locator(".card [data-part=other]");
        // A tap on another position gets another certainty, and the card says which.
        await Assertions
            .Expect(other)
            .ToHaveTextAsync(
                page.Look.Language.Text(
                    "page.desk.other-position",
                    ("what", page.Look.Language.Text("certainty.likely"))
                )
            );
        await page.Choice("kind", "call").ClickAsync();
        await Assertions.Expect(pressed).ToHaveAttributeAsync("value", "confirmed");
        await Assertions.Expect(other).ToBeVisibleAsync();
        await page.Picture("desk-other-position");
        await page.Choice("position", "yes").ClickAsync();
        await page.WaitUntilSent();
        var stored = await app.Stored("KEN");
        stored["certainty"]!.GetValue<string>().ShouldBe("confirmed");
        stored["evidence"]!.GetValue<string>().ShouldBe("call");

        // What the reader presses is saved with each position.
        await page.Choice("certainty", "leaning").ClickAsync();
        await Assertions.Expect(other).ToBeHiddenAsync();
        await page.Choice("position", "no").ClickAsync();
        await page.WaitForPosition("KEN", "no");
        await page.WaitUntilSent();
        (await app.Stored("KEN"))["certainty"]!.GetValue<string>().ShouldBe("leaning");
    }

    private const string WithoutPoll =
        "setInterval = ((set) => (run, time) => set(run, time === 5000 ? 2 ** 30 : time))(setInterval);";

    [Test]
    public async Task An_edit_in_one_browser_appears_in_another()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var one = await Blank(app.Address, new Look(Width: Look.Phone));
        await one.OpenSheet(app);
        // Without the poll every five seconds, only the stream can bring the change.
        var other = await Blank(app.Address, new Look("ar", Look.Phone, IsDark: true), script: WithoutPoll);
        await other.OpenSheet(app, "coordinator", "?lang=ar");
        await other.WaitForConnection("page.live.on");
        await one.Row("ZWE").ClickAsync();
        await other.Row("AFG").ClickAsync();
        var yes = await other.ReadYes();

        var watch = Stopwatch.StartNew();
        await one.Choice("position", "yes").ClickAsync();
        await other.WaitForPosition("ZWE", "yes");
        var row = watch.Elapsed;
        await other.WaitForYes(yes + 1);
        TestContext.Out.WriteLine(
            $"in the other browser after {row.TotalMilliseconds:0} ms, the count after {watch.Elapsed.TotalMilliseconds:0} ms"
        );
        // The open card and the focus stay.
        await Assertions.Expect(other.State("AFG").Locator(".card")).ToBeVisibleAsync();
        (
            await other.Page.EvaluateAsync<bool>("() => document.activeElement.closest('#AFG .card') !== null")
        ).ShouldBeTrue();
        await other.Picture("desk-arabic-dark");
    }
}
