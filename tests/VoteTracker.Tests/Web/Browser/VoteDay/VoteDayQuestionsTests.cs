using Microsoft.Playwright;
using VoteTracker.Tests.Features.VoteDays;
using VoteTracker.Tests.Web.Browser.Desk;

namespace VoteTracker.Tests.Web.Browser.VoteDay;

/// <summary>The page asks before it overwrites a colleague's vote, and about a member that may not vote.</summary>
public sealed class VoteDayQuestionsTests : BrowserFixture
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task Two_people_who_enter_different_votes_are_asked_and_nothing_is_overwritten_unseen(bool keepsTheirs)
    {
        var (app, page) = await Enter();
        page.Expect("status of 412");
        await page.GoOffline();
        await page.WaitForCurrent("Kazakhstan");
        await page.Page.Keyboard.PressAsync("y");
        await page.Page.Keyboard.PressAsync("y");
        using var coordinator = app.Coordinator;
        await coordinator.Enter(SampleDraft.Id, "KAZ no", "KEN yes");
        await page.GoOnline();
        // The same vote of both is no conflict.
        await page.WaitForUnsaved(1);
        var question = page.Page.Locator("#questions");
        await Assertions.Expect(question).ToContainTextAsync("coordinator entered “no”, and you “yes”");
        using var lobbyist = app.Lobbyist;
        Board.Votes(await lobbyist.VoteDay(SampleDraft.Id)).ShouldBe(["KAZ no", "KEN yes"]);
        await page.Button(keepsTheirs ? "Keep “no”" : "Enter “yes”").ClickAsync();
        await page.WaitForUnsaved(0);
        await page.WaitForVote("KAZ", keepsTheirs ? "no" : "yes");
        Board
            .Votes(await lobbyist.VoteDay(SampleDraft.Id))
            .ShouldBe([$"KAZ {(keepsTheirs ? "no" : "yes")}", "KEN yes"]);
    }

    [Test]
    public async Task A_member_that_may_not_vote_is_asked_about()
    {
        var app = Start();
        await SampleDraft.Open(app);
        using var coordinator = app.Coordinator;
        using var entered = await coordinator.Put(
            "/v1/member-states/KEN/ineligibility",
            new { from = "2026-01-01", reason = "article-19" }
        );
        entered.EnsureSuccessStatusCode();
        using var lobbyist = app.Lobbyist;
        await lobbyist.Opened(SampleDraft.Id, new { startsWith = "KEN" });
        var page = await Blank(app.Address);
        page.Expect("status of 409");
        await page.OpenHall(app);
        await page.WaitForCurrent("Kiribati");
        await page.Page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(page.Page.Locator("#expected")).ToContainTextAsync("may not vote");
        await page.Page.Keyboard.PressAsync("y");
        await Assertions.Expect(page.Page.Locator("#questions")).ToContainTextAsync("Does the board show its vote?");
        await page.WaitForUnsaved(1);
        await page.Button("Enter “yes”").ClickAsync();
        await page.WaitForUnsaved(0);
        Board.Votes(await lobbyist.VoteDay(SampleDraft.Id)).ShouldBe(["KEN yes"]);
    }

    private async Task<(App App, BrowserPage Page)> Enter(Look? look = null, string query = "")
    {
        var app = Start();
        await SampleDraft.Open(app);
        using var lobbyist = app.Lobbyist;
        await lobbyist.Opened(SampleDraft.Id, new { startsWith = "K" });
        var page = await Blank(app.Address, look);
        await page.OpenHall(app, query: query);
        return (app, page);
    }
}
