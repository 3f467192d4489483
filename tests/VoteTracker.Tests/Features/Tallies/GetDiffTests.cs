using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.Tallies;

[EveryEngine]
public sealed class GetDiffTests
{
    [Test]
    public async Task The_effects_add_up_between_any_two_moments([Values(1, 2, 3, 4, 5, 6)] int seed)
    {
        using var app = new App();
        var campaign = new RandomCampaign(app, seed);
        await campaign.Run(changes: 40, vote: seed % 2 == 0);
        var path = $"/v1/resolutions/{campaign.Id}";
        var random = new Random(seed);
        var measured = 0;
        for (var i = 0; i < 30; i++)
        {
            var (a, b) = (Any(), Any());
            var (from, to) = a <= b ? (a, b) : (b, a);
            var counting = random.Next(2) == 0 ? "all" : "confirmed";
            var diff = await app.Viewer.GetJson($"{path}/diff?from={from.Iso()}&to={to.Iso()}&counting={counting}");
            var before = await app.Viewer.GetJson($"{path}/tally?asOf={from.Iso()}&counting={counting}");
            var after = await app.Viewer.GetJson($"{path}/tally?asOf={to.Iso()}&counting={counting}");
            diff.Field("before")!.ToJsonString().ShouldBe(before.ToJsonString());
            diff.Field("after")!.ToJsonString().ShouldBe(after.ToJsonString());
            var moves = diff.Field("moves")!.AsArray();
            if (before.IntOrNull("margin") is { } was && after.IntOrNull("margin") is { } became)
            {
                diff.Int("marginChange").ShouldBe(became - was);
                moves.Sum(m => m!.Int("effect")).ShouldBe(became - was, diff.ToJsonString());
                measured += moves.Count;
            }
            else
            {
                diff.IntOrNull("marginChange").ShouldBeNull();
                moves.ShouldAllBe(m => m!.IntOrNull("effect") == null);
            }
            foreach (var move in moves.Where(m => m!.Text("what") == "stance"))
            {
                move!.Moment("changedAt").ShouldBeInRange(from.AddMicroseconds(1), to);
                move!.Int("changes").ShouldBeGreaterThan(0);
            }
        }
        measured.ShouldBeGreaterThan(5);

        DateTimeOffset Any() => campaign.Moments[random.Next(campaign.Moments.Count)];
    }

