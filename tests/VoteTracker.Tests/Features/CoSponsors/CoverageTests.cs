using System.Text.Json.Nodes;
using static VoteTracker.Tests.Features.CoSponsors.CoSponsorRequests;

namespace VoteTracker.Tests.Features.CoSponsors;

/// <summary>The coverage shows the groups without co-sponsors, and the states that can still be asked.</summary>
[EveryEngine]
public sealed class CoverageTests
{
    [Test]
    public async Task Every_group_is_counted_and_the_regional_groups_add_up_to_the_total()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Sign(app, draft, "NOR");
        await Sign(app, draft, "SWE", "committed");
        await Sign(app, draft, "KEN", "approached");
        await Sign(app, draft, "ZAF", "wanted");
        await Sign(app, draft, "GHA", "withdrawn");
        await Sign(app, draft, "PSE");
        await SignMain(app, draft, "BRA");
        var coverage = await Coverage(app, draft);
        coverage.Text("resolution").ShouldBe(draft);
        coverage.Int("version").ShouldBe(8);
        Counts(coverage["total"]!).ShouldBe("3 signed, 1 committed, 1 approached, 1 wanted, 1 withdrawn, 1 main");
        var rows = coverage["rows"]!.AsArray().Select(r => r!).ToList();
        Counts(Row(rows, "african-states"))
            .ShouldBe("0 signed, 0 committed, 1 approached, 1 wanted, 1 withdrawn, 0 main");
        Counts(Row(rows, "western-european-and-other-states"))
            .ShouldBe("1 signed, 1 committed, 0 approached, 0 wanted, 0 withdrawn, 0 main");
        Counts(Row(rows, "none")).ShouldBe("1 signed, 0 committed, 0 approached, 0 wanted, 0 withdrawn, 0 main");
        Counts(Row(rows, "brics")).ShouldBe("1 signed, 0 committed, 0 approached, 1 wanted, 0 withdrawn, 1 main");
        (Row(rows, "african-states").Text("name"), Row(rows, "african-states").Text("scheme")).ShouldBe(
            ("African States", "regional-group")
        );
        var regions = rows.Where(r => r.Text("scheme") == "regional-group").ToList();
        foreach (var count in (string[])["signed", "committed", "approached", "wanted", "withdrawn", "main"])
        {
            regions.Sum(r => r.Int(count)).ShouldBe(coverage["total"]!.Int(count), count);
        }
        regions.Sum(r => r.Int("members")).ShouldBe(193);
        rows.Select(r => r.Text("group")).ShouldBe(rows.Select(r => r.Text("group")).Distinct());
    }

    [Test]
    public async Task A_group_has_a_main_sponsor_once_a_member_has_signed_as_one()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var regional = (await Coverage(app, draft))["groupsWithoutMain"]!.AsArray().Select(g => g!.GetValue<string>());
        regional.ShouldContain("african-states");
        regional.ShouldContain("latin-american-and-caribbean-states");
        regional.ShouldContain("brics");
        regional.ShouldNotContain("none");
        // Agreed is not signed, and an additional sponsor is no main one.
        using var committed = await app.Lobbyist.Put(Path(draft, "BRA"), new { status = "committed", role = "main" });
        committed.EnsureSuccessStatusCode();
        await Sign(app, draft, "MEX");
        (await Missing()).ShouldContain("latin-american-and-caribbean-states");
        await SignMain(app, draft, "BRA");
        (await Missing()).ShouldNotContain("latin-american-and-caribbean-states");
        (await Missing()).ShouldNotContain("brics");
        (await Missing()).ShouldContain("african-states");

        async Task<List<string>> Missing() =>
            [.. (await Coverage(app, draft))["groupsWithoutMain"]!.AsArray().Select(g => g!.GetValue<string>())];
    }

    [Test]
    public async Task A_state_can_be_asked_if_it_was_not_asked_and_is_not_against()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.RecordStance(draft, "ZAF", "yes", certainty: "likely");
        await app.Lobbyist.RecordStance(draft, "KEN", "undecided");
        await app.Lobbyist.RecordStance(draft, "BRA", "abstain");
        await app.Lobbyist.RecordStance(draft, "CHL", "no");
        await app.Lobbyist.RecordStance(draft, "PER", "absent");
        await app.Lobbyist.RecordStance(draft, "GHA", "yes");
        await app.Lobbyist.RecordStance(draft, "NGA", "yes");
        await Sign(app, draft, "GHA", "wanted");
        await Sign(app, draft, "NGA", "approached");
        await Sign(app, draft, "NOR", "withdrawn");
        await Sign(app, draft, "VAT", "committed");
        var coverage = await Coverage(app, draft);
        var toAsk = coverage["toAsk"]!.AsArray().Select(s => s!).ToList();
        toAsk
            .Take(3)
            .Select(s =>
                (s.Text("memberState"), s.Text("name"), s.Text("position"), s.Text("certainty"), s.Text("status"))
            )
            .ShouldBe([
                ("GHA", "Ghana", "yes", "confirmed", "wanted"),
                ("ZAF", "South Africa", "yes", "likely", null),
                ("KEN", "Kenya", "undecided", "confirmed", null),
            ]);
        toAsk[^1].ToJsonString().ShouldContain("\"memberState\":\"PSE\"");
        (toAsk[^1].Text("position"), toAsk[^1].Text("regionalGroup")).ShouldBe((null, null));
        // 193 members and two observers, without three that were asked and three that are against or away.
        toAsk.Count.ShouldBe(193 + 2 - 3 - 3);
        var codes = toAsk.Select(s => s.Text("memberState")!).ToList();
        foreach (var iso3 in (string[])["BRA", "CHL", "PER", "NGA", "NOR", "VAT"])
        {
            codes.ShouldNotContain(iso3);
        }
        var rows = coverage["rows"]!.AsArray().Select(r => r!).ToList();
        Row(rows, "african-states").Int("toAsk").ShouldBe(53);
        Row(rows, "none").Int("toAsk").ShouldBe(1);
        toAsk[1].Text("regionalGroup").ShouldBe("african-states");
    }

    [Test]
    public async Task A_state_of_an_earlier_text_is_to_be_asked_again_and_keeps_its_status()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Sign(app, draft, "NOR");
        await Sign(app, draft, "SWE", "committed");
        await Sign(app, draft, "DNK", "approached");
        await Sign(app, draft, "FIN", "wanted");
        await Sign(app, draft, "ISL", "withdrawn");
        (await Again()).ShouldBeEmpty();
        await Revise(app, draft, "Rev.1");
        (await Again()).ShouldBe(["DNK approached ", "NOR signed ", "SWE committed "]);
        var coverage = await Coverage(app, draft);
        coverage.Text("textVersion").ShouldBe("Rev.1");
        coverage["total"]!.Int("signed").ShouldBe(1);
        Row([.. coverage["rows"]!.AsArray().Select(r => r!)], "western-european-and-other-states")
            .Int("toAskAgain")
            .ShouldBe(3);
        // Asked again: the same status for the current text.
        using var again = await app.Lobbyist.Patch(Path(draft, "NOR"), """{"textVersion": "Rev.1"}""");
        again.EnsureSuccessStatusCode();
        await Sign(app, draft, "DNK", "committed");
        (await Again()).ShouldBe(["SWE committed "]);
        await Revise(app, draft, "Rev.2");
        (await Again()).ShouldBe(["DNK committed Rev.1", "NOR signed Rev.1", "SWE committed "]);

        async Task<List<string>> Again() =>
            [
                .. (await Coverage(app, draft))["toAskAgain"]!
                    .AsArray()
                    .Select(s => $"{s!.Text("memberState")} {s!.Text("status")} {s!.Text("textVersion")}"),
            ];
    }

    [Test]
    public async Task After_the_vote_no_state_is_asked()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Sign(app, draft, "NOR");
        await Revise(app, draft, "Rev.1");
        using var recorded = await app.Coordinator.Put(
            $"/v1/resolutions/{draft}/roll-call?missing=non-voting",
            new { recordedOn = "2026-11-21", votes = new[] { new { memberState = "ZAF", vote = "yes" } } }
        );
        recorded.EnsureSuccessStatusCode();
        var coverage = await Coverage(app, draft);
        coverage["toAsk"]!.AsArray().ShouldBeEmpty();
        coverage["toAskAgain"]!.AsArray().ShouldBeEmpty();
        coverage["total"]!.Int("signed").ShouldBe(1);
        // A vote of the record has no co-sponsors here.
        (await Coverage(app, "es-10-27"))["total"]!
            .Int("signed")
            .ShouldBe(0);
    }

    [Test]
    public async Task It_is_for_viewers_and_in_the_language_of_the_request()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "positions" });
        using var anonymous = await app.Anonymous.GetAsync($"/v1/resolutions/{draft}/co-sponsors/coverage");
        await anonymous.ShouldBeProblem(401);
        using var missing = await app.Viewer.GetAsync("/v1/resolutions/es-10-l-99/co-sponsors/coverage");
        await missing.ShouldBeProblem(404);
        using var wrong = await app.Viewer.GetAsync($"/v1/resolutions/{draft}/co-sponsors/coverage?lang=xx");
        await wrong.ShouldBeProblem(400, "lang");
        using var unknown = await app.Viewer.GetAsync($"/v1/resolutions/{draft}/co-sponsors/coverage?group=nam");
        await unknown.ShouldBeProblem(400, "group");
        var french = await app.Viewer.GetJson($"/v1/resolutions/{draft}/co-sponsors/coverage?lang=fr");
        french["toAsk"]!.AsArray().Select(s => s!.Text("name")).ShouldContain("Norvège");
    }

    private static Task<JsonNode> Coverage(App app, string draft) =>
        app.Viewer.GetJson($"/v1/resolutions/{draft}/co-sponsors/coverage");

    private static async Task SignMain(App app, string draft, string iso3)
    {
        using var answer = await app.Lobbyist.Put(Path(draft, iso3), new { status = "signed", role = "main" });
        answer.EnsureSuccessStatusCode();
    }

    private static JsonNode Row(List<JsonNode> rows, string group) => rows.Single(r => r.Text("group") == group);

    private static string Counts(JsonNode json) =>
        string.Join(
            ", ",
            ((string[])["signed", "committed", "approached", "wanted", "withdrawn", "main"]).Select(name =>
                $"{json.Int(name)} {name}"
            )
        );
}
