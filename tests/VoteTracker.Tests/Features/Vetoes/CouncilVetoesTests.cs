using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Tests.Features.Engagements;
using VoteTracker.Tests.Features.Sessions;

namespace VoteTracker.Tests.Features.Vetoes;

[EveryEngine]
public sealed class CouncilVetoesTests
{
    private const string Path = "/v1/council-vetoes";

    [Test]
    public async Task A_veto_is_added_read_without_a_key_changed_and_deleted()
    {
        using var app = new App();
        var added = await app.Coordinator.Add(Path, Veto());
        (added.Int("id"), added.Text("draft"), added.Text("on"), added.Text("session"), added.Int("version")).ShouldBe(
            (1, "S/2022/155", "2022-02-25", "es-11", 1)
        );
        var open = await app.Anonymous.GetJson($"{Path}/1");
        (open["changedBy"], open["against"]!.ToJsonString()).ShouldBe((null, """["RUS"]"""));
        var changed = await app.Coordinator.Patched($"{Path}/1", """{"subject": "Another"}""", "\"1\"");
        (changed.Text("subject"), changed.Text("draft"), changed.Int("version")).ShouldBe(("Another", "S/2022/155", 2));
        using var old = await app.Coordinator.Send(HttpMethod.Delete, $"{Path}/1", ifMatch: "\"1\"");
        await old.ShouldBeProblem(412);
        using var deleted = await app.Coordinator.Send(HttpMethod.Delete, $"{Path}/1", ifMatch: "\"2\"");
        ((int)deleted.StatusCode).ShouldBe(204);
        using var gone = await app.Anonymous.GetAsync($"{Path}/1");
        await gone.ShouldBeProblem(404);
        (await app.Anonymous.GetItems("/v1/changes?limit=1000"))
            .Count(c => c.Text("kind") == "council-veto")
            .ShouldBe(3);
    }

    [Test]
    public async Task Vetoes_are_listed_from_the_newest_and_filtered()
    {
        using var app = new App();
        foreach (
            var (draft, on, against) in ((string, string, string[])[])
                [
                    ("S/3710", "1956-10-30", ["GBR", "FRA"]),
                    ("S/2022/155", "2022-02-25", ["RUS"]),
                    ("S/13729", "1980-01-07", ["SUN"]),
                    ("S/2026/1", "2026-11-20", ["CHN", "RUS"]),
                ]
        )
        {
            await app.Coordinator.Add(
                Path,
                Veto(
                    new
                    {
                        draft,
                        on,
                        against,
                        session = (string?)null,
                    }
                )
            );
        }
        (await Drafts(app, "")).ShouldBe(["S/2026/1", "S/2022/155", "S/13729", "S/3710"]);
        (await app.Anonymous.GetPages($"{Path}?limit=3", 3)).Count.ShouldBe(4);
        (await Drafts(app, "?memberState=fra")).ShouldBe(["S/3710"]);
        (await Drafts(app, "?memberState=RUS&to=2022-12-31")).ShouldBe(["S/2022/155"]);
        (await Drafts(app, "?from=1980-01-07&to=1980-01-07")).ShouldBe(["S/13729"]);
        (await Drafts(app, "?session=es-11")).ShouldBeEmpty();
        (await app.Anonymous.GetJson($"{Path}/1"))["against"]!.ToJsonString().ShouldBe("""["FRA","GBR"]""");
        foreach (
            var (query, name) in ((string, string)[])
                [
                    ("?memberState=NOR", "memberState"),
                    ("?session=es-99", "session"),
                    ("?from=2022-01-02&to=2022-01-01", "to"),
                    ("?from=yesterday", "from"),
                    ("?draft=S", "draft"),
                ]
        )
        {
            using var answer = await app.Anonymous.GetAsync(Path + query);
            await answer.ShouldBeProblem(400, name);
        }
    }

    [TestCase("""{"against": ["NOR"]}""", "against", "found 'NOR'")]
    [TestCase("""{"against": ["SUN"]}""", "against", "found 'SUN'")]
    [TestCase("""{"against": ["rus"]}""", "against", "found 'rus'")]
    [TestCase("""{"against": ["RUS"], "on": "1956-10-30", "session": null}""", "against", "found 'RUS'")]
    [TestCase("""{"against": ["RUS", "RUS"]}""", "against", "once")]
    [TestCase("""{"against": [null]}""", "against", "must not be null")]
    [TestCase("""{"against": ["RUS", null]}""", "against", "must not be null")]
    [TestCase("""{"against": []}""", "against", "one to five")]
    [TestCase("""{"against": null}""", "against", "required")]
    [TestCase("""{"against": "RUS"}""", "against", "")]
    [TestCase("""{"on": "1945-12-31"}""", "on", "1946-01-17")]
    [TestCase("""{"on": "2026-11-22"}""", "on", "future")]
    [TestCase("""{"on": null}""", "on", "required")]
    [TestCase("""{"draft": null}""", "draft", "required")]
    [TestCase("""{"subject": ""}""", "subject", "empty")]
    [TestCase("""{"session": "es-99"}""", "session", "es-9")]
    [TestCase("""{"session": "es-10"}""", "session", "1997-04-24")]
    [TestCase("""{"abstain": 3}""", "abstain", "")]
    public async Task A_wrong_field_is_named(string fields, string field, string part)
    {
        using var app = new App();
        var body = Veto();
        foreach (var (name, value) in JsonNode.Parse(fields)!.AsObject())
        {
            body[name] = value?.DeepClone();
        }
        var faults = await app.Coordinator.Faults(Path, body);
        faults.ShouldContainKey(field);
        faults[field].ShouldContain(part);
        (await app.Anonymous.GetItems(Path)).ShouldBeEmpty();
    }

