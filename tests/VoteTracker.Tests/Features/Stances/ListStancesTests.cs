using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.Stances;

[EveryEngine]
public sealed class ListStancesTests
{
    [Test]
    public async Task All_member_states_are_listed_in_the_order_of_their_codes_also_unknown_ones()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        var stances = await app.Viewer.GetItems($"/v1/resolutions/{id}/stances");
        stances.Count.ShouldBe(193);
        Codes(stances).ShouldBe(Codes(stances).Order(StringComparer.Ordinal));
        Codes(stances).ShouldNotContain("PSE");
        stances.Count(s => s.Text("position") == "unknown").ShouldBe(192);
        stances.Single(s => s.Text("memberState") == "ZAF").Int("version").ShouldBe(2);
    }

    [Test]
    public async Task Position_certainty_and_group_filter_alone_and_together()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        await app.Lobbyist.RecordStance(id, "EGY", "yes", certainty: "likely");
        await app.Lobbyist.RecordStance(id, "BRA", "yes");
        await app.Lobbyist.RecordStance(id, "KEN", "no");
        async Task<IEnumerable<string?>> List(string query) =>
            Codes(await app.Viewer.GetItems($"/v1/resolutions/{id}/stances?{query}"));
        (await List("position=yes")).ShouldBe(["BRA", "EGY", "ZAF"]);
        (await List("position=absent")).ShouldBeEmpty();
        (await List("position=unknown")).Count().ShouldBe(189);
        (await List("certainty=likely")).ShouldBe(["EGY"]);
        (await List("group=african-states")).Count().ShouldBe(54);
        (await List("group=african-states&position=yes")).ShouldBe(["EGY", "ZAF"]);
        (await List("group=african-states&position=yes&certainty=confirmed")).ShouldBe(["ZAF"]);
        (await List("group=league-of-arab-states&position=yes")).ShouldBe(["EGY"]);
    }

    [Test]
    public async Task A_wrong_parameter_is_a_400_that_names_it()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        foreach (
            var (query, fields) in ((string, string[])[])
                [
                    ("position=maybe", ["position"]),
                    ("position=0", ["position"]),
                    ("position=yes&position=no", ["position"]),
                    ("certainty=sure", ["certainty"]),
                    ("group=martians", ["group"]),
                    ("asOf=2026-11-21", ["asOf"]),
                    ("asOf=2026-11-21T15:00:00", ["asOf"]),
                    ("asOf=2026-11-21T15:01:00.000001Z", ["asOf"]),
                    ("position=x&certainty=y&group=z&limit=0", ["position", "certainty", "group", "limit"]),
                ]
        )
        {
            using var answer = await app.Viewer.GetAsync($"/v1/resolutions/{id}/stances?{query}");
            ((int)answer.StatusCode).ShouldBe(400, query);
            (await answer.ShouldBeProblem(400))["errors"]!
                .AsObject()
                .Select(e => e.Key)
                .ShouldBeInAnyOrder(fields, query);
        }
    }

    [Test]
    public async Task As_of_a_moment_it_shows_the_stances_recorded_before()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var opened = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.Lobbyist.RecordStance(id, "ZAF", "yes", certainty: "leaning");
        var recorded = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.Lobbyist.RecordStance(id, "ZAF", "no");
        app.Clock.Advance(TimeSpan.FromHours(1));
        using var deleted = await app.Lobbyist.Send(HttpMethod.Delete, $"/v1/resolutions/{id}/stances/ZAF");
        deleted.IsSuccessStatusCode.ShouldBeTrue();

        async Task<(string?, int)> Zaf(DateTimeOffset moment)
        {
            var stances = await app.Viewer.GetItems($"/v1/resolutions/{id}/stances?asOf={moment.Iso()}");
            stances.Count.ShouldBe(193);
            var zaf = stances.Single(s => s.Text("memberState") == "ZAF");
            return (zaf.Text("position"), zaf.Int("version"));
        }
        (await Zaf(opened)).ShouldBe(("unknown", 0));
        (await Zaf(recorded.AddMicroseconds(-1))).ShouldBe(("unknown", 0));
        (await Zaf(recorded)).ShouldBe(("yes", 2));
        (await Zaf(recorded.AddHours(1).AddMicroseconds(-1))).ShouldBe(("yes", 2));
        (await Zaf(recorded.AddHours(1))).ShouldBe(("no", 3));
        (await Zaf(recorded.AddHours(2))).ShouldBe(("unknown", 4));
        var filtered = await app.Viewer.GetItems(
            $"/v1/resolutions/{id}/stances?asOf={recorded.Iso()}&position=yes&certainty=leaning"
        );
        Codes(filtered).ShouldBe(["ZAF"]);
        using var before = await app.Viewer.GetAsync(
            $"/v1/resolutions/{id}/stances?asOf={opened.AddMicroseconds(-1).Iso()}"
        );
        await before.ShouldBeProblem(404);
    }

    [Test]
    public async Task Its_pages_show_every_member_once()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var whole = Codes(await app.Viewer.GetItems($"/v1/resolutions/{id}/stances"));
        var pages = Codes(await app.Viewer.GetPages($"/v1/resolutions/{id}/stances?limit=25", 25));
        pages.ShouldBe(whole);
        var african = await app.Viewer.GetPages($"/v1/resolutions/{id}/stances?limit=5&group=african-states", 5);
        african.Count.ShouldBe(54, "the filter goes on from page to page");
    }

    private static List<string?> Codes(IEnumerable<JsonNode> stances) =>
        [.. stances.Select(s => s.Text("memberState"))];
}
