using System.Net;
using System.Net.Http.Json;
using static VoteTracker.Tests.Features.Resolutions.ResolutionBodies;

namespace VoteTracker.Tests.Features.Resolutions;

/// <summary>A resolution is opened with defaults for missing fields.</summary>
[EveryEngine]
public sealed class OpenResolutionTests
{
    [Test]
    public async Task A_draft_has_its_id_from_its_symbol_and_defaults_for_missing_fields()
    {
        using var app = new App();
        using var answer = await app.Coordinator.PostAsJsonAsync(
            "/v1/resolutions",
            new
            {
                symbol = "A/ES-10/L.34",
                title = "A title",
                session = "es-10",
                kind = "draft",
            }
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Headers.Location!.ToString().ShouldBe("/v1/resolutions/es-10-l-34");
        answer.ETag().ShouldBe("\"1\"");
        var opened = await answer.Json();
        opened.Text("id").ShouldBe("es-10-l-34");
        opened.Text("symbol").ShouldBe("A/ES-10/L.34");
        opened.Text("rule").ShouldBe("two-thirds");
        opened.Text("status").ShouldBe("drafting");
        opened.Text("visibility").ShouldBe("private");
        opened.Text("basis").ShouldBe("stances");
        opened.Int("version").ShouldBe(1);
        opened.Moment("createdAt").ShouldBe(app.Clock.GetUtcNow());
        opened.Field("parent").ShouldBeNull();
        opened.Field("voteOn").ShouldBeNull();
        var read = await app.Viewer.GetJson("/v1/resolutions/es-10-l-34");
        read.ToJsonString().ShouldBe(opened.ToJsonString());
        var tally = await app.Viewer.GetJson("/v1/resolutions/es-10-l-34/tally");
        (tally.Int("unknown"), tally.Flag("reached")).ShouldBe((193, false));
        tally.Text("sentence").ShouldBe("Nobody is counted as voting.");
    }

    [Test]
    public async Task The_same_draft_opened_by_fifty_clients_at_once_exists_once()
    {
        using var app = new App();
        using var client = app.Coordinator;
        var body = Body(new { });
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => client.PostAsJsonAsync("/v1/resolutions", body))
        );
        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.Conflict).ShouldBe(49);
    }

    [Test]
    public async Task A_missing_or_wrong_field_is_a_400_that_names_every_field()
    {
        using var app = new App();
        foreach (
            var (body, fields) in ((string, string[])[])
                [
                    ("{}", ["symbol", "title"]),
                    ("""{"symbol":1,"title":2,"session":3,"kind":4}""", ["symbol", "title", "session", "kind"]),
                    (Serialize(new { kind = "Draft" }), ["kind"]),
                    (
                        Serialize(
                            new
                            {
                                rule = "unanimity",
                                status = "new",
                                visibility = "public",
                            }
                        ),
                        ["rule", "status", "visibility"]
                    ),
                    (Serialize(new { status = "adopted" }), ["status"]),
                    (Serialize(new { status = "not-adopted" }), ["status"]),
                    (Serialize(new { session = "es-99" }), ["session"]),
                    (Serialize(new { session = "83" }), ["session"]),
                    (Serialize(new { session = (string?)null, symbol = "Draft 5" }), ["session"]),
                    (Serialize(new { session = "81" }), ["rule"]),
                    (Serialize(new { parent = "nothing" }), ["parent"]),
                    (Serialize(new { parent = "es-11-1" }), ["parent"]),
                    (Serialize(new { voteOn = "1997-04-23" }), ["voteOn"]),
                    (Serialize(new { voteOn = "2026-13-01" }), ["voteOn"]),
                    (Serialize(new { voteOn = "2026-11-21T10:00:00Z" }), ["voteOn"]),
                    (Serialize(new { session = "es-1", voteOn = "1956-11-11" }), ["voteOn"]),
                    (Serialize(new { kind = "motion", rule = "two-thirds" }), ["rule"]),
                    (Serialize(new { rule = "not-recorded" }), ["rule"]),
                    (Serialize(new { title = "" }), ["title"]),
                    (Serialize(new { title = new string('x', 2_001) }), ["title"]),
                    (Serialize(new { symbol = new string('x', 101), id = "a" }), ["symbol"]),
                ]
        )
        {
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var answer = await app.Coordinator.PostAsync("/v1/resolutions", content);
            ((int)answer.StatusCode).ShouldBe(400, body);
            (await answer.ShouldBeProblem(400))["errors"]!
                .AsObject()
                .Select(e => e.Key)
                .ShouldBeInAnyOrder(fields, body);
        }
        (await app.Viewer.GetItems("/v1/resolutions")).Count.ShouldBe(43);
    }

    [Test]
    public async Task The_vote_can_be_on_the_first_day_of_the_session()
    {
        using var app = new App();
        using var answer = await Post(app, new { voteOn = "1997-04-24" });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await app.Viewer.GetJson("/v1/resolutions/es-10-l-34/tally")).Int("members").ShouldBe(185);
    }

    [Test]
    public async Task A_resolution_cannot_be_its_own_parent()
    {
        using var app = new App();
        using var answer = await Post(app, new { id = "loop", parent = "loop" });
        (await answer.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/parent-loop");
        using var missing = await app.Viewer.GetAsync("/v1/resolutions/loop");
        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task A_motion_needs_a_simple_majority_by_default()
    {
        using var app = new App();
        using var answer = await Post(app, new { kind = "motion", parent = "es-10-27" });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var motion = await answer.Json();
        (motion.Text("rule"), motion.Text("parent")).ShouldBe(("simple-majority", "es-10-27"));
    }

    private static string Serialize(object fields) => Body(fields).ToJsonString();
}
