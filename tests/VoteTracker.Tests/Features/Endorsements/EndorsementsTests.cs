using System.Net.Http.Json;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Endorsements;

[EveryEngine]
public sealed class EndorsementsTests
{
    private const string Path = "/v1/endorsements";

    [Test]
    public async Task An_endorsement_is_recorded_changed_with_its_version_and_deleted()
    {
        using var app = new App();
        var made = await app.Lobbyist.Endorse(
            "  Federation of Teachers ",
            new
            {
                memberState = "ZAF",
                kind = "trade-union",
                languages = (string[])["EN", "pt-br", "en"],
                url = "https://teachers.example/statement",
                signedOn = "2026-11-20",
            }
        );
        made.AsObject()
            .Select(p => $"{p.Key}: {p.Value?.ToJsonString()}")
            .ShouldBe([
                "id: 1",
                "organisation: \"Federation of Teachers\"",
                "memberState: \"ZAF\"",
                "resolution: ",
                "kind: \"trade-union\"",
                "languages: [\"en\",\"pt-BR\"]",
                "url: \"https://teachers.example/statement\"",
                "signedOn: \"2026-11-20\"",
                "public: true",
                "version: 1",
                "changedBy: \"lobbyist\"",
                "changedAt: \"2026-11-21T15:00:00Z\"",
            ]);
        using var blind = await app.Lobbyist.Patch($"{Path}/1", """{"kind": null}""", ifMatch: null);
        await blind.ShouldBeProblem(428);
        using var changed = await app.Coordinator.Patch($"{Path}/1", """{"kind": null, "languages": []}""", "\"1\"");
        ((int)changed.StatusCode).ShouldBe(200);
        changed.Headers.ETag!.Tag.ShouldBe("\"2\"");
        var now = await app.Viewer.GetJson($"{Path}/1");
        (now.Text("kind"), now["languages"]!.AsArray().Count, now.Text("changedBy")).ShouldBe((null, 0, "coordinator"));
        using var late = await app.Lobbyist.Patch($"{Path}/1", """{"kind": "youth"}""", "\"1\"");
        (await late.ShouldBeProblem(412))["current"]!.Int("version").ShouldBe(2);
        using var stale = await app.Lobbyist.Send(HttpMethod.Delete, $"{Path}/1", ifMatch: "\"1\"");
        await stale.ShouldBeProblem(412);
        using var deleted = await app.Lobbyist.Send(HttpMethod.Delete, $"{Path}/1", ifMatch: "\"2\"");
        ((int)deleted.StatusCode).ShouldBe(204);
        using var gone = await app.Viewer.GetAsync($"{Path}/1");
        await gone.ShouldBeProblem(404);
        // A number is never used again.
        (await app.Lobbyist.Endorse("Federation of Teachers"))
            .Int("id")
            .ShouldBe(2);
    }

