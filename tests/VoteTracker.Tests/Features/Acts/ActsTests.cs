using System.Text;
using VoteTracker.Tests.Features.Endorsements;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Acts;

[EveryEngine]
public sealed class ActsTests
{
    private const string Path = "/v1/acts";

    [Test]
    public async Task An_act_is_recorded_changed_with_its_version_and_deleted()
    {
        using var app = new App();
        var made = await app.Lobbyist.Act();
        made.AsObject()
            .Select(p => $"{p.Key}: {p.Value}")
            .ShouldBe([
                "id: 1",
                "memberState: NOR",
                "kind: statement",
                "title: A statement",
                "on: 2026-11-20",
                "url: https://docs.example/1",
                "resolution: ",
                "version: 1",
                "changedBy: lobbyist",
                "changedAt: 2026-11-21T15:00:00Z",
            ]);
        using var blind = await app.Lobbyist.Patch($"{Path}/1", """{"title": "x"}""", ifMatch: null);
        await blind.ShouldBeProblem(428);
        using var changed = await app.Lobbyist.Patch($"{Path}/1", """{"kind": "explanation-of-vote"}""", "\"1\"");
        ((int)changed.StatusCode).ShouldBe(200);
        (await changed.Json()).Text("kind").ShouldBe("explanation-of-vote");
        using var late = await app.Lobbyist.Patch($"{Path}/1", """{"kind": "other"}""", "\"1\"");
        (await late.ShouldBeProblem(412))["current"]!.Int("version").ShouldBe(2);
        using var read = await app.Anonymous.GetAsync($"{Path}/1");
        read.Headers.ETag!.Tag.ShouldBe("\"2\"");
        using var deleted = await app.Lobbyist.Send(HttpMethod.Delete, $"{Path}/1", ifMatch: "\"2\"");
        ((int)deleted.StatusCode).ShouldBe(204);
        using var gone = await app.Anonymous.GetAsync($"{Path}/1");
        await gone.ShouldBeProblem(404);
    }

    [Test]
    public async Task A_list_has_the_newest_day_first_and_is_filtered()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "tally" });
        (string, string, string, string?)[] acts =
        [
            ("A", "NOR", "2026-11-19", null),
            ("B", "PSE", "1945-06-26", null),
            ("C", "NOR", "2026-11-20", draft),
            ("D", "ZAF", "2026-11-20", null),
        ];
        foreach (var (title, memberState, on, resolution) in acts)
        {
            await app.Lobbyist.Act(
                new
                {
                    title,
                    memberState,
                    on,
                    resolution,
                    kind = title == "B" ? "treaty-action" : "statement",
                }
            );
        }
        foreach (
            var (query, expected) in ((string, string)[])
                [
                    ("", "DCAB"),
                    ("?memberState=nor", "CA"),
                    ("?memberState=PSE", "B"),
                    ("?kind=treaty-action", "B"),
                    ($"?resolution={draft}", "C"),
                    ("?from=2026-11-20", "DC"),
                    ("?from=3d", "DCA"),
                    ("?to=2026-11-19", "AB"),
                    ("?from=2026-11-19&to=2026-11-19", "A"),
                ]
        )
        {
            string.Concat((await app.Anonymous.GetItems(Path + query)).Select(a => a.Text("title")))
                .ShouldBe(expected, query);
        }
        string.Concat((await app.Anonymous.GetPages($"{Path}?limit=1", 1)).Select(a => a.Text("title")))
            .ShouldBe("DCAB");
    }

    [AnyEngine]
    [TestCase("""{"kind": "speech"}""", "kind", "declaration-of-intervention")]
    [TestCase("""{"kind": null}""", "kind", "is required")]
    [TestCase("""{"memberState": null}""", "memberState", "is required")]
    [TestCase("""{"memberState": "YUG"}""", "memberState", "of a member or observer")]
    [TestCase("""{"title": null}""", "title", "is required")]
    [TestCase("""{"title": "a\u2028b"}""", "title", "must be on one line")]
    [TestCase("""{"on": "1944-12-31"}""", "on", "from 1945-01-01")]
    [TestCase("""{"on": "2026-11-23"}""", "on", "to 2026-11-22")]
    [TestCase("""{"on": 5}""", "on", "")]
    [TestCase("""{"url": null}""", "url", "is required")]
    [TestCase("""{"url": "javascript:alert(1)"}""", "url", "begins with https://")]
    [TestCase("""{"url": "mailto:a@example.org"}""", "url", "begins with https://")]
    [TestCase("""{"resolution": "es-10-none"}""", "resolution", "must be the id of a resolution")]
    [TestCase("""{"note": "x"}""", "note", "")]
    public async Task A_wrong_field_is_a_400_that_names_it(string fields, string field, string message)
    {
        using var app = new App();
        var body = System.Text.Json.Nodes.JsonNode.Parse(
            """{"memberState": "NOR", "kind": "statement", "title": "a", "on": "2026-11-20", "url": "https://a.example"}"""
        )!;
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(fields)!.AsObject())
        {
            body[name] = value?.DeepClone();
        }
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await app.Lobbyist.PostAsync(Path, content);
        DeskRequests.Faults(await answer.ShouldBeProblem(400, field))[field].ShouldContain(message);
        (await app.Viewer.GetItems(Path)).ShouldBeEmpty();
        using var role = await app.Viewer.PostAsync(Path, new StringContent("{}", Encoding.UTF8, "application/json"));
        await role.ShouldBeProblem(403);
    }

    [Test]
    [AnyEngine]
    public async Task A_title_of_10_kB_is_rejected()
    {
        using var app = new App();
        var title = new string('x', 10_240);
        (await app.Lobbyist.Faults(Path, new { title }))["title"].ShouldBe("must have 500 characters at most");
    }
}
