using System.Net;

namespace VoteTracker.Tests.Features.Stances;

[EveryEngine]
public sealed class GetStanceTests
{
    [Test]
    public async Task A_stance_nobody_recorded_is_unknown_at_version_0()
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
    public async Task Who_names_the_tag_it_has_is_told_304()
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
}
