using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.Exports;

[EveryEngine]
public sealed class ExportStancesTests
{
    [Test]
    public async Task Every_member_has_a_row_those_unknown_absent_and_ineligible_too()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "NOR", "yes");
        await app.Lobbyist.RecordStance(id, "SWE", "absent", "leaning", "past-vote");
        using var entered = await app.Coordinator.Put(
            "/v1/member-states/VEN/ineligibility",
            new { from = "2026-11-01", reason = "article-19" }
        );
        entered.EnsureSuccessStatusCode();

        var stances = await Exported.Csv(app.Viewer, $"/v1/resolutions/{id}/export/stances.csv");

        stances.Rows.Count.ShouldBe(193);
        stances.Rows.Select(r => r["iso3"]).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
        var norway = stances.Row("iso3", "NOR");
        norway["resolution"].ShouldBe(id);
        (norway["iso2"], norway["m49"], norway["un_name"]).ShouldBe(("NO", "578", "NORWAY"));
        norway["regional_group"].ShouldBe("western-european-and-other-states");
        (norway["position"], norway["certainty"], norway["evidence"]).ShouldBe(("yes", "confirmed", "meeting"));
        (norway["version"], norway["changed_by"]).ShouldBe(("2", "lobbyist"));
        norway["changed_at"].ShouldBe("2026-11-21T15:00:00Z");
        stances.Row("iso3", "SWE")["position"].ShouldBe("absent");
        stances.Row("iso3", "VEN")["ineligible"].ShouldBe("article-19");
        var afghanistan = stances.Row("iso3", "AFG");
        (afghanistan["m49"], afghanistan["position"], afghanistan["certainty"]).ShouldBe(("004", "unknown", ""));
        (afghanistan["version"], afghanistan["changed_at"]).ShouldBe(("0", ""));
    }

    [Test]
    public async Task The_forecast_and_the_outcome_have_their_own_columns()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "NOR", "yes");
        app.Clock.Advance(TimeSpan.FromHours(1));
        var before = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromHours(1));
        using var recorded = await app.Coordinator.Put(
            $"/v1/resolutions/{id}/roll-call?missing=non-voting",
            new
            {
                recordedOn = "2026-11-21",
                votes = new object[]
                {
                    new
                    {
                        memberState = "NOR",
                        vote = "no",
                        intended = "yes",
                    },
                    new { memberState = "SWE", vote = "abstain" },
                    new { memberState = "FIN", vote = "yes" },
                    // In the record, and not a current member.
                    new { memberState = "YUG", vote = "no" },
                },
            }
        );
        recorded.EnsureSuccessStatusCode();

        var after = await Exported.Csv(app.Viewer, $"/v1/resolutions/{id}/export/stances.csv");

        string[] fact = ["vote", "vote_undl", "vote_voeten", "intended"];
        Of(after, "NOR").ShouldBe(["yes", "no", "N", "3", "yes"]);
        Of(after, "SWE").ShouldBe(["unknown", "abstain", "A", "2", ""]);
        Of(after, "FIN").ShouldBe(["unknown", "yes", "Y", "1", ""]);
        Of(after, "DNK").ShouldBe(["unknown", "non-voting", "X", "8", ""]);
        Of(after, "YUG").ShouldBe(["unknown", "no", "N", "3", ""]);
        after.Rows.Count.ShouldBe(194);

        var then = await Exported.Csv(app.Viewer, $"/v1/resolutions/{id}/export/stances.csv?asOf={before.Iso()}");
        then.Rows.Count.ShouldBe(193);
        Of(then, "NOR").ShouldBe(["yes", "", "", "", ""]);

        IEnumerable<string> Of(Exported table, string iso3) =>
            fact.Prepend("position").Select(column => table.Row("iso3", iso3)[column]);
    }

    [Test]
    public async Task A_moment_of_the_past_shows_what_was_known_then()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { voteOn = "2026-12-01" });
        await app.Lobbyist.RecordStance(id, "NOR", "undecided", "leaning");
        var first = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.Lobbyist.RecordStance(id, "NOR", "no");
        using var entered = await app.Coordinator.Put(
            "/v1/member-states/NOR/ineligibility",
            new { from = "2026-11-30", reason = "other" }
        );
        entered.EnsureSuccessStatusCode();

        var path = $"/v1/resolutions/{id}/export/stances.csv";
        var then = (await Exported.Csv(app.Viewer, $"{path}?asOf={first.Iso()}")).Row("iso3", "NOR");
        var now = (await Exported.Csv(app.Viewer, path)).Row("iso3", "NOR");

        (then["position"], then["certainty"], then["version"], then["ineligible"]).ShouldBe(
            ("undecided", "leaning", "2", "")
        );
        (now["position"], now["certainty"], now["version"], now["ineligible"]).ShouldBe(
            ("no", "confirmed", "3", "other")
        );
    }

    [Test]
    public async Task Without_a_key_it_is_the_position_and_no_more()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "positions" });
        using var added = await app.Lobbyist.Send(
            HttpMethod.Post,
            "/v1/contacts",
            new
            {
                memberState = "NOR",
                name = "Desk",
                office = "mission",
            }
        );
        var contact = (await added.Json())["id"]!.GetValue<string>();
        using var stance = await app.Lobbyist.Put(
            $"/v1/resolutions/{id}/stances/NOR",
            new
            {
                position = "yes",
                certainty = "likely",
                evidence = "call",
                evidenceUrl = "https://example.org/",
                note = "said so",
                contact,
            }
        );
        stance.EnsureSuccessStatusCode();
        string[] hidden =
        [
            "certainty",
            "evidence",
            "evidenceUrl",
            "note",
            "contact",
            "version",
            "changedBy",
            "changedAt",
        ];

        var (anonymous, viewer, lobbyist) = (
            await Norway(app.Anonymous),
            await Norway(app.Viewer),
            await Norway(app.Lobbyist)
        );

        anonymous["position"]!.GetValue<string>().ShouldBe("yes");
        hidden.Where(field => anonymous[field] is not null).ShouldBeEmpty();
        hidden.Where(field => viewer[field] is null).ShouldBe(["contact"]);
        lobbyist["contact"]!.GetValue<string>().ShouldBe(contact);

        async Task<JsonNode> Norway(HttpClient client) =>
            (await client.GetJson($"/v1/resolutions/{id}/export/stances.json"))
                .AsArray()
                .Single(row => row!["iso3"]!.GetValue<string>() == "NOR")!;
    }
}
