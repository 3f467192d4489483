using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.VoteDays;

/// <summary>Who is called, in which order, and who may vote.</summary>
[EveryEngine]
public sealed class VoteDayOrderTests
{
    [TestCase("K", "KAZ", "JOR")]
    [TestCase("k", "KAZ", "JOR")]
    [TestCase("KEN", "KEN", "KAZ")]
    [TestCase("ken", "KEN", "KAZ")]
    [TestCase("A", "AFG", "ZWE")]
    [TestCase("Z", "ZMB", "YEM")]
    // Côte d'Ivoire follows Costa Rica, Republic of Moldova is at R, and Türkiye at T.
    [TestCase("CIV", "CIV", "CRI")]
    [TestCase("R", "KOR", "QAT")]
    [TestCase("TUR", "TUR", "TUN")]
    [TestCase("USA", "USA", "TZA")]
    [AnyEngine]
    public async Task The_order_begins_with_the_lot_and_wraps_round(string lot, string first, string last)
    {
        using var app = new App();
        var draft = await app.OpenVoteDay(new { startsWith = lot });
        var day = await app.Lobbyist.VoteDay(draft);
        var order = Board.Order(day);
        (day.Text("startsWith"), order[0], order[^1], order.Length, order.Distinct().Count()).ShouldBe(
            (first, first, last, 193, 193)
        );
    }

    [Test]
    public async Task Without_a_lot_the_first_name_begins_and_a_later_one_changes_the_order()
    {
        using var app = new App();
        var draft = await app.OpenVoteDay();
        Board.Order(await app.Lobbyist.VoteDay(draft))[0].ShouldBe("AFG");
        await app.Lobbyist.Enter(draft, "NOR yes");
        Board.Order(await app.Lobbyist.Opened(draft, new { startsWith = "N" }))[0].ShouldBe("NAM");
        // The lot stays if only the announcement is entered.
        var announced = new
        {
            yes = 1,
            no = 0,
            abstain = 0,
        };
        var day = await app.Lobbyist.Opened(draft, new { announced });
        (Board.Order(day)[0], day["announced"]!.Int("yes"), Board.Votes(day)[0]).ShouldBe(("NAM", 1, "NOR yes"));
        (await app.Lobbyist.Opened(draft, new { }))["announced"]!.Int("yes").ShouldBe(1);
    }

