using System.Net;
using System.Text;

namespace VoteTracker.Tests.Features.Resolutions;

[EveryEngine]
public sealed class ChangeResolutionTests
{
    [Test]
    public async Task A_patch_sets_named_fields_null_clears_and_the_rest_stays()
    {
        using var app = new App();
        var id = await app.OpenDraft(
            new
            {
                voteOn = "2026-12-01",
                visibility = "tally",
                rule = "simple-majority",
                parent = "es-10-27",
            }
        );
        using var answer = await Patch(app, id, """{"title":"Another title","voteOn":null}""", ifMatch: "\"1\"");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.ETag().ShouldBe("\"2\"");
        var changed = await answer.Json();
        (changed.Text("title"), changed.Text("voteOn"), changed.Int("version")).ShouldBe(("Another title", null, 2));
        (changed.Text("visibility"), changed.Text("rule"), changed.Text("parent")).ShouldBe(
            ("tally", "simple-majority", "es-10-27")
        );
        (await app.Viewer.GetJson($"/v1/resolutions/{id}")).ToJsonString().ShouldBe(changed.ToJsonString());
        using var defaults = await Patch(app, id, """{"rule":null,"visibility":null,"parent":null}""");
        var fallen = await defaults.Json();
        (fallen.Text("rule"), fallen.Text("visibility"), fallen.Text("parent")).ShouldBe(
            ("two-thirds", "private", null)
        );
    }

