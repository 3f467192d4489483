using System.Net;

namespace VoteTracker.Tests.Features.Tallies;

[EveryEngine]
public sealed class GetTallyTests
{
    [Test]
    public async Task The_same_stances_are_counted_under_the_other_rule()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "tally" });
        foreach (
            var (state, position) in new[]
            {
                ("ZAF", "yes"),
                ("EGY", "yes"),
                ("KEN", "yes"),
                ("BRA", "no"),
                ("FRA", "no"),
            }
        )
        {
            await app.Lobbyist.RecordStance(id, state, position);
        }
        var own = await app.Anonymous.GetJson($"/v1/resolutions/{id}/tally");
        (own.Text("rule"), own.Flag("reached"), own.Int("required"), own.Int("margin")).ShouldBe(
            ("two-thirds", false, 4, -1)
        );
        var other = await app.Anonymous.GetJson($"/v1/resolutions/{id}/tally?rule=simple-majority");
        (other.Text("rule"), other.Flag("reached"), other.Int("required"), other.Int("margin")).ShouldBe(
            ("simple-majority", true, 3, 1)
        );
        (other.Int("yes"), other.Int("no"), other.Int("version")).ShouldBe((3, 2, own.Int("version")));
        (await app.Anonymous.GetJson($"/v1/resolutions/{id}/tally?rule=two-thirds"))
            .ToJsonString()
            .ShouldBe(own.ToJsonString());
        var confirmed = await app.Viewer.GetJson($"/v1/resolutions/{id}/tally?rule=simple-majority&counting=confirmed");
        (confirmed.Text("rule"), confirmed.Text("counting")).ShouldBe(("simple-majority", "confirmed"));
        var past = await app.Viewer.GetJson(
            $"/v1/resolutions/{id}/tally?rule=simple-majority&asOf={app.Clock.GetUtcNow().Iso()}"
        );
        (past.Text("rule"), past.Flag("reached")).ShouldBe(("simple-majority", true));
    }

    [Test]
    public async Task A_recorded_vote_is_counted_under_the_other_rule()
    {
        using var app = new App();
        // 62 for, 58 against: enough for a simple majority and not for two thirds.
        var record = await app.Anonymous.GetItems("/v1/resolutions?include=tally&limit=1000");
        var close = record.First(r =>
            r["tally"] is { } t && t["yes"]?.GetValue<int>() == 62 && t["no"]?.GetValue<int>() == 58
        );
        close["tally"]!.Flag("reached").ShouldBe(false);
        var other = await app.Anonymous.GetJson($"/v1/resolutions/{close.Text("id")}/tally?rule=simple-majority");
        (other.Flag("reached"), other.Int("margin"), other.Text("basis")).ShouldBe((true, 4, "announced"));
    }

    [AnyEngine]
    [TestCase("draft", "not-recorded")]
    [TestCase("draft", "three-fifths")]
    [TestCase("motion", "two-thirds")]
    public async Task A_rule_that_the_resolution_cannot_have_is_a_400(string kind, string rule)
    {
        using var app = new App();
        var id = await app.OpenDraft(new { kind });
        foreach (var more in (string[])["", $"&asOf={app.Clock.GetUtcNow().Iso()}"])
        {
            using var answer = await app.Viewer.GetAsync($"/v1/resolutions/{id}/tally?rule={rule}{more}");
            var problem = await answer.ShouldBeProblem(400);
            problem["errors"]!["rule"].ShouldNotBeNull();
        }
    }

    [Test]
    public async Task With_counting_confirmed_all_other_stances_are_undecided()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        await app.Lobbyist.RecordStance(id, "BRA", "yes", certainty: "likely");
        await app.Lobbyist.RecordStance(id, "IND", "no", certainty: "leaning");
        await app.Lobbyist.RecordStance(id, "EGY", "absent", certainty: "likely");
        await app.Lobbyist.RecordStance(id, "KEN", "undecided", certainty: "leaning");
        var all = await app.Viewer.GetJson($"/v1/resolutions/{id}/tally?counting=all");
        (all.Int("yes"), all.Int("no"), all.Int("absent"), all.Int("undecided")).ShouldBe((2, 1, 1, 1));
        all.ToJsonString().ShouldBe((await app.Viewer.GetJson($"/v1/resolutions/{id}/tally")).ToJsonString());
        var confirmed = await app.Viewer.GetJson($"/v1/resolutions/{id}/tally?counting=confirmed");
        confirmed.Text("counting").ShouldBe("confirmed");
        (confirmed.Int("yes"), confirmed.Int("no"), confirmed.Int("absent"), confirmed.Int("undecided")).ShouldBe(
            (1, 0, 0, 4)
        );
        (confirmed.Int("unknown"), confirmed.Int("members")).ShouldBe((188, 193));
        await app.Lobbyist.RecordStance(id, "BRA", "yes");
        (await app.Viewer.GetJson($"/v1/resolutions/{id}/tally?counting=confirmed")).Int("yes").ShouldBe(2);
        var past = await app.Viewer.GetJson(
            $"/v1/resolutions/{id}/tally?counting=confirmed&asOf={app.Clock.GetUtcNow().Iso()}"
        );
        (past.Int("yes"), past.Text("counting")).ShouldBe((2, "confirmed"));
        var record = await app.Viewer.GetJson("/v1/resolutions/es-10-27/tally?counting=confirmed");
        record.Int("yes").ShouldBe(149, "recorded votes count as confirmed");
        using var wrong = await app.Viewer.GetAsync($"/v1/resolutions/{id}/tally?counting=some");
        await wrong.ShouldBeProblem(400, "counting");
    }

    [Test]
    public async Task Each_change_of_position_moves_the_margin_by_the_rule()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { baseline = "es-10-27" });
        async Task<int> Margin(string member, string position)
        {
            await app.Lobbyist.RecordStance(id, member, position);
            return (await app.Viewer.GetJson($"/v1/resolutions/{id}/tally")).Int("margin");
        }
        var start = await Margin("ZAF", "no");
        (await Margin("ZAF", "abstain") - start).ShouldBe(2);
        (await Margin("ZAF", "yes") - start).ShouldBe(3);
        (await Margin("ZAF", "absent") - start).ShouldBe(2);
        (await Margin("ZAF", "undecided") - start).ShouldBe(2);
        (await Margin("ZAF", "no") - start).ShouldBe(0);
    }

    [Test]
    public async Task The_outlook_and_the_quorum_follow_the_undecided_members()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        async Task<(string?, bool?)> Look()
        {
            var tally = await app.Viewer.GetJson($"/v1/resolutions/{id}/tally");
            tally["quorum"]!.Int("required").ShouldBe(97);
            return (tally.Text("outlook"), tally["quorum"]!.Flag("met"));
        }
        (await Look()).ShouldBe(("open", null));
        var members = (await app.Anonymous.GetItems("/v1/member-states")).Select(m => m.Text("iso3")!).ToList();
        foreach (var member in members.Take(64))
        {
            await app.Lobbyist.RecordStance(id, member, "no");
        }
        (await Look()).ShouldBe(("open", null), "129 yes would still make 129 of 193");
        await app.Lobbyist.RecordStance(id, members[64], "absent");
        (await Look()).ShouldBe(("open", null), "128 yes is exactly twice 64");
        await app.Lobbyist.RecordStance(id, members[65], "absent");
        (await Look()).ShouldBe(("lost", null));
        foreach (var member in members.Skip(66).Take(31))
        {
            await app.Lobbyist.RecordStance(id, member, "absent");
        }
        (await Look()).ShouldBe(("lost", null), "64 present and 96 open");
        foreach (var member in members.Take(64))
        {
            await app.Lobbyist.RecordStance(id, member, "absent");
        }
        (await Look()).ShouldBe(("open", false), "97 absent leave 96 at most");
        foreach (var member in members.Take(97))
        {
            await app.Lobbyist.RecordStance(id, member, "yes");
        }
        (await Look()).ShouldBe(("open", true), "97 yes against 96 open");
        foreach (var member in members.Skip(97).Take(32))
        {
            await app.Lobbyist.RecordStance(id, member, "yes");
        }
        (await Look()).ShouldBe(("secured", true), "129 yes against 64 open");
    }

    [Test]
    public async Task A_request_with_the_current_ETag_is_a_304_until_a_change()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        foreach (
            var what in (string[])
                ["tally", "tally?counting=confirmed", "breakdown", "breakdown.csv", "breakdown?by=nam"]
        )
        {
            var path = $"/v1/resolutions/{id}/{what}";
            using var first = await app.Viewer.GetAsync(path);
            var tag = first.ETag()!;
            using var known = await Ask(app, path, tag);
            known.StatusCode.ShouldBe(HttpStatusCode.NotModified, what);
            known.ETag().ShouldBe(tag);
            (await known.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
            await app.Lobbyist.RecordStance(id, "ZAF", "yes");
            using var changed = await Ask(app, path, tag);
            changed.StatusCode.ShouldBe(HttpStatusCode.OK, what);
            changed.ETag().ShouldNotBe(tag);
        }
    }

    [Test]
    public async Task An_unknown_resolution_is_a_404()
    {
        using var app = new App();
        foreach (var what in (string[])["tally", "tally?asOf=2026-11-21T15:00:00Z", "tally/stream", "breakdown"])
        {
            using var answer = await app.Viewer.GetAsync($"/v1/resolutions/nothing/{what}");
            await answer.ShouldBeProblem(404);
        }
        await app.OpenDraft(new { id = "nothing" });
        (await app.Viewer.GetJson("/v1/resolutions/nothing/tally")).Int("version").ShouldBe(1);
    }

    private static Task<HttpResponseMessage> Ask(App app, string path, string ifNoneMatch) =>
        app.Viewer.Send(HttpMethod.Get, path, ifMatch: null, ifNoneMatch: ifNoneMatch);
}
