using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser.Desk;

/// <summary>Two members of the team on one state: the second one sees both versions, and loses nothing.</summary>
public sealed class ConflictsTests : BrowserFixture
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task The_second_of_two_edits_shows_both_versions_and_asks(bool keepsTheirs)
    {
        var app = Start();
        await SampleDraft.Open(app);
        var one = await Blank(app.Address);
        await one.OpenSheet(app);
        var two = await Blank(app.Address, new Look(Width: Look.Phone));
        await two.OpenSheet(app, "coordinator");
        await one.Row("ZWE").ClickAsync();
        await two.Row("ZWE").ClickAsync();
        await two.Page.Locator(".card [name=reason]").FillAsync("Heard <i>today</i>");

        await one.Page.Locator(".card [name=note]").FillAsync("From the capital: \u202Eyes");
        await one.Choice("position", "yes").ClickAsync();
        await one.WaitUntilSent();

        // The card is open, so nothing changes under the finger. It says who recorded what.
        var notice = two.Page.Locator(".card [data-part=newer]");
        await Assertions.Expect(notice).ToContainTextAsync("lobbyist");
        await Assertions.Expect(notice).ToContainTextAsync("From the capital");
        await two.Choice("position", "no").ClickAsync();
        await Assertions.Expect(two.Do("mine")).ToBeVisibleAsync();
        (await app.Stored("ZWE"))["position"]!
            .GetValue<string>()
            .ShouldBe("yes", "nothing is overwritten before the choice");
        await two.Picture($"desk-conflict-{keepsTheirs}");

        await two.Do(keepsTheirs ? "theirs" : "mine").ClickAsync();
        await two.WaitUntilSent();
        await two.WaitForPosition("ZWE", keepsTheirs ? "yes" : "no");
        await Assertions.Expect(notice).ToBeHiddenAsync();
        var stored = await app.Stored("ZWE");
        stored["position"]!.GetValue<string>().ShouldBe(keepsTheirs ? "yes" : "no");
        stored["changedBy"]!.GetValue<string>().ShouldBe(keepsTheirs ? "lobbyist" : "coordinator");
        // The reason that the second one wrote is stored, or still on the card.
        if (keepsTheirs)
        {
            await Assertions.Expect(two.Page.Locator(".card [name=reason]")).ToHaveValueAsync("Heard <i>today</i>");
        }
        else
        {
            using var client = app.Lobbyist;
            var history = await client.GetJson($"/v1/resolutions/{SampleDraft.Id}/stances/ZWE/history");
            history["items"]!.AsArray()[^1]!["reason"]!.GetValue<string>().ShouldBe("Heard <i>today</i>");
        }
    }

    [Test]
    public async Task An_edit_that_reaches_the_service_second_is_not_written()
    {
        var app = Start();
        await SampleDraft.Open(app);
        // Without a stream, the page does not learn of the other edit before it sends its own.
        var page = await Blank(app.Address, script: "delete window.EventSource;");
        page.Expect("status of 412");
        await page.SignIn(app, "lobbyist");
        await page.Page.RouteAsync("**/v1/changes*", route => route.AbortAsync());
        page.Expect("/v1/changes");
        page.Expect("net::ERR_FAILED");
        await page.GoTo(Sheet.Path);
        await page.WaitUntilReady();
        await page.Row("ZWE").ClickAsync();
        using (var other = app.Coordinator)
        {
            await other.RecordStance(SampleDraft.Id, "ZWE", "undecided", "leaning", "call");
        }
        await page.Choice("position", "yes").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".card [data-part=newer]")).ToContainTextAsync("coordinator");
        await Assertions.Expect(page.Row("ZWE").Locator(".badge.warn")).ToBeVisibleAsync();
        (await app.Stored("ZWE"))["position"]!.GetValue<string>().ShouldBe("undecided");
        await page.Do("mine").ClickAsync();
        await page.WaitUntilSent();
        (await app.Stored("ZWE"))["position"]!.GetValue<string>().ShouldBe("yes");
        // Undo restores what the other one recorded.
        await page.Do("undo").ClickAsync();
        await page.WaitUntilSent();
        var undone = await app.Stored("ZWE");
        undone["position"]!.GetValue<string>().ShouldBe("undecided");
        undone["certainty"]!.GetValue<string>().ShouldBe("leaning");
    }
}
