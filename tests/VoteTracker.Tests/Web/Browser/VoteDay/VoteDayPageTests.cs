using System.Diagnostics;
using Microsoft.Playwright;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Features.VoteDays;
using VoteTracker.Tests.Web.Browser.Desk;

namespace VoteTracker.Tests.Web.Browser.VoteDay;

/// <summary>A vote is entered in the hall: by keyboard, on a phone, by two people.</summary>
public sealed class VoteDayPageTests : BrowserFixture
{
    [Test]
    public async Task A_real_roll_call_of_193_members_is_entered_by_keyboard_and_confirmed_by_a_second_person()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var votes = await RecordedVotes(app);
        var page = await Blank(app.Address);
        await page.SignIn(app, "lobbyist");
        await page.GoTo(Hall.Path);
        await page.Page.Locator("select[name=startsWith]").SelectOptionAsync("KAZ");
        await page.Button("Open the vote day").ClickAsync();
        await page.WaitUntilEntering();
        await page.WaitForCurrent("Kazakhstan");
        var order = await page
            .Page.Locator("[data-state]")
            .EvaluateAllAsync<string[]>("c => c.map(e => e.dataset.state)");
        (order.Length, order[0], order[^1]).ShouldBe((193, "KAZ", "JOR"));
        var clock = Stopwatch.StartNew();
        foreach (var state in order)
        {
            await page.Page.Keyboard.PressAsync(Hall.Keys[votes[state]]);
        }
        var pressed = clock.Elapsed;
        await page.WaitForUnsaved(0);
        TestContext.Out.WriteLine(
            $"193 keys in {pressed.TotalSeconds:0.0} s; saved after {clock.Elapsed.TotalSeconds:0.0} s"
        );
        foreach (var (name, total) in new[] { ("yes", 149), ("no", 12), ("abstain", 19), ("non-voting", 13) })
        {
            await page.WaitForTotal(name, total);
        }
        await page.WaitForTotal("remaining", 0);
        using var lobbyist = app.Lobbyist;
        Board
            .Votes(await lobbyist.VoteDay(SampleDraft.Id))
            .ShouldBe(votes.Select(vote => $"{vote.Key} {vote.Value}").Order(StringComparer.Ordinal));
        await Announce(page, 149, 12, 19);
        await Assertions.Expect(page.Page.Locator("#difference")).ToContainTextAsync("are the same");
        await page.Picture("vote-day-all");
        await page.Button("Propose the result").ClickAsync();
        await Assertions.Expect(page.Page.Locator("#end")).ToContainTextAsync("A coordinator who did not propose it");
        var second = await Blank(app.Address);
        await second.OpenHall(app, "coordinator");
        await second.Button("Confirm the result").ClickAsync();
        await Assertions.Expect(second.Page.Locator("#end")).ToContainTextAsync("coordinator confirmed the result.");
        await Assertions.Expect(page.Page.Locator("#end")).ToContainTextAsync("coordinator confirmed the result.");
        await second.WaitUntilRecorded();
        await page.WaitUntilRecorded();
        using var anonymous = app.Anonymous;
        var rollCall = await anonymous.GetJson($"/v1/resolutions/{SampleDraft.Id}/roll-call");
        rollCall["totals"]!.ToJsonString().ShouldBe("""{"yes":149,"no":12,"abstain":19,"nonVoting":13}""");
    }

    [Test]
    public async Task Keys_move_correct_find_and_can_be_switched_off()
    {
        var (_, page) = await Enter();
        var keys = page.Page.Keyboard;
        await page.WaitForCurrent("Kazakhstan");
        await keys.PressAsync("+");
        await page.WaitForVote("KAZ", "yes");
        await page.WaitForCurrent("Kenya");
        await keys.PressAsync("2");
        await page.WaitForVote("KEN", "no");
        await keys.PressAsync("Enter");
        await page.WaitForCurrent("Kuwait");
        await keys.PressAsync("Backspace");
        await keys.PressAsync("ArrowLeft");
        await page.WaitForCurrent("Kenya");
        await keys.PressAsync("3");
        await page.WaitForVote("KEN", "abstain");
        await keys.PressAsync("ArrowUp");
        await page.WaitForCurrent("Kenya");
        await keys.PressAsync("Delete");
        await page.WaitForVote("KEN", "");
        await keys.PressAsync("/");
        await keys.TypeAsync("cote");
        await page.WaitForCurrent("Côte d’Ivoire");
        await keys.PressAsync("Enter");
        await keys.PressAsync("x");
        await page.WaitForVote("CIV", "non-voting");
        // The name in another language, the code.
        await keys.PressAsync("/");
        await keys.TypeAsync("allemagne");
        await page.WaitForCurrent("Germany");
        await keys.PressAsync("Escape");
        // A keyboard with Cyrillic letters: the key that has Y in English.
        await page.Page.EvaluateAsync(
            "() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'н', code: 'KeyY', bubbles: true }))"
        );
        await page.WaitForVote("DEU", "yes");
        await page.Page.EvaluateAsync(
            "() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', code: 'KeyY', bubbles: true }))"
        );
        await page.WaitForCurrent("Ghana");
        await page.Page.Locator("#keys summary").ClickAsync();
        await page.Page.Locator("#keys-on").UncheckAsync();
        await page.Page.Locator("h1").ClickAsync();
        await keys.PressAsync("y");
        await page.WaitForUnsaved(0);
        await page.WaitForVote("GHA", "");
        await page.Page.Locator("#keys-on").CheckAsync();
    }

    [Test]
    public async Task On_a_phone_the_board_is_tapped_and_a_colleague_sees_it_within_a_second()
    {
        var (app, page) = await Enter(new Look(Width: 390));
        var other = await Blank(app.Address);
        await other.OpenHall(app, "coordinator");
        // The first tap selects, each further one enters the next vote.
        await page.Cell("ZAF").ClickAsync();
        await page.WaitForCurrent("South Africa");
        await page.WaitForVote("ZAF", "");
        await page.Cell("ZAF").ClickAsync();
        await page.WaitForVote("ZAF", "yes");
        await page.Cell("ZAF").ClickAsync();
        await page.WaitForVote("ZAF", "no");
        await page.WaitForUnsaved(0);
        var clock = Stopwatch.StartNew();
        await other.WaitForVote("ZAF", "no");
        TestContext.Out.WriteLine($"seen after {clock.ElapsedMilliseconds} ms");
        await page.Page.Locator("[data-brush=abstain]").ClickAsync();
        foreach (var state in (string[])["NOR", "KEN", "BRA"])
        {
            await page.Cell(state).ClickAsync();
            await page.WaitForVote(state, "abstain");
        }
        await page.WaitForTotal("abstain", 3);
        await other.WaitForTotal("abstain", 3);
        await page.Picture("vote-day-phone");
    }

    [Test]
    public async Task A_difference_and_missing_members_are_accepted_before_the_proposal_and_reopened()
    {
        var (app, page) = await Enter();
        await page.Page.Keyboard.PressAsync("y");
        await page.WaitForUnsaved(0);
        await Announce(page, 2, 0, 0);
        await Assertions.Expect(page.Page.Locator("#difference")).ToContainTextAsync("yes +1");
        var propose = page.Page.Locator("#end button").First;
        await Assertions.Expect(propose).ToBeDisabledAsync();
        await Assertions
            .Expect(page.Page.Locator("#end"))
            .ToContainTextAsync("192 members without an entry become non-voting.");
        await page.Page.Locator("#end input[name=missing]").CheckAsync();
        await Assertions.Expect(propose).ToBeDisabledAsync();
        await page.Page.Locator("#end input[name=difference]").CheckAsync();
        await propose.ClickAsync();
        await Assertions.Expect(page.Page.Locator("#end")).ToContainTextAsync("lobbyist proposed the result.");
        await page.Page.Keyboard.PressAsync("n");
        await page.WaitForUnsaved(0);
        await page.Button("Reopen").ClickAsync();
        await Assertions.Expect(page.Page.Locator("#current")).ToBeVisibleAsync();
        await page.WaitForCurrent("Kenya");
        await page.Page.Keyboard.PressAsync("n");
        await page.WaitForTotal("no", 1);
        await page.WaitForUnsaved(0);
        using var lobbyist = app.Lobbyist;
        Board.Count(await lobbyist.VoteDay(SampleDraft.Id)).ShouldBe("1-1-0-0 of 2, 191 remain");
    }

    [Test]
    public async Task In_Arabic_the_page_is_right_to_left_and_the_keys_are_the_same()
    {
        var (_, page) = await Enter(new Look("ar", IsDark: true), "?lang=ar");
        await page.Page.Keyboard.PressAsync("y");
        // The digit that an Arabic keyboard has on this key.
        await page.Page.EvaluateAsync(
            "() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '٢', code: 'Digit2', bubbles: true }))"
        );
        await page.WaitForVote("KAZ", "yes");
        await page.WaitForVote("KEN", "no");
        await page.WaitForUnsaved(0);
        await page.Picture("vote-day-arabic");
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

    private static async Task Announce(BrowserPage page, int yes, int no, int abstain)
    {
        foreach (var (name, number) in new[] { ("yes", yes), ("no", no), ("abstain", abstain) })
        {
            await page.Page.Locator($"#announcement [name={name}]").FillAsync($"{number}");
        }
        await page.Button("Save").ClickAsync();
    }

    private static async Task<Dictionary<string, string>> RecordedVotes(App app)
    {
        using var client = app.Anonymous;
        return (await client.GetJson("/v1/resolutions/es-10-27/roll-call"))["votes"]!
            .AsArray()
            .ToDictionary(vote => vote!.Text("memberState")!, vote => vote!.Text("vote")!, StringComparer.Ordinal);
    }
}
