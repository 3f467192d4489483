using System.Net;
using System.Text;

namespace VoteTracker.Tests.Features.MemberStates;

[EveryEngine]
public sealed class EnterIneligibilityTests
{
    [Test]
    public async Task An_ineligibility_is_shown_replaced_and_deleted()
    {
        using var app = new App();
        const string path = "/v1/member-states/VEN/ineligibility";
        using var missing = await app.Anonymous.GetAsync(path);
        await missing.ShouldBeProblem(404);
        using var created = await app.Coordinator.Put(
            path,
            new
            {
                from = "2026-11-01",
                until = "2026-12-01",
                reason = "article-19",
                note = "As listed",
            },
            ifMatch: null
        );
        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        var entry = await app.Viewer.GetJson(path);
        (entry.Text("memberState"), entry.Text("from"), entry.Text("until")).ShouldBe(
            ("VEN", "2026-11-01", "2026-12-01")
        );
        (entry.Text("reason"), entry.Text("note")).ShouldBe(("article-19", "As listed"));
        (await app.Anonymous.GetJson(path)).Text("note").ShouldBeNull();
        using var replaced = await app.Coordinator.Put(path, new { from = "2027-01-01", reason = "credentials" });
        replaced.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.Viewer.GetJson(path)).Text("until").ShouldBeNull();
        (await app.Anonymous.GetJson("/v1/member-states/VEN")).Flag("mayVote").ShouldBe(true, "the first was replaced");
        using var ended = await app.Coordinator.DeleteAsync(path);
        ended.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var again = await app.Coordinator.DeleteAsync(path);
        await again.ShouldBeProblem(404);
    }

    [Test]
    public async Task A_wrong_field_is_a_400_that_names_it()
    {
        using var app = new App();
        foreach (
            var (body, fields) in ((string, string[])[])
                [
                    ("{}", ["from", "reason"]),
                    ("""{"from":"today","until":7,"reason":"arrears"}""", ["from", "until", "reason"]),
                    ("""{"from":"2026-11-02","until":"2026-11-01","reason":"other"}""", ["until"]),
                    ("""{"from":"2026-11-02","reason":0}""", ["reason"]),
                ]
        )
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await app.Coordinator.PutAsync("/v1/member-states/VEN/ineligibility", content);
            ((int)answer.StatusCode).ShouldBe(400, body);
            (await answer.ShouldBeProblem(400))["errors"]!
                .AsObject()
                .Select(e => e.Key)
                .ShouldBeInAnyOrder(fields, body);
        }
        using var nothing = await app.Viewer.GetAsync("/v1/member-states/VEN/ineligibility");
        nothing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Only_current_members_can_be_ineligible()
    {
        using var app = new App();
        foreach (var iso3 in (string[])["PSE", "SUN", "pse", "XXX"])
        {
            using var answer = await app.Coordinator.Put(
                $"/v1/member-states/{iso3}/ineligibility",
                new { from = "2026-11-01", reason = "other" }
            );
            await answer.ShouldBeProblem(404);
        }
    }

    [Test]
    public async Task Every_resolution_before_its_vote_has_a_new_version_and_no_other()
    {
        using var app = new App();
        await app.OpenDraft(new { id = "open" });
        await app.OpenDraft(new { id = "withdrawn", status = "withdrawn" });
        using var answer = await app.Coordinator.Put(
            "/v1/member-states/VEN/ineligibility",
            new { from = "2026-11-01", reason = "other" }
        );
        answer.IsSuccessStatusCode.ShouldBeTrue();
        (await app.Viewer.GetJson("/v1/resolutions/open/tally")).Int("version").ShouldBe(2);
        (await app.Viewer.GetJson("/v1/resolutions/withdrawn")).Int("version").ShouldBe(1);
        (await app.Viewer.GetJson("/v1/resolutions/es-10-27")).Int("version").ShouldBe(1);
    }
}