    [Test]
    public async Task A_changed_rule_changes_the_tally()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        await app.Lobbyist.RecordStance(id, "BRA", "yes");
        await app.Lobbyist.RecordStance(id, "KEN", "yes");
        await app.Lobbyist.RecordStance(id, "EGY", "no");
        await app.Lobbyist.RecordStance(id, "IND", "no");
        (await app.Viewer.GetJson($"/v1/resolutions/{id}/tally")).Flag("reached").ShouldBe(false);
        using var answer = await Patch(app, id, """{"rule":"simple-majority"}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var tally = await app.Viewer.GetJson($"/v1/resolutions/{id}/tally");
        (tally.Flag("reached"), tally.Text("rule"), tally.Int("version")).ShouldBe((true, "simple-majority", 7));
    }

    [Test]
    public async Task A_wrong_field_is_a_400_that_names_it_and_changes_nothing()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        foreach (
            var (body, field) in ((string, string)[])
                [
                    ("""{"nonsense":1}""", "nonsense"),
                    ("""{"id":"other"}""", "id"),
                    ("""{"session":"es-11"}""", "session"),
                    ("""{"baseline":"es-10-27"}""", "baseline"),
                    ("""{"version":9}""", "version"),
                    ("""{"title":null}""", "title"),
                    ("""{"kind":0}""", "kind"),
                    ("""{"kind":"motion"}""", "rule"),
                    ("""{"rule":"not-recorded"}""", "rule"),
                    ("""{"voteOn":"1990-01-01"}""", "voteOn"),
                    ("""{"voteOn":"tomorrow"}""", "voteOn"),
                    ("""{"parent":"nothing"}""", "parent"),
                    ("""{"title":"a","title":"b"}""", "title"),
                    ("{}", "body"),
                    ("[]", "body"),
                    ("null", "body"),
                    ("\"title\"", "body"),
                    ("", "body"),
                ]
        )
        {
            using var answer = await Patch(app, id, body);
            ((int)answer.StatusCode).ShouldBe(400, body);
            (await answer.ShouldBeProblem(400))["errors"]!
                .AsObject()
                .Select(e => e.Key)
                .ShouldBe([field], customMessage: body);
        }
        (await app.Viewer.GetJson($"/v1/resolutions/{id}")).Int("version").ShouldBe(1);
    }

    [Test]
    public async Task A_motion_and_its_rule_can_be_named_together()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var answer = await Patch(app, id, """{"kind":"motion","rule":null}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Json()).Text("rule").ShouldBe("simple-majority");
    }

    [Test]
    public async Task No_condition_is_a_428_before_the_400_and_that_before_the_412()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var none = await Patch(app, id, "{}", ifMatch: null);
        await none.ShouldBeProblem(428);
        using var wrong = await Patch(app, id, """{"voteOn":"1990-01-01"}""", ifMatch: "\"9\"");
        await wrong.ShouldBeProblem(400, "voteOn");
        using var old = await Patch(app, id, """{"title":"x"}""", ifMatch: "\"9\"");
        (await old.ShouldBeProblem(412))["current"]!.Text("title").ShouldBe("A draft");
        using var exists = await app.Coordinator.Send(
            HttpMethod.Patch,
            $"/v1/resolutions/{id}",
            new { title = "x" },
            ifMatch: null,
            ifNoneMatch: "*"
        );
        await exists.ShouldBeProblem(412);
        (await app.Viewer.GetJson($"/v1/resolutions/{id}")).Int("version").ShouldBe(1);
    }

    [Test]
    public async Task A_stance_raises_the_version_that_a_change_names()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        using var old = await Patch(app, id, """{"title":"x"}""", ifMatch: "\"1\"");
        await old.ShouldBeProblem(412);
        using var now = await Patch(app, id, """{"title":"x"}""", ifMatch: "\"2\"");
        now.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Test]
    public async Task Adopted_and_not_adopted_need_a_recorded_vote_and_no_other_status_allows_one()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        foreach (var status in (string[])["adopted", "not-adopted"])
        {
            using var answer = await Patch(app, id, $$"""{"status":"{{status}}"}""");
            await answer.ShouldBeProblem(409);
        }
        foreach (var status in (string[])["tabled", "withdrawn", "adopted-without-vote", "drafting"])
        {
            using var answer = await Patch(app, id, $$"""{"status":"{{status}}"}""");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, status);
            (await answer.Json()).Text("status").ShouldBe(status);
        }
        foreach (var status in (string[])["drafting", "tabled", "withdrawn", "adopted-without-vote"])
        {
            using var answer = await Patch(app, "es-10-27", $$"""{"status":"{{status}}"}""");
            await answer.ShouldBeProblem(409);
        }
    }

    [Test]
    public async Task A_resolution_that_is_no_longer_withdrawn_has_its_stances_again()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        (await Patch(app, id, """{"status":"withdrawn"}""")).Dispose();
        (await app.Viewer.GetJson($"/v1/resolutions/{id}/tally"))
            .Text("sentence")
            .ShouldBe("Withdrawn before the vote.");
        (await Patch(app, id, """{"status":"tabled"}""")).Dispose();
        (await app.Viewer.GetJson($"/v1/resolutions/{id}/tally")).Int("yes").ShouldBe(1);
    }

    [Test]
    public async Task A_loop_of_parents_is_a_409_however_long()
    {
        using var app = new App();
        await app.OpenDraft(new { id = "a" });
        await app.OpenDraft(new { id = "b", parent = "a" });
        await app.OpenDraft(new { id = "c", parent = "b" });
        foreach (var parent in (string[])["a", "b", "c"])
        {
            using var answer = await Patch(app, "a", $$"""{"parent":"{{parent}}"}""");
            ((int)answer.StatusCode).ShouldBe(409, parent);
            (await answer.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/parent-loop");
        }
        using var fine = await Patch(app, "c", """{"parent":"a"}""");
        fine.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Test]
    public async Task An_unknown_resolution_is_a_404()
    {
        using var app = new App();
        using var answer = await Patch(app, "nothing", """{"title":"x"}""");
        await answer.ShouldBeProblem(404);
    }

    private static Task<HttpResponseMessage> Patch(App app, string id, string body, string? ifMatch = "*") =>
        app.Coordinator.Patch($"/v1/resolutions/{id}", body, ifMatch);
}