    [Test]
    public async Task A_move_has_its_positions_author_and_reason()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await Record(app.Lobbyist, id, "ZAF", "no", "met their ambassador");
        await Record(app.Lobbyist, id, "NOR", "yes", "said so");
        await Record(app.Lobbyist, id, "KEN", "yes", "said so");
        var from = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromHours(1));
        await Record(app.Lobbyist, id, "ZAF", "undecided", "they waver");
        app.Clock.Advance(TimeSpan.FromHours(1));
        await Record(app.Coordinator, id, "ZAF", "abstain", "new instructions");
        // A position that changed and changed back is not a move.
        await Record(app.Lobbyist, id, "NOR", "no", "misheard");
        await Record(app.Lobbyist, id, "NOR", "yes", "heard again");
        app.Clock.Advance(TimeSpan.FromHours(1));
        using var barred = await app.Coordinator.Put(
            "/v1/member-states/KEN/ineligibility",
            new { from = "2026-11-01", reason = "article-19" }
        );
        barred.EnsureSuccessStatusCode();
        app.Clock.Advance(TimeSpan.FromHours(1));
        using var ruled = await app.Coordinator.Send(
            HttpMethod.Patch,
            $"/v1/resolutions/{id}",
            new { rule = "simple-majority" }
        );
        ruled.EnsureSuccessStatusCode();

        var diff = await app.Viewer.GetJson($"/v1/resolutions/{id}/diff?from={from.Iso()}");
        var moves = diff.Field("moves")!.AsArray().Select(m => m!).ToList();
        moves
            .Select(m =>
                (
                    m.Text("what"),
                    m.Text("memberState"),
                    m.Text("from"),
                    m.Text("to"),
                    m.IntOrNull("effect"),
                    m.Text("changedBy"),
                    m.Text("reason")
                )
            )
            .ShouldBe([
                ("stance", "ZAF", "no", "abstain", 2, "coordinator", "new instructions"),
                ("eligibility", "KEN", "may-vote", "may-not-vote", -1, "coordinator", "article-19"),
                ("rule", null, "two-thirds", "simple-majority", 0, "coordinator", null),
            ]);
        moves[0].Int("changes").ShouldBe(2);
        (moves[0].Text("fromCertainty"), moves[0].Text("toCertainty")).ShouldBe(("confirmed", "confirmed"));
        (moves[0].Text("evidence"), moves[0].Text("note")).ShouldBe(("call", "a note"));
        moves[0].Moment("changedAt").ShouldBe(from.AddHours(2));
        diff.Int("marginChange").ShouldBe(1);
    }

    [Test]
    public async Task A_move_that_a_date_alone_caused_has_no_author()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "KEN", "yes");
        using var barred = await app.Coordinator.Put(
            "/v1/member-states/KEN/ineligibility",
            new { from = "2026-11-23", reason = "article-19" }
        );
        barred.EnsureSuccessStatusCode();
        var from = app.Clock.GetUtcNow();
        app.Clock.Jump(TimeSpan.FromDays(3));
        var diff = await app.Viewer.GetJson($"/v1/resolutions/{id}/diff?from={from.Iso()}");
        var move = diff.Field("moves")!.AsArray().ShouldHaveSingleItem()!;
        (move.Text("what"), move.IntOrNull("effect"), move.Text("changedBy"), move.Text("changedAt")).ShouldBe(
            ("eligibility", -1, null, null)
        );
    }

    [Test]
    public async Task The_vote_lists_members_that_voted_differently_from_their_stances()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "no");
        await app.Lobbyist.RecordStance(id, "NOR", "yes", certainty: "leaning");
        await app.Lobbyist.RecordStance(id, "KEN", "absent");
        app.Clock.Advance(TimeSpan.FromHours(1));
        using var recorded = await app.Coordinator.Put(
            $"/v1/resolutions/{id}/roll-call?missing=non-voting",
            new
            {
                recordedOn = "2026-11-21",
                votes = new[]
                {
                    new { memberState = "ZAF", vote = "yes" },
                    new { memberState = "NOR", vote = "yes" },
                    new { memberState = "IND", vote = "no" },
                },
            }
        );
        recorded.EnsureSuccessStatusCode();
        var diff = await app.Viewer.GetJson($"/v1/resolutions/{id}/diff");
        diff.Text("from").ShouldBe((await app.Viewer.GetJson($"/v1/resolutions/{id}")).Text("createdAt"));
        var from = app.Clock.GetUtcNow().AddHours(-1);
        diff = await app.Viewer.GetJson($"/v1/resolutions/{id}/diff?from={from.Iso()}");
        var moves = diff.Field("moves")!.AsArray().Select(m => m!).ToList();
        moves.ShouldAllBe(m => m.Text("what") == "vote" && m.Text("changedBy") == "coordinator");
        var byMember = moves.ToDictionary(m => m.Text("memberState")!, m => m.Text("from") + " " + m.Text("to"));
        byMember["ZAF"].ShouldBe("no yes");
        byMember["IND"].ShouldBe("unknown no");
        byMember["BRA"].ShouldBe("unknown absent");
        byMember.ShouldNotContainKey("NOR");
        byMember.ShouldNotContainKey("KEN");
        diff.Int("marginChange").ShouldBe(1);
    }

    [AnyEngine]
    [TestCase("?from=2026-11-22", "from")]
    [TestCase("?from=24x", "from")]
    [TestCase("?to=2026-11-21", "to")]
    [TestCase("?to=24h", "to")]
    [TestCase("?to=tomorrow", "to")]
    [TestCase("?from=2126-11-21T00:00:00Z", "from")]
    [TestCase("?from=2026-11-21T15:00:00Z&to=2026-11-21T14:00:00Z", "to")]
    [TestCase("?counting=some", "counting")]
    public async Task Every_invalid_parameter_is_named(string query, string field)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var answer = await app.Viewer.GetAsync($"/v1/resolutions/{id}/diff{query}");
        await answer.ShouldBeProblem(400, field);
    }

    [Test]
    public async Task A_diff_before_the_resolution_existed_is_a_404()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var answer = await app.Viewer.GetAsync($"/v1/resolutions/{id}/diff?to=2026-11-21T14:59:59Z");
        await answer.ShouldBeProblem(404);
    }

    private static async Task Record(HttpClient client, string id, string iso3, string position, string reason)
    {
        using var answer = await client.Put(
            $"/v1/resolutions/{id}/stances/{iso3}",
            new JsonObject
            {
                ["position"] = position,
                ["certainty"] = "confirmed",
                ["evidence"] = "call",
                ["note"] = "a note",
                ["reason"] = reason,
            }
        );
        answer.EnsureSuccessStatusCode();
    }
}
