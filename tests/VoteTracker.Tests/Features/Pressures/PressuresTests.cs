using System.Text;
using System.Text.Json.Nodes;
using VoteTracker.Tests.Features.Endorsements;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Pressures;

[EveryEngine]
public sealed class PressuresTests
{
    private const string Path = "/v1/pressures";

    [Test]
    public async Task A_pressure_is_recorded_changed_with_its_version_and_deleted()
    {
        using var app = new App();
        var made = await app.Lobbyist.Press("NOR", "abstain", "medium", new { from = "USA", note = "A tariff." });
        made.AsObject()
            .Select(p => $"{p.Key}: {p.Value}")
            .ShouldBe([
                "id: 1",
                "memberState: NOR",
                "resolution: ",
                "from: USA",
                "kind: trade",
                "towards: abstain",
                "level: medium",
                "note: A tariff.",
                "version: 1",
                "changedBy: lobbyist",
                "changedAt: 2026-11-21T15:00:00Z",
            ]);
        using var changed = await app.Lobbyist.Patch($"{Path}/1", """{"level": "high", "from": null}""", "\"1\"");
        ((int)changed.StatusCode).ShouldBe(200);
        var now = await app.Lobbyist.GetJson($"{Path}/1");
        (now.Text("level"), now.Text("from"), now.Text("note"), now.Version()).ShouldBe(("high", null, "A tariff.", 2));
        using var late = await app.Lobbyist.Patch($"{Path}/1", """{"level": "low"}""", "\"1\"");
        (await late.ShouldBeProblem(412))["current"]!.Text("level").ShouldBe("high");
        using var deleted = await app.Coordinator.Send(HttpMethod.Delete, $"{Path}/1", ifMatch: "\"2\"");
        ((int)deleted.StatusCode).ShouldBe(204);
        (await app.Lobbyist.GetItems(Path)).ShouldBeEmpty();
    }

    [TestCase("usa", "USA")]
    [TestCase("South Africa", "ZAF")]
    [TestCase("Afrique du Sud", "ZAF")]
    [TestCase("Congo", "Congo")]
    [TestCase("AU", "AU")]
    [TestCase("An investor", "An investor")]
    [AnyEngine]
    public async Task A_state_that_exerts_a_pressure_is_stored_as_its_code(string from, string stored)
    {
        using var app = new App();
        (await app.Lobbyist.Press("NOR", "no", "low", new { from })).Text("from").ShouldBe(stored);
        await app.Lobbyist.Press("KEN", "no", "low");
        using var changed = await app.Lobbyist.Patch($"{Path}/2", $$"""{"from": "{{from}}"}""");
        (await changed.Json()).Text("from").ShouldBe(stored);
    }

    [Test]
    public async Task A_list_is_in_the_order_of_the_members_and_is_filtered()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.Press("ZAF", "no", "high");
        await app.Lobbyist.Press("KEN", "yes", "low", new { kind = "aid" });
        await app.Lobbyist.Press("KEN", "yes", "high", new { resolution = draft });
        foreach (
            var (query, expected) in ((string, long[])[])
                [
                    ("", [2, 3, 1]),
                    ("?memberState=KEN", [2, 3]),
                    ("?level=high", [3, 1]),
                    ("?kind=aid", [2]),
                    ($"?resolution={draft}", [3]),
                ]
        )
        {
            (await app.Lobbyist.Numbers(Path + query)).ShouldBe(expected, query);
        }
        (await app.Lobbyist.GetPages($"{Path}?limit=1", 1)).Select(p => p.Int("id")).ShouldBe([2, 3, 1]);
    }

    [AnyEngine]
    [TestCase("""{"level": "extreme"}""", "level", "low")]
    [TestCase("""{"level": null}""", "level", "is required: one of low, medium, high")]
    [TestCase("""{"level": 3}""", "level", "")]
    [TestCase("""{"towards": "undecided"}""", "towards", "absent")]
    [TestCase("""{"towards": null}""", "towards", "is required")]
    [TestCase("""{"kind": "bribe"}""", "kind", "basing")]
    [TestCase("""{"memberState": "PSE"}""", "memberState", "others have no vote")]
    [TestCase("""{"memberState": "SUN"}""", "memberState", "others have no vote")]
    [TestCase("""{"memberState": null}""", "memberState", "is required")]
    [TestCase("""{"from": "NOR"}""", "from", "must be another state")]
    [TestCase("""{"from": "nor"}""", "from", "must be another state")]
    [TestCase("""{"from": "Norway"}""", "from", "must be another state")]
    [TestCase("""{"from": "Norvège"}""", "from", "must be another state")]
    [TestCase("""{"from": "a\tb"}""", "from", "must be on one line")]
    [TestCase("""{"resolution": "es-10-none"}""", "resolution", "must be the id of a resolution")]
    [TestCase("""{"until": "2026-12-01"}""", "until", "")]
    public async Task A_wrong_field_is_a_400_that_names_it(string fields, string field, string message)
    {
        using var app = new App();
        var body = JsonNode.Parse("""{"memberState": "NOR", "kind": "aid", "towards": "yes", "level": "low"}""")!;
        foreach (var (name, value) in JsonNode.Parse(fields)!.AsObject())
        {
            body[name] = value?.DeepClone();
        }
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await app.Lobbyist.PostAsync(Path, content);
        DeskRequests.Faults(await answer.ShouldBeProblem(400, field))[field].ShouldContain(message);
        (await app.Lobbyist.GetItems(Path)).ShouldBeEmpty();
    }

    [Test]
    [AnyEngine]
    public async Task A_filter_with_an_unknown_word_or_an_observer_is_rejected()
    {
        using var app = new App();
        using var level = await app.Lobbyist.GetAsync($"{Path}?level=extreme");
        await level.ShouldBeProblem(400, "level");
        using var observer = await app.Lobbyist.GetAsync($"{Path}?memberState=PSE");
        await observer.ShouldBeProblem(400, "memberState");
    }
}