    [Test]
    public async Task An_organisation_endorses_once_for_each_state_and_resolution()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.Endorse("Fédération des enseignants", new { memberState = "FRA" });
        await app.Lobbyist.Endorse("***");
        foreach (
            var name in (string[])
                ["federation  des ENSEIGNANTS", "Fédération des «enseignants»", "\u200Ffederation-des-enseignants"]
        )
        {
            using var answer = await app.Lobbyist.PostAsJsonAsync(
                Path,
                new
                {
                    organisation = name,
                    memberState = "FRA",
                    @public = false,
                }
            );
            var problem = await answer.ShouldBeProblem(409);
            problem.Text("type").ShouldBe("/problems/duplicate-endorsement");
            problem.Text("detail")!.ShouldContain("/v1/endorsements/1.");
        }
        using var symbols = await app.Lobbyist.PostAsJsonAsync(Path, new { organisation = "***", @public = true });
        await symbols.ShouldBeProblem(409);
        await app.Lobbyist.Endorse("!!!");
        // Another state, no state, and a resolution are other endorsements.
        await app.Lobbyist.Endorse("Fédération des enseignants", new { memberState = "BEL" });
        await app.Lobbyist.Endorse("Fédération des enseignants");
        var other = await app.Lobbyist.Endorse(
            "Fédération des enseignants",
            new { memberState = "FRA", resolution = draft }
        );
        // A change cannot make two of them the same.
        using var changed = await app.Lobbyist.Patch($"{Path}/{other["id"]}", """{"resolution": null}""");
        (await changed.ShouldBeProblem(409)).Text("detail")!.ShouldContain("/v1/endorsements/1.");
        using var renamed = await app.Lobbyist.Patch($"{Path}/{other["id"]}", """{"organisation": "Other"}""");
        ((int)renamed.StatusCode).ShouldBe(200);
    }

    [Test]
    public async Task A_list_is_filtered_and_its_pages_have_every_endorsement_once_by_name()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.Endorse("École des arts", new { memberState = "FRA", kind = "cultural" });
        await app.Lobbyist.Endorse("Zoological society", new { memberState = "KEN" });
        await app.Lobbyist.Endorse("eco network", new { kind = "environmental", resolution = draft });
        await app.Lobbyist.Endorse("Academy of arts", new { memberState = "KEN", kind = "cultural" });
        await app.Lobbyist.Endorse("ECO NETWORK", new { memberState = "PSE" });
        foreach (
            var (query, expected) in ((string, string[])[])
                [
                    ("", ["Academy of arts", "eco network", "ECO NETWORK", "École des arts", "Zoological society"]),
                    ("?memberState=ken", ["Academy of arts", "Zoological society"]),
                    ("?kind=cultural", ["Academy of arts", "École des arts"]),
                    ($"?resolution={draft}", ["eco network"]),
                    ("?q=ARTS", ["Academy of arts", "École des arts"]),
                    ("?q=ecole", ["École des arts"]),
                    ("?q=arts&memberState=FRA", ["École des arts"]),
                    ("?q=nothing", []),
                    ("?memberState=PSE", ["ECO NETWORK"]),
                ]
        )
        {
            (await app.Viewer.Organisations(query)).ShouldBe(expected, query);
        }
        foreach (var (query, count) in ((string, int)[])[("?limit=2", 5), ("?limit=2&q=e", 3)])
        {
            (await app.Viewer.GetPages(Path + query, 2))
                .Select(e => e.Int("id"))
                .Distinct()
                .Count()
                .ShouldBe(count, query);
        }
    }

    [Test]
    public async Task Sums_are_by_state_region_and_kind()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        (await app.Viewer.GetJson($"{Path}/summary")).Int("total").ShouldBe(0);
        foreach (
            var (name, state, kind, isPublic) in ((string, string?, string?, bool)[])
                [
                    ("a", "KEN", "youth", true),
                    ("b", "KEN", "youth", false),
                    ("c", "ZAF", null, true),
                    ("d", "NOR", "women", true),
                    ("e", null, null, true),
                    ("f", "PSE", "youth", true),
                ]
        )
        {
            await app.Lobbyist.Endorse(
                name,
                new
                {
                    memberState = state,
                    kind,
                    @public = isPublic,
                    resolution = name == "d" ? draft : null,
                }
            );
        }
        var sums = await app.Viewer.GetJson($"{Path}/summary");
        (sums.Int("total"), sums.Int("public"), sums.Int("withoutState")).ShouldBe((6, 5, 1));
        sums["states"]!
            .AsArray()
            .Select(s => $"{s!.Text("memberState")} {s!.Text("name")} {s!.Text("regionalGroup")} {s!.Int("count")}")
            .ShouldBe([
                "KEN Kenya african-states 2",
                "NOR Norway western-european-and-other-states 1",
                "PSE State of Palestine  1",
                "ZAF South Africa african-states 1",
            ]);
        sums["regions"]!
            .AsArray()
            .Select(r => $"{r!.Text("regionalGroup")} {r!.Int("count")} {r!.Int("states")}")
            .ShouldBe(["african-states 3 2", "western-european-and-other-states 1 1"]);
        sums["kinds"]!
            .AsArray()
            .Select(k => $"{k!.Text("kind")} {k!.Int("count")}")
            .ShouldBe(["youth 3", "women 1", " 2"]);
        foreach (
            var (query, total) in ((string, int)[])
                [
                    ("?kind=youth", 3),
                    ("?memberState=KEN", 2),
                    ($"?resolution={draft}", 1),
                    ("?kind=women&memberState=KEN", 0),
                ]
        )
        {
            (await app.Viewer.GetJson($"{Path}/summary{query}")).Int("total").ShouldBe(total, query);
        }
        var french = await app.Viewer.GetJson($"{Path}/summary?lang=fr");
        french["states"]![1]!.Text("name").ShouldBe("Norvège");
        // Without a key, only public ones are counted, and none of a private resolution.
        var open = await app.Anonymous.GetJson($"{Path}/summary");
        (open.Int("total"), open.Int("public")).ShouldBe((4, 4));
    }

    [Test]
    public async Task A_resolution_with_endorsements_acts_or_pressures_cannot_be_deleted()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.Endorse("a", new { resolution = draft });
        await app.Lobbyist.Act(new { resolution = draft });
        await app.Lobbyist.Press("NOR", "yes", "low", new { resolution = draft });
        using var rejected = await app.Coordinator.Send(HttpMethod.Delete, $"/v1/resolutions/{draft}");
        (await rejected.ShouldBeProblem(409)).Text("detail")!.ShouldContain("1 endorsement, 1 act, 1 pressure");
        foreach (var path in (string[])[$"{Path}/1", "/v1/acts/1", "/v1/pressures/1"])
        {
            using var one = await app.Lobbyist.Send(HttpMethod.Delete, path);
            ((int)one.StatusCode).ShouldBe(204);
        }
        using var deleted = await app.Coordinator.Send(HttpMethod.Delete, $"/v1/resolutions/{draft}");
        ((int)deleted.StatusCode).ShouldBe(204);
    }
}
