using System.Net;
using System.Text;
using static VoteTracker.Tests.Features.Stances.StanceBodies;

namespace VoteTracker.Tests.Features.Stances;

/// <summary>A stance is recorded for a member that can vote, until the vote.</summary>
[EveryEngine]
public sealed class RecordStanceTests
{
    [Test]
    public async Task The_response_has_the_stance_with_the_next_version_of_the_resolution()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var answer = await app.Lobbyist.Put(
            $"/v1/resolutions/{id}/stances/ZAF",
            new
            {
                position = "abstain",
                certainty = "likely",
                evidence = "note-verbale",
                evidenceUrl = "https://example.org/note",
                note = "As the mission says",
                reason = "They wrote",
            }
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.ETag().ShouldBe("\"2\"");
        var stance = await answer.Json();
        stance.Text("resolution").ShouldBe(id);
        stance.Text("memberState").ShouldBe("ZAF");
        stance.Text("position").ShouldBe("abstain");
        stance.Text("certainty").ShouldBe("likely");
        stance.Text("evidence").ShouldBe("note-verbale");
        stance.Text("evidenceUrl").ShouldBe("https://example.org/note");
        stance.Text("note").ShouldBe("As the mission says");
        stance.Int("version").ShouldBe(2);
        stance.Text("changedBy").ShouldBe("lobbyist");
        stance.Moment("changedAt").ShouldBe(app.Clock.GetUtcNow());
        var read = await app.Lobbyist.GetJson($"/v1/resolutions/{id}/stances/ZAF");
        read.ToJsonString().ShouldBe(stance.ToJsonString());
    }

