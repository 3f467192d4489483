using System.Text.RegularExpressions;
using Microsoft.Playwright;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Features.VoteDays;
using VoteTracker.Tests.Web.Browser.Desk;

namespace VoteTracker.Tests.Web.Browser.VoteDay;

/// <summary>The vote day is discarded, proposed, confirmed or reopened elsewhere, while the page has entries or is open.</summary>
public sealed partial class OtherStatusTests : BrowserFixture
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task Entries_of_a_discarded_vote_day_are_not_sent_into_the_next_one_by_themselves(bool entersThem)
    {
        var (app, page) = await Enter();
        await page.GoOffline();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await page.Page.Keyboard.PressAsync("n");
        }
        await page.WaitForUnsaved(3);
        using var coordinator = app.Coordinator;
        using var discarded = await coordinator.Send(HttpMethod.Delete, Board.Path(SampleDraft.Id));
        discarded.EnsureSuccessStatusCode();
        app.Clock.Jump(TimeSpan.FromMinutes(1));
        using var lobbyist = app.Lobbyist;
        await lobbyist.Opened(SampleDraft.Id, new { startsWith = "K" });
        await page.GoOnline();
        var question = page.Page.Locator("#questions");
        await Assertions.Expect(question).ToContainTextAsync("a vote day that was discarded");
        await page.WaitForTotal("no", 0);
        // Nor after the page is opened again.
        await page.Page.ReloadAsync();
        await page.WaitUntilEntering();
        await Assertions.Expect(question).ToContainTextAsync("Kazakhstan: no; Kenya: no; Kiribati: no");
        await Task.Delay(2_000);
        Board.Votes(await lobbyist.VoteDay(SampleDraft.Id)).ShouldBeEmpty();
        await page.Button(entersThem ? "Enter them now" : "Discard these entries").ClickAsync();
        await page.WaitForUnsaved(0);
        Board.Votes(await lobbyist.VoteDay(SampleDraft.Id)).ShouldBe(entersThem ? ["KAZ no", "KEN no", "KIR no"] : []);
    }

    [Test]
    public async Task Entries_that_meet_a_proposal_wait_and_are_sent_when_it_is_withdrawn()
    {
        var (app, page) = await Enter();
        page.Expect("status of 409");
        page.Expect("ERR_INTERNET_DISCONNECTED");
        // The page does not learn of the proposal.
        await page.Page.Context.RouteAsync(Reads(), route => route.AbortAsync("internetdisconnected"));
        using var lobbyist = app.Lobbyist;
        await lobbyist.Done(SampleDraft.Id, "propose", new { missingIsNonVoting = true });
        await page.Page.Keyboard.PressAsync("y");
        await page.Page.Keyboard.PressAsync("n");
        await page.WaitForUnsaved(2);
        await page.Page.WaitForTimeoutAsync(500);
        await page.Page.Context.UnrouteAsync(Reads());
        var question = page.Page.Locator("#questions");
        await Assertions.Expect(question).ToContainTextAsync("Kazakhstan: yes; Kenya: no");
        await Assertions.Expect(question.Locator(".notice")).ToHaveCountAsync(1);
        Board.Votes(await lobbyist.VoteDay(SampleDraft.Id)).ShouldBeEmpty();
        await lobbyist.Done(SampleDraft.Id, "reopen");
        await page.WaitForUnsaved(0);
        Board.Votes(await lobbyist.VoteDay(SampleDraft.Id)).ShouldBe(["KAZ yes", "KEN no"]);
        await Assertions.Expect(question.Locator(".notice")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task After_the_roll_call_was_removed_votes_are_entered_on_a_page_that_was_closed()
    {
        var app = Start();
        await SampleDraft.Open(app);
        using var lobbyist = app.Lobbyist;
        using var coordinator = app.Coordinator;
        await lobbyist.Opened(SampleDraft.Id, new { startsWith = "K" });
        await lobbyist.Done(SampleDraft.Id, "propose", new { missingIsNonVoting = true });
        await coordinator.Done(SampleDraft.Id, "confirm");
        var page = await Blank(app.Address);
        await page.OpenHall(app);
        await Assertions.Expect(page.Page.Locator("#end")).ToContainTextAsync("coordinator confirmed the result.");
        using var removed = await coordinator.Send(HttpMethod.Delete, $"/v1/resolutions/{SampleDraft.Id}/roll-call");
        removed.EnsureSuccessStatusCode();
        await Assertions.Expect(page.Page.Locator("#current")).ToBeVisibleAsync();
        await page.WaitForCurrent("Kazakhstan");
        await page.Page.Keyboard.PressAsync("y");
        await page.WaitForVote("KAZ", "yes");
        await page.WaitForUnsaved(0);
    }

    [Test]
    public async Task A_vote_of_an_earlier_day_without_a_recorded_rule_is_opened_and_decided_on_the_page()
    {
        var app = Start();
        using var coordinator = app.Coordinator;
        using var lobbyist = app.Lobbyist;
        var id = await coordinator.OpenDraft(new { session = "78", rule = "not-recorded" }, "A/78/L.5");
        var page = await Blank(app.Address);
        await page.SignIn(app, "lobbyist");
        await page.GoTo($"/vote-day/{id}");
        await Assertions.Expect(page.Page.Locator("#open [name=on]")).ToHaveValueAsync("2026-11-21");
        await page.Page.Locator("#open [name=on]").FillAsync("2023-11-02");
        await page.Button("Open the vote day").ClickAsync();
        await page.WaitUntilEntering();
        (await lobbyist.VoteDay(id)).Text("on").ShouldBe("2023-11-02");
        await lobbyist.Enter(id, "KEN yes");
        await lobbyist.Done(id, "propose", new { missingIsNonVoting = true });
        var second = await Blank(app.Address);
        await second.SignIn(app, "coordinator");
        await second.GoTo($"/vote-day/{id}");
        await second.WaitUntilEntering();
        var confirm = second.Button("Confirm the result");
        await Assertions.Expect(confirm).ToBeDisabledAsync();
        await second.Page.GetByLabel("not adopted", new() { Exact = true }).CheckAsync();
        await second.Picture("vote-day-decision");
        await confirm.ClickAsync();
        await Assertions.Expect(second.Page.Locator("#end")).ToContainTextAsync("coordinator confirmed the result.");
        await second.WaitUntilRecorded();
        await page.WaitUntilRecorded();
        (await coordinator.GetJson($"/v1/resolutions/{id}")).Text("status").ShouldBe("not-adopted");
    }

    [Test]
    public async Task A_member_that_loses_its_vote_meanwhile_is_shown_as_such()
    {
        var (app, page) = await Enter();
        using var coordinator = app.Coordinator;
        using var entered = await coordinator.Put(
            "/v1/member-states/KEN/ineligibility",
            new { from = "2026-01-01", reason = "article-19" }
        );
        entered.EnsureSuccessStatusCode();
        await Assertions.Expect(page.Cell("KEN")).ToContainTextAsync("may not vote");
        await page.WaitForTotal("remaining", 192);
    }

    [Test]
    public async Task A_key_that_is_held_enters_one_vote_and_held_arrows_move_on()
    {
        var (app, page) = await Enter();
        await page.WaitForCurrent("Kazakhstan");
        var keys = page.Page.Keyboard;
        foreach (var key in (string[])["n", "n", "n"])
        {
            await keys.DownAsync(key);
        }
        await keys.UpAsync("n");
        await page.WaitForUnsaved(0);
        await page.WaitForCurrent("Kenya");
        using var lobbyist = app.Lobbyist;
        Board.Votes(await lobbyist.VoteDay(SampleDraft.Id)).ShouldBe(["KAZ no"]);
        foreach (var key in (string[])["ArrowRight", "ArrowRight"])
        {
            await keys.DownAsync(key);
        }
        await keys.UpAsync("ArrowRight");
        await page.WaitForCurrent("Kuwait");
    }

    private async Task<(App App, BrowserPage Page)> Enter()
    {
        var app = Start();
        await SampleDraft.Open(app);
        using var lobbyist = app.Lobbyist;
        await lobbyist.Opened(SampleDraft.Id, new { startsWith = "K" });
        var page = await Blank(app.Address);
        await page.OpenHall(app);
        return (app, page);
    }

    [GeneratedRegex(@"/vote-day(\?after=\d+)?$")]
    private static partial Regex Reads();
}