    [TestCase("X")]
    [TestCase("W")]
    [TestCase("")]
    [TestCase("1")]
    [TestCase("KE")]
    [TestCase("PSE")]
    [TestCase("SUN")]
    [TestCase("Κ")]
    [TestCase("K\u202eE")]
    [TestCase("<b>K</b>")]
    [AnyEngine]
    public async Task A_lot_that_names_no_member_is_rejected(string lot)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var answer = await app.Lobbyist.Put(Board.Path(draft), new { startsWith = lot });
        await answer.ShouldBeProblem(400, "startsWith");
    }

    [TestCase("""{"startsWith": 5}""", "startsWith")]
    [TestCase("""{"startsWith": "K", "letter": "K"}""", "letter")]
    [TestCase("""{"on": "2026-11-22"}""", "on")]
    [TestCase("""{"on": "1996-01-01"}""", "on")]
    [TestCase("""{"on": "1925-01-01"}""", "on")]
    [TestCase("""{"on": "today"}""", "on")]
    [TestCase("""{"announced": {"yes": 200, "no": 0, "abstain": 0}}""", "announced")]
    [TestCase("""{"announced": {"yes": 100, "no": 50, "abstain": 44}}""", "announced")]
    [TestCase("""{"announced": {"yes": 100, "no": 50, "abstain": 40, "nonVoting": 4}}""", "announced")]
    [TestCase("""{"announced": {"yes": 2147483647, "no": 2147483647, "abstain": 2147483647}}""", "announced")]
    [TestCase("""{"announced": {"yes": -1, "no": 0, "abstain": 0}}""", "announced")]
    [TestCase("""{"announced": {"yes": 1, "no": 0}}""", "announced")]
    [TestCase("""{"announced": {"yes": 1.5, "no": 0, "abstain": 0}}""", "announced.yes")]
    [TestCase("""{"announced": 93}""", "announced")]
    [AnyEngine]
    public async Task A_vote_day_that_cannot_be_is_rejected(string json, string field)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var request = new HttpRequestMessage(HttpMethod.Put, Board.Path(draft));
        request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("If-Match", "*").ShouldBeTrue();
        using var answer = await app.Lobbyist.SendAsync(request);
        await answer.ShouldBeProblem(400, field);
        using var none = await app.Lobbyist.GetAsync(Board.Path(draft));
        await none.ShouldBeProblem(404);
    }

    [Test]
    [AnyEngine]
    public async Task A_lot_of_10_kB_is_rejected_without_repeating_it()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var answer = await app.Lobbyist.Put(Board.Path(draft), new { startsWith = new string('K', 10_000) });
        (await answer.ShouldBeProblem(400, "startsWith")).ToJsonString().Length.ShouldBeLessThan(1_000);
    }

    [TestCase("PSE", 404)]
    [TestCase("SUN", 404)]
    [TestCase("YUG", 404)]
    [TestCase("XYZ", 404)]
    [TestCase("NO", 400)]
    public async Task Only_a_member_has_a_vote(string state, int status)
    {
        using var app = new App();
        var draft = await app.OpenVoteDay();
        using var answer = await app.Lobbyist.Put(Board.PathOf(draft, state), new { vote = "yes" });
        ((int)answer.StatusCode).ShouldBeOneOf(status, 404);
        Board.Votes(await app.Lobbyist.VoteDay(draft)).ShouldBeEmpty();
    }

    [Test]
    public async Task The_members_of_the_day_vote()
    {
        using var app = new App();
        var draft = await app.OpenVoteDay(new { on = "2010-11-30" });
        var day = await app.Lobbyist.VoteDay(draft);
        Board.Order(day).Length.ShouldBe(192);
        using var answer = await app.Lobbyist.Put(Board.PathOf(draft, "SSD"), new { vote = "yes" });
        (await answer.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/not-a-member");
        await app.Lobbyist.Enter(draft, "NOR yes");
        using var moved = await app.Lobbyist.Put(Board.Path(draft), new { on = "2026-11-20" });
        await moved.ShouldBeProblem(400, "on");
        await app.Lobbyist.Done(draft, "propose", new { missingIsNonVoting = true });
        await app.Coordinator.Done(draft, "confirm");
        (await app.Anonymous.GetJson($"/v1/resolutions/{draft}/roll-call")).Text("recordedOn").ShouldBe("2010-11-30");
    }

    [TestCase("""{"vote": "Yes"}""")]
    [TestCase("""{"vote": "YES"}""")]
    [TestCase("""{"vote": "absent"}""")]
    [TestCase("""{"vote": "undecided"}""")]
    [TestCase("""{"vote": ""}""")]
    [TestCase("""{"vote": null}""")]
    [TestCase("""{"vote": 0}""")]
    [TestCase("""{"vote": ["yes"]}""")]
    [TestCase("""{}""")]
    [AnyEngine]
    public async Task Another_word_than_the_four_votes_is_rejected(string json)
    {
        using var app = new App();
        var draft = await app.OpenVoteDay();
        using var request = new HttpRequestMessage(HttpMethod.Put, Board.PathOf(draft, "NOR"));
        request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("If-Match", "*").ShouldBeTrue();
        using var answer = await app.Lobbyist.SendAsync(request);
        await answer.ShouldBeProblem(400, "vote");
        Board.Votes(await app.Lobbyist.VoteDay(draft)).ShouldBeEmpty();
    }

    [Test]
    public async Task A_member_that_may_not_vote_is_marked_and_entered_only_with_a_word()
    {
        using var app = new App();
        using var entered = await app.Coordinator.Put(
            "/v1/member-states/TCD/ineligibility",
            new { from = "2026-01-01", reason = "article-19" }
        );
        entered.EnsureSuccessStatusCode();
        var draft = await app.OpenVoteDay();
        var day = await app.Lobbyist.VoteDay(draft);
        day["members"]!
            .AsArray()
            .Where(member => member!.Flag("eligible") == false)
            .Select(member => member!.Text("memberState"))
            .ShouldBe(["TCD"]);
        Board.Count(day).ShouldBe("0-0-0-0 of 0, 192 remain");
        var path = Board.PathOf(draft, "TCD");
        using var refused = await app.Lobbyist.Put(path, new { vote = "yes" });
        (await refused.ShouldBeProblem(409))
            .Text("detail")
            .ShouldBe(
                "TCD may not vote on 2026-11-21 (article-19). If the board shows its vote, send acceptIneligible=true."
            );
        await app.Lobbyist.Enter(draft, "TCD non-voting");
        using var accepted = await app.Lobbyist.Put(path, new { vote = "yes", acceptIneligible = true });
        accepted.EnsureSuccessStatusCode();
        Board.Count(await app.Lobbyist.VoteDay(draft)).ShouldBe("1-0-0-0 of 1, 192 remain");
        using var removed = await app.Lobbyist.Send(HttpMethod.Delete, path);
        removed.EnsureSuccessStatusCode();
        // Without an entry it did not vote, and nobody is asked about it.
        await app.Lobbyist.Done(draft, "propose", new { missingIsNonVoting = true });
        await app.Coordinator.Done(draft, "confirm");
        var rollCall = await app.Anonymous.GetJson($"/v1/resolutions/{draft}/roll-call");
        rollCall["totals"]!.Int("nonVoting").ShouldBe(193);
    }
}