    [Test]
    public async Task A_stances_version_is_that_of_its_own_last_change_and_the_tallys_is_the_resolutions()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        (await app.Lobbyist.RecordStance(id, "ZAF", "yes")).Int("version").ShouldBe(2);
        (await app.Lobbyist.RecordStance(id, "BRA", "no")).Int("version").ShouldBe(3);
        using var first = await app.Viewer.GetAsync($"/v1/resolutions/{id}/stances/ZAF");
        first.ETag().ShouldBe("\"2\"");
        using var tally = await app.Viewer.GetAsync($"/v1/resolutions/{id}/tally");
        tally.ETag().ShouldBe("\"3\"");
        (await tally.Json()).Int("version").ShouldBe(3);
        using var resolution = await app.Viewer.GetAsync($"/v1/resolutions/{id}");
        resolution.ETag().ShouldBe("\"3\"");
        using var breakdown = await app.Viewer.GetAsync($"/v1/resolutions/{id}/breakdown");
        (await breakdown.Json()).Int("version").ShouldBe(3);
    }

    [Test]
    public async Task The_same_content_again_is_a_change_with_a_row_of_history()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        app.Clock.Advance(TimeSpan.FromDays(1));
        var again = await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        again.Int("version").ShouldBe(3);
        again.Moment("changedAt").ShouldBe(app.Clock.GetUtcNow());
        (await app.Viewer.GetItems($"/v1/resolutions/{id}/stances/ZAF/history")).Count.ShouldBe(2);
    }

    [Test]
    public async Task A_wrong_body_is_a_400_that_names_every_wrong_field_and_changes_nothing()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        foreach (
            var (body, fields) in ((string, string[])[])
                [
                    ("{}", ["position", "certainty", "evidence"]),
                    ("""{"position":0,"certainty":1,"evidence":2}""", ["position", "certainty", "evidence"]),
                    (
                        """{"position":"unknown","certainty":"sure","evidence":"gossip"}""",
                        ["position", "certainty", "evidence"]
                    ),
                    ("""{"position":"Yes",OK}""", ["position"]),
                    ("""{"position":"yes,no",OK}""", ["position"]),
                    ("""{"position":"no, abstain",OK}""", ["position"]),
                    ("""{"position":"0",OK}""", ["position"]),
                    ("""{"position":null,OK}""", ["position"]),
                    ("""{"position":["yes"],OK}""", ["position"]),
                    ("""{"position":"yes","position":"no",OK}""", ["position"]),
                    ("""{"position":"yes",OK,"evidenceUrl":"javascript:x"}""", ["evidenceUrl"]),
                    ("""{"position":"yes",OK,"note":" ","reason":7}""", ["note", "reason"]),
                    ("""{"position":"yes",OK,"contact":"nobody"}""", ["contact"]),
                    ("[]", ["body"]),
                    ("null", ["body"]),
                    ("not json", ["body"]),
                    ("", ["body"]),
                ]
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/resolutions/{id}/stances/ZAF");
            request.Headers.TryAddWithoutValidation("If-Match", "*");
            var sent = body.Replace(
                "OK",
                """
                "certainty":"confirmed","evidence":"meeting"
                """,
                StringComparison.Ordinal
            );
            request.Content = new StringContent(sent, Encoding.UTF8, "application/json");
            using var answer = await app.Lobbyist.SendAsync(request);
            ((int)answer.StatusCode).ShouldBe(400, sent);
            (await answer.ShouldBeProblem(400))["errors"]!
                .AsObject()
                .Select(e => e.Key)
                .ShouldBeInAnyOrder(fields, sent);
        }
        (await app.Viewer.GetJson($"/v1/resolutions/{id}")).Int("version").ShouldBe(1);
    }

    [Test]
    public async Task Only_current_members_have_stances()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        foreach (
            var iso3 in (string[])["XXX", "SUN", "PSE", "VAT", "ZA", "ZAF%20", "'%20OR%201=1--", "%D0%97%D0%90%D0%A4"]
        )
        {
            var path = $"/v1/resolutions/{id}/stances/{iso3}";
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete])
            {
                using var answer = await app.Lobbyist.Send(method, path, method == HttpMethod.Put ? Yes : null);
                ((int)answer.StatusCode).ShouldBe(404, $"{method} {path}");
                await answer.ShouldBeProblem(404);
            }
            using var history = await app.Lobbyist.GetAsync($"{path}/history");
            await history.ShouldBeProblem(404);
        }
    }

    [Test]
    public async Task A_stance_on_an_unknown_resolution_is_a_404()
    {
        using var app = new App();
        using var answer = await app.Lobbyist.Put("/v1/resolutions/nothing/stances/ZAF", Yes);
        await answer.ShouldBeProblem(404);
    }

    [Test]
    public async Task A_stance_after_the_vote_is_a_409()
    {
        using var app = new App();
        using var put = await app.Lobbyist.Put("/v1/resolutions/es-10-27/stances/ZAF", Yes);
        await put.ShouldBeProblem(409);
        using var delete = await app.Lobbyist.Send(HttpMethod.Delete, "/v1/resolutions/es-10-27/stances/ZAF");
        await delete.ShouldBeProblem(409);
    }

    [TestCase("withdrawn")]
    [TestCase("adopted-without-vote")]
    public async Task A_stance_on_a_resolution_that_will_not_be_voted_on_is_a_409(string status)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        using var patched = await app.Coordinator.Send(HttpMethod.Patch, $"/v1/resolutions/{id}", new { status });
        patched.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var put = await app.Lobbyist.Put($"/v1/resolutions/{id}/stances/ZAF", Yes);
        await put.ShouldBeProblem(409);
        var tally = await app.Viewer.GetJson($"/v1/resolutions/{id}/tally");
        tally.Text("basis").ShouldBe("none");
        foreach (var count in (string[])["yes", "no", "abstain", "absent", "reached", "required", "margin"])
        {
            tally.Field(count).ShouldBeNull(count);
        }
    }

    [Test]
    public async Task A_state_that_is_not_a_member_on_the_day_of_the_vote_is_a_409()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { voteOn = "2011-07-13" });
        using var before = await app.Lobbyist.Put($"/v1/resolutions/{id}/stances/SSD", Yes);
        await before.ShouldBeProblem(409);
        using var patched = await app.Coordinator.Send(
            HttpMethod.Patch,
            $"/v1/resolutions/{id}",
            new { voteOn = "2011-07-14" }
        );
        patched.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var after = await app.Lobbyist.Put($"/v1/resolutions/{id}/stances/SSD", Yes);
        after.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
