using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.Tallies;

/// <summary>The moves of a resolution whose positions are public: state, from, to and effect, and nothing else.</summary>
[EveryEngine]
public sealed class PublicMovesTests
{
    private static readonly string[] Shown = ["what", "memberState", "name", "from", "to", "effect"];

    [Test]
    public async Task Without_a_key_a_move_has_its_state_positions_and_effect_alone()
    {
        using var app = new App();
        var id = await Moved(app, "positions");
        var path = $"/v1/resolutions/{id}/diff?from=2026-11-21T15:02:00Z";
        var seen = await app.Anonymous.GetJson(path);
        var known = await app.Viewer.GetJson(path);
        // The certainty of SWE changed alone, which is not public.
        Moves(known).Select(m => m.Text("memberState")).ShouldBeInAnyOrder(["NOR", "SWE", "ZAF"]);
        Moves(seen).Select(m => m.Text("memberState")).ShouldBe(["NOR", "ZAF"]);
        foreach (var move in Moves(seen))
        {
            var same = Moves(known).Single(m => m.Text("memberState") == move.Text("memberState"));
            foreach (var (name, value) in move.AsObject())
            {
                if (Shown.Contains(name))
                {
                    value!.ToJsonString().ShouldBe(same[name]!.ToJsonString(), name);
                }
                else if (name == "changes")
                {
                    value!.GetValue<int>().ShouldBe(0);
                }
                else
                {
                    value.ShouldBeNull(name);
                }
            }
        }
        Moves(known).Count(m => m.Text("reason") == "Secret reason").ShouldBe(2);
        seen.Int("marginChange").ShouldBe(known.Int("marginChange"));
        Moves(seen).Sum(m => m.Int("effect")).ShouldBe(seen.Int("marginChange"));
        seen.Field("before")!.ToJsonString().ShouldBe(known.Field("before")!.ToJsonString());
        var french = await app.Anonymous.GetJson($"{path}&lang=fr");
        Moves(french)[0].Text("name").ShouldBe("Norvège");
    }

    [Test]
    public async Task Without_a_key_the_timeline_is_that_of_a_viewer()
    {
        using var app = new App();
        var id = await Moved(app, "positions");
        var path = $"/v1/resolutions/{id}/tally/timeline";
        var seen = await app.Anonymous.GetItems(path);
        seen.Count.ShouldBeGreaterThan(2);
        seen.Select(t => t.ToJsonString()).ShouldBe((await app.Viewer.GetItems(path)).Select(t => t.ToJsonString()));
        using var first = await app.Anonymous.GetAsync($"{path}?limit=1");
        using var second = await app.Anonymous.GetAsync(first.NextPage());
        (await second.Json()).Items().Count.ShouldBe(1);
        (await app.Anonymous.GetStringAsync($"/v1/resolutions/{id}/timeline.svg")).ShouldBe(
            await app.Viewer.GetStringAsync($"/v1/resolutions/{id}/timeline.svg")
        );
    }

    [TestCase("private", 404)]
    [TestCase("tally", 401)]
    public async Task Other_visibilities_publish_no_moves(string visibility, int status)
    {
        using var app = new App();
        var id = await Moved(app, visibility);
        foreach (var path in (string[])["diff", "tally/timeline", "timeline.svg"])
        {
            using var answer = await app.Anonymous.GetAsync($"/v1/resolutions/{id}/{path}");
            await answer.ShouldBeProblem(status);
        }
        using var page = await app.Anonymous.GetAsync($"/resolutions/{id}");
        var html = await page.Content.ReadAsStringAsync();
        html.ShouldNotContain("data-live=\"moves\"");
        html.ShouldNotContain("id=\"moment\"");
    }

    [Test]
    public async Task What_depends_on_certainty_needs_a_key()
    {
        using var app = new App();
        var id = await Moved(app, "positions");
        foreach (var path in (string[])["diff", "tally/timeline", "tally"])
        {
            using var answer = await app.Anonymous.GetAsync($"/v1/resolutions/{id}/{path}?counting=confirmed");
            await answer.ShouldBeProblem(401);
        }
    }

    [Test]
    public async Task The_moves_end_when_the_positions_are_no_longer_public()
    {
        using var app = new App();
        var id = await Moved(app, "positions");
        (await app.Anonymous.GetAsync($"/v1/resolutions/{id}/diff")).EnsureSuccessStatusCode();
        using var changed = await app.Coordinator.Patch($"/v1/resolutions/{id}", """{"visibility": "tally"}""");
        changed.EnsureSuccessStatusCode();
        using var diff = await app.Anonymous.GetAsync($"/v1/resolutions/{id}/diff");
        await diff.ShouldBeProblem(401);
    }

    [Test]
    public async Task The_page_shows_movers_and_the_slider_without_a_key_and_without_reasons()
    {
        using var app = new App();
        var id = await Moved(app, "positions");
        var html = await app.Anonymous.GetStringAsync($"/resolutions/{id}");
        html.ShouldContain("data-live=\"moves\"");
        html.ShouldContain("id=\"moment\"");
        html.ShouldContain("timeline.svg");
        html.ShouldNotContain("Secret");
        html.ShouldNotContain("lobbyist");
        html.ShouldNotContain(", likely");
        // Another moment is not the cached page.
        var since = await app.Anonymous.GetStringAsync($"/resolutions/{id}?since=2026-11-21T15:03:30Z");
        since.ShouldNotBe(html);
        MovesOf(html).ShouldContain("South Africa");
        MovesOf(html).ShouldContain("Sweden");
        MovesOf(since).ShouldNotContain("South Africa");
        (await app.Anonymous.GetStringAsync($"/resolutions/{id}")).ShouldBe(html);
        (await app.Anonymous.GetStringAsync($"/resolutions/{id}?since=yesterday")).ShouldContain("role=\"alert\"");
    }

    // NOR moves, ZAF moves, and the certainty of SWE changes, each a minute after the other.
    private static async Task<string> Moved(App app, string visibility)
    {
        var id = await app.OpenDraft(new { visibility });
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var state in (string[])["NOR", "ZAF", "SWE"])
        {
            await Record(app, id, state, "no", "confirmed");
        }
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (
            var (state, position, certainty) in new[]
            {
                ("ZAF", "yes", "likely"),
                ("NOR", "abstain", "confirmed"),
                ("SWE", "no", "leaning"),
            }
        )
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            await Record(app, id, state, position, certainty);
        }
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        return id;
    }

    private static async Task Record(App app, string id, string state, string position, string certainty)
    {
        using var answer = await app.Lobbyist.Put(
            $"/v1/resolutions/{id}/stances/{state}",
            new
            {
                position,
                certainty,
                evidence = "call",
                note = "Secret note",
                reason = state == "SWE" ? "Sure" : "Secret reason",
            }
        );
        answer.EnsureSuccessStatusCode();
    }

    private static List<JsonNode> Moves(JsonNode diff) => [.. diff.Field("moves")!.AsArray().Select(m => m!)];

    private static string MovesOf(string html)
    {
        var from = html.IndexOf("data-live=\"moves\"", StringComparison.Ordinal);
        return html[from..html.IndexOf("</section>", from, StringComparison.Ordinal)];
    }
}
