using System.Net;

namespace VoteTracker.Tests.Features.Stances;

[EveryEngine]
public sealed class GetStanceTests
{
    [Test]
    public async Task A_stance_that_was_never_recorded_is_unknown_at_version_0()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var answer = await app.Viewer.GetAsync($"/v1/resolutions/{id}/stances/ZAF");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.ETag().ShouldBe("\"0\"");
        var stance = await answer.Json();
        (stance.Text("position"), stance.Int("version")).ShouldBe(("unknown", 0));
        foreach (var field in (string[])["certainty", "evidence", "evidenceUrl", "note", "changedBy", "changedAt"])
        {
            stance.Field(field).ShouldBeNull(field);
        }
        (await app.Viewer.GetItems($"/v1/resolutions/{id}/stances/ZAF/history")).ShouldBeEmpty();
    }

    [Test]
    public async Task A_request_with_the_current_tag_gets_304()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        using var known = await app.Viewer.Send(
            HttpMethod.Get,
            $"/v1/resolutions/{id}/stances/ZAF",
            ifMatch: null,
            ifNoneMatch: "\"2\""
        );
        known.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        using var changed = await app.Viewer.Send(
            HttpMethod.Get,
            $"/v1/resolutions/{id}/stances/ZAF",
            ifMatch: null,
            ifNoneMatch: "\"2\""
        );
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        changed.ETag().ShouldBe("\"3\"");
    }

    [Test]
    public async Task As_of_a_moment_it_equals_the_list_as_of_that_moment()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "positions" });
        var path = $"/v1/resolutions/{id}/stances/ZAF";
        var opened = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.Lobbyist.RecordStance(id, "ZAF", "yes", certainty: "leaning");
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.Lobbyist.RecordStance(id, "ZAF", "no");
        app.Clock.Advance(TimeSpan.FromHours(1));
        using var deleted = await app.Lobbyist.Send(HttpMethod.Delete, path);
        deleted.IsSuccessStatusCode.ShouldBeTrue();
        var positions = new List<string?>();
        foreach (var microseconds in (long[])[0, 3_599_999_999, 3_600_000_000, 7_200_000_000, 10_800_000_000])
        {
            var asOf = $"?asOf={opened.AddMicroseconds(microseconds).Iso()}";
            using var answer = await app.Viewer.GetAsync(path + asOf);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            var stance = await answer.Json();
            var listed = await app.Viewer.GetItems($"/v1/resolutions/{id}/stances{asOf}");
            stance.ToJsonString().ShouldBe(listed.Single(s => s.Text("memberState") == "ZAF").ToJsonString());
            answer.ETag().ShouldBe($"\"{stance.Int("version")}\"");
            positions.Add(stance.Text("position"));
        }
        positions.ShouldBe(["unknown", "unknown", "yes", "no", "unknown"]);
        using var before = await app.Viewer.GetAsync($"{path}?asOf={opened.AddMicroseconds(-1).Iso()}");
        await before.ShouldBeProblem(404);
        using var wrong = await app.Viewer.GetAsync($"{path}?asOf=2026-11-21");
        await wrong.ShouldBeProblem(400, "asOf");
        using var withoutKey = await app.Anonymous.GetAsync($"{path}?asOf={opened.Iso()}");
        await withoutKey.ShouldBeProblem(401);
    }
}
