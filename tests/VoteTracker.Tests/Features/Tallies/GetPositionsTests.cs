using System.Net;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.Tallies;

[EveryEngine]
public sealed class GetPositionsTests
{
    private static readonly string[] Words = ["yes", "no", "abstain", "absent", "undecided", "unknown"];

    [Test]
    public async Task They_count_up_to_the_tally_of_every_resolution_of_the_record()
    {
        using var app = new App();
        var resolutions = await app.Anonymous.GetItems("/v1/resolutions?include=tally");
        resolutions.Count.ShouldBe(43);
        var withNames = 0;
        foreach (var resolution in resolutions)
        {
            var tally = resolution["tally"]!;
            var positions = await app.Anonymous.GetJson($"/v1/resolutions/{resolution.Text("id")}/positions");
            positions.Text("basis").ShouldBe(tally.Text("basis"));
            positions.Version().ShouldBe(tally.Version());
            positions.Text("asOf").ShouldBe(tally.Text("asOf"));
            if (tally.Text("basis") != "recorded-votes")
            {
                positions.Items().ShouldBeEmpty();
                continue;
            }
            withNames++;
            ShouldCountAs(positions, tally);
            positions.Items().ShouldAllBe(item => item.Flag("eligible") == true);
            positions.Items().ShouldAllBe(item => !item.AsObject().ContainsKey("certainty"));
        }
        withNames.ShouldBe(34);
    }

    [Test]
    public async Task Non_voting_is_absent_and_a_vote_is_a_vote()
    {
        using var app = new App();
        var positions = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/positions");
        var votes = (await app.Anonymous.GetJson("/v1/resolutions/es-10-27/roll-call"))["votes"]!.AsArray();
        positions
            .Items()
            .Select(item => (item.Text("memberState"), item.Text("position")))
            .ShouldBe(
                votes.Select(vote =>
                    (vote!.Text("memberState"), vote!.Text("vote") == "non-voting" ? "absent" : vote!.Text("vote"))
                )
            );
    }

    [Test]
    public async Task A_draft_has_every_member_and_marks_those_that_may_not_vote()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes", "likely");
        await app.Lobbyist.RecordStance(id, "VEN", "no");
        using var entered = await app.Coordinator.Put(
            "/v1/member-states/VEN/ineligibility",
            new { from = "2026-11-01", reason = "article-19" }
        );
        entered.EnsureSuccessStatusCode();
        var positions = await app.Viewer.GetJson($"/v1/resolutions/{id}/positions");
        positions.Items().Count.ShouldBe(193);
        ShouldCountAs(positions, await app.Viewer.GetJson($"/v1/resolutions/{id}/tally"));
        var zaf = Of(positions, "ZAF");
        (zaf.Text("position"), zaf.Text("certainty"), zaf.Flag("eligible")).ShouldBe(("yes", "likely", true));
        var ven = Of(positions, "VEN");
        (ven.Text("position"), ven.Text("certainty"), ven.Flag("eligible")).ShouldBe(("no", "confirmed", false));
        var nor = Of(positions, "NOR");
        (nor.Text("position"), nor.AsObject().ContainsKey("certainty")).ShouldBe(("unknown", false));
    }

    [Test]
    public async Task Without_a_key_a_draft_shows_positions_only_if_its_visibility_says_so_and_never_a_certainty()
    {
        using var app = new App();
        var counts = await app.OpenDraft(new { visibility = "tally", id = "counts" });
        var open = await app.OpenDraft(new { visibility = "positions", id = "open" });
        await app.Lobbyist.RecordStance(open, "ZAF", "yes", "leaning");
        using var denied = await app.Anonymous.GetAsync($"/v1/resolutions/{counts}/positions");
        await denied.ShouldBeProblem(401);
        using var answer = await app.Anonymous.GetAsync($"/v1/resolutions/{open}/positions");
        answer.Headers.CacheControl!.Public.ShouldBeTrue();
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldNotContain("certainty");
        text.ShouldNotContain("leaning");
        Of(JsonNode.Parse(text)!, "ZAF").Text("position").ShouldBe("yes");
        using var seen = await app.Viewer.GetAsync($"/v1/resolutions/{open}/positions");
        seen.Headers.CacheControl!.Public.ShouldBeFalse();
        seen.ETag().ShouldNotBe(answer.ETag(), "another representation");
        Of(await seen.Json(), "ZAF").Text("certainty").ShouldBe("leaning");
    }

    [Test]
    public async Task The_same_state_is_a_304_and_a_change_is_not()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var path = $"/v1/resolutions/{id}/positions";
        using var first = await app.Viewer.GetAsync(path);
        using var same = await app.Viewer.Send(HttpMethod.Get, path, ifMatch: null, ifNoneMatch: first.ETag());
        same.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        await app.Lobbyist.RecordStance(id, "ZAF", "abstain");
        using var changed = await app.Viewer.Send(HttpMethod.Get, path, ifMatch: null, ifNoneMatch: first.ETag());
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        Of(await changed.Json(), "ZAF").Text("position").ShouldBe("abstain");
    }

    [Test]
    public async Task As_of_a_moment_they_are_what_was_known_then()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var then = app.Clock.GetUtcNow().Iso();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Lobbyist.RecordStance(id, "ZAF", "no");
        Of(await app.Viewer.GetJson($"/v1/resolutions/{id}/positions?asOf={then}"), "ZAF")
            .Text("position")
            .ShouldBe("yes");
        Of(await app.Viewer.GetJson($"/v1/resolutions/{id}/positions"), "ZAF").Text("position").ShouldBe("no");
    }

    private static JsonNode Of(JsonNode positions, string iso3) =>
        positions.Items().Single(item => item.Text("memberState") == iso3);

    private static void ShouldCountAs(JsonNode positions, JsonNode tally)
    {
        foreach (var word in Words)
        {
            positions
                .Items()
                .Count(item => item.Flag("eligible") == true && item.Text("position") == word)
                .ShouldBe(tally.Int(word), $"{positions.Text("resolution")} {word}");
        }
        positions.Items().Count(item => item.Flag("eligible") == false).ShouldBe(tally.Int("ineligible"));
    }
}