    [Test]
    public async Task Long_texts_are_rejected_and_a_veto_is_recorded_once()
    {
        using var app = new App();
        var faults = await app.Coordinator.Faults(Path, Veto(new { subject = new string('x', 10_000) }));
        faults.ShouldContainKey("subject");
        await app.Coordinator.Add(Path, Veto());
        using var twice = await app.Coordinator.Send(HttpMethod.Post, Path, Veto(new { subject = "Another" }), null);
        (await twice.ShouldBeProblem(409)).Text("detail")!.ShouldContain("S/2022/155");
        foreach (var draft in (string[])["s/2022/155", "S / 2022 / 155", "S/2022/\u00A0155\u200B"])
        {
            using var alike = await app.Coordinator.Send(HttpMethod.Post, Path, Veto(new { draft }), null);
            (await alike.ShouldBeProblem(409)).Text("detail")!.ShouldContain("with the number 1");
        }
        await app.Coordinator.Add(Path, Veto(new { draft = "S/2022/156" }));
        using var same = await app.Coordinator.Patch($"{Path}/2", """{"draft": "S/2022/155"}""");
        await same.ShouldBeProblem(409);
        using var folded = await app.Coordinator.Patch($"{Path}/2", """{"draft": "s/2022/155"}""");
        await folded.ShouldBeProblem(409);
        using var own = await app.Coordinator.Patch($"{Path}/2", """{"draft": "S/2022/156"}""");
        own.EnsureSuccessStatusCode();
        using var lobbyist = await app.Lobbyist.Send(HttpMethod.Post, Path, Veto(new { draft = "S/1" }), null);
        await lobbyist.ShouldBeProblem(403);
    }

    [Test]
    public async Task The_database_has_each_veto_once()
    {
        using var app = new App();
        await app.Coordinator.Add(Path, Veto());
        await Should.ThrowAsync<System.Data.Common.DbException>(() =>
            app
                .Services.GetRequiredService<Db>()
                .Write(write =>
                    write.Connection.ExecuteAsync(
                        """
                        INSERT INTO council_veto (
                            draft, draft_key, vetoed_on, subject, against, version, created_at, created_by, changed_at, changed_by
                        )
                        SELECT
                            's/2022/155', draft_key, vetoed_on, subject, against, version, created_at, created_by, changed_at,
                            changed_by
                        FROM council_veto
                        """
                    )
                )
        );
    }

    [Test]
    public async Task A_veto_can_lead_to_a_regular_session()
    {
        using var app = new App();
        var added = await app.Coordinator.Add(Path, Veto(new { session = "81" }));
        added.Text("session").ShouldBe("81");
        (await app.Anonymous.GetItems($"{Path}?session=81")).Count.ShouldBe(1);
        var changed = await app.Coordinator.Patched($"{Path}/1", """{"session": "80"}""");
        changed.Text("session").ShouldBe("80");
    }

    [Test]
    public async Task The_session_of_a_veto_is_hidden_until_it_convenes()
    {
        using var app = new App();
        await app.AddSession();
        await app.Coordinator.Add(
            Path,
            Veto(
                new
                {
                    session = "es-12",
                    on = "2026-11-19",
                    against = (string[])["USA"],
                }
            )
        );
        (await app.Viewer.GetJson($"{Path}/1")).Text("session").ShouldBe("es-12");
        (await app.Anonymous.GetJson($"{Path}/1")).Text("session").ShouldBeNull();
        (await app.Anonymous.GetStringAsync(Path)).ShouldNotContain("es-12");
        (await app.Viewer.GetItems($"{Path}?session=es-12")).Count.ShouldBe(1);
        await app.Coordinator.Patched(SessionSteps.Requested, """{"status": "convened"}""");
        (await app.Anonymous.GetItems($"{Path}?session=es-12")).Count.ShouldBe(1);
    }

    private static async Task<List<string?>> Drafts(App app, string query) =>
        [.. (await app.Anonymous.GetItems(Path + query)).Select(veto => veto.Text("draft"))];

    private static JsonObject Veto(object? fields = null)
    {
        var body = new JsonObject
        {
            ["draft"] = "S/2022/155",
            ["on"] = "2022-02-25",
            ["subject"] = "A question",
            ["against"] = new JsonArray("RUS"),
            ["session"] = "es-11",
        };
        foreach (var (name, value) in JsonSerializer.SerializeToNode(fields ?? new { })!.AsObject())
        {
            body[name] = value?.DeepClone();
        }
        return body;
    }
}
