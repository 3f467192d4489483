using System.Net;
using System.Net.Http.Json;

namespace VoteTracker.Tests.Features.Stances;

[EveryEngine]
public sealed class ChangeStanceTests
{
    private const string Link = "https://example.org/note";

    [Test]
    public async Task A_patch_sets_named_fields_null_clears_and_other_fields_keep_their_values()
    {
        using var app = new App();
        var path = await Recorded(app);
        app.Clock.Advance(TimeSpan.FromHours(1));

        using var answer = await app.Lobbyist.Patch(
            path,
            """{"note":"Now in writing","certainty":"confirmed"}""",
            "\"2\""
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        answer.ETag().ShouldBe("\"3\"");
        var stance = await answer.Json();
        (stance.Text("position"), stance.Text("certainty"), stance.Text("evidence")).ShouldBe(
            ("abstain", "confirmed", "note-verbale")
        );
        (stance.Text("evidenceUrl"), stance.Text("note")).ShouldBe((Link, "Now in writing"));
        stance["contact"].ShouldNotBeNull();
        (stance.Int("version"), stance.Moment("changedAt")).ShouldBe((3, app.Clock.GetUtcNow()));
        (await app.Lobbyist.GetJson(path)).ToJsonString().ShouldBe(stance.ToJsonString());

        using var emptied = await app.Lobbyist.Patch(
            path,
            """{"note":null,"evidenceUrl":null,"contact":null}""",
            "\"3\""
        );
        var rest = await emptied.Json();
        (rest.Text("note"), rest.Text("evidenceUrl"), rest["contact"]).ShouldBe((null, null, null));
        (rest.Text("position"), rest.Text("certainty")).ShouldBe(("abstain", "confirmed"));
    }

    [AnyEngine]
    [TestCase("application/merge-patch+json-seq")]
    [TestCase("application/merge-patch+jsonx")]
    public async Task A_media_type_that_only_begins_like_a_merge_patch_is_a_415(string type)
    {
        using var app = new App();
        var path = await Recorded(app);
        using var request = new HttpRequestMessage(HttpMethod.Patch, path);
        request.Content = new StringContent("""{"note":"x"}""", new System.Net.Http.Headers.MediaTypeHeaderValue(type));
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var answer = await app.Lobbyist.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Test]
    public async Task A_patch_has_the_same_effects_as_a_PUT()
    {
        using var app = new App();
        var path = await Recorded(app);
        var resolution = path[..path.IndexOf("/stances/", StringComparison.Ordinal)];

        using var answer = await app.Lobbyist.Patch(
            path,
            """{"position":"yes","reason":"They called back"}""",
            "\"2\""
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);

        var tally = await app.Viewer.GetJson($"{resolution}/tally");
        (tally.Int("yes"), tally.Int("abstain"), tally.Int("version")).ShouldBe((1, 0, 3));
        var history = await app.Viewer.GetItems($"{path}/history");
        history.Count.ShouldBe(2);
        (history[1].Text("from"), history[1].Text("to"), history[1].Text("reason")).ShouldBe(
            ("abstain", "yes", "They called back")
        );
        history[1].Text("changedBy").ShouldBe("lobbyist");
        var changes = await app.Viewer.GetItems("/v1/changes?limit=1000");
        changes.Count(c => c.Text("kind") == "stance" && c.Text("memberState") == "ZAF").ShouldBe(2);

        // As PUT, a PATCH without a difference confirms the stance. The reason was of the earlier change.
        using var again = await app.Lobbyist.Patch(path, """{"position":"yes"}""", "\"3\"");
        again.ETag().ShouldBe("\"4\"");
        (await app.Viewer.GetItems($"{path}/history"))[2].Text("reason").ShouldBeNull();
    }

    [Test]
    public async Task A_patch_needs_the_version_that_the_caller_saw()
    {
        using var app = new App();
        var path = await Recorded(app);
        using var none = await app.Lobbyist.Patch(path, """{"note":"x"}""", ifMatch: null);
        await none.ShouldBeProblem(428);
        // The patch alone would be wrong too. The version comes first, because it is the reason.
        using var old = await app.Lobbyist.Patch(path, """{"certainty":null}""", "\"1\"");
        var current = (await old.ShouldBeProblem(412))["current"]!;
        (current.Text("position"), current.Int("version")).ShouldBe(("abstain", 2));
        using var viewer = await app.Viewer.Patch(path, """{"note":"x"}""");
        await viewer.ShouldBeProblem(403);
        (await app.Viewer.GetJson(path)).Int("version").ShouldBe(2);
    }

    [Test]
    public async Task The_result_of_a_patch_is_validated_as_a_whole()
    {
        using var app = new App();
        var path = await Recorded(app);
        foreach (
            var (patch, field) in ((string, string)[])
                [
                    ("""{"position":null}""", "position"),
                    ("""{"position":"unknown"}""", "position"),
                    ("""{"certainty":null}""", "certainty"),
                    ("""{"evidence":"gossip"}""", "evidence"),
                    ("""{"evidenceUrl":"nowhere"}""", "evidenceUrl"),
                    ("""{"contact":"nobody"}""", "contact"),
                    ("""{"version":3}""", "version"),
                    ("""{}""", "body"),
                    ("""[]""", "body"),
                ]
        )
        {
            using var answer = await app.Lobbyist.Patch(path, patch, "\"2\"");
            await answer.ShouldBeProblem(400, field);
        }
        (await app.Viewer.GetJson(path)).Int("version").ShouldBe(2);
    }

    [Test]
    public async Task A_patch_of_an_unknown_stance_must_name_all_required_fields()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var path = $"/v1/resolutions/{id}/stances/KEN";
        using var partial = await app.Lobbyist.Patch(path, """{"note":"They will tell us"}""", "\"0\"");
        await partial.ShouldBeProblem(400, "position", "certainty", "evidence");
        using var whole = await app.Lobbyist.Patch(
            path,
            """{"position":"no","certainty":"leaning","evidence":"call"}""",
            "\"0\""
        );
        whole.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await whole.Json()).Text("position").ShouldBe("no");
    }

    [Test]
    public async Task A_patch_keeps_the_id_of_a_contact_that_was_erased()
    {
        using var app = new App();
        var path = await Recorded(app);
        var contact = (await app.Lobbyist.GetJson(path)).Text("contact");
        using var erased = await app.Lobbyist.Send(HttpMethod.Delete, $"/v1/contacts/{contact}");
        erased.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var answer = await app.Lobbyist.Patch(path, """{"note":"x"}""", "\"2\"");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task No_patch_changes_a_stance_after_the_vote_or_of_a_state_that_may_not_vote()
    {
        using var app = new App();
        using var over = await app.Lobbyist.Patch("/v1/resolutions/es-10-27/stances/ZAF", """{"note":"x"}""");
        await over.ShouldBeProblem(409);
        var path = await Recorded(app);
        using var ineligible = await app.Coordinator.Put(
            "/v1/member-states/ZAF/ineligibility",
            new { from = "2026-01-01", reason = "article-19" }
        );
        ineligible.IsSuccessStatusCode.ShouldBeTrue();
        using var barred = await app.Lobbyist.Patch(path, """{"note":"x"}""");
        await barred.ShouldBeProblem(409);
        using var observer = await app.Lobbyist.Patch(
            path.Replace("ZAF", "VAT", StringComparison.Ordinal),
            """{"note":"x"}"""
        );
        await observer.ShouldBeProblem(404);
    }

    // A stance with all of its fields, at version 2.
    private static async Task<string> Recorded(App app)
    {
        var id = await app.OpenDraft();
        using var added = await app.Lobbyist.PostAsJsonAsync(
            "/v1/contacts",
            new
            {
                memberState = "ZAF",
                name = "Desk",
                office = "mission",
            }
        );
        var path = $"/v1/resolutions/{id}/stances/ZAF";
        using var recorded = await app.Lobbyist.Put(
            path,
            new
            {
                position = "abstain",
                certainty = "likely",
                evidence = "note-verbale",
                evidenceUrl = Link,
                note = "As the mission says",
                contact = (await added.Json()).Text("id"),
                reason = "They wrote",
            },
            "\"0\""
        );
        recorded.ETag().ShouldBe("\"2\"", await recorded.Content.ReadAsStringAsync());
        return path;
    }
}
