using System.Net;

namespace VoteTracker.Tests.Features.Stances;

[EveryEngine]
public sealed class DeleteStanceTests
{
    [Test]
    public async Task A_deleted_stance_is_unknown_its_version_continues_and_its_history_stays()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var path = $"/v1/resolutions/{id}/stances/ZAF";
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        using var deleted = await app.Lobbyist.Send(HttpMethod.Delete, path, ifMatch: "\"2\"");
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        deleted.ETag().ShouldBe("\"3\"");
        using var read = await app.Viewer.GetAsync(path);
        read.ETag().ShouldBe("\"3\"");
        var stance = await read.Json();
        (stance.Text("position"), stance.Int("version")).ShouldBe(("unknown", 3));
        stance.Field("certainty").ShouldBeNull();
        var history = await app.Viewer.GetItems($"{path}/history");
        history.Select(h => (h.Text("from"), h.Text("to"))).ShouldBe([("unknown", "yes"), ("yes", "unknown")]);
        var tally = await app.Viewer.GetJson($"/v1/resolutions/{id}/tally");
        (tally.Int("unknown"), tally.Int("version")).ShouldBe((193, 3));
    }

    [Test]
    public async Task Deleting_an_unknown_stance_changes_nothing()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var deleted = await app.Lobbyist.Send(HttpMethod.Delete, $"/v1/resolutions/{id}/stances/ZAF");
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        deleted.ETag().ShouldBe("\"0\"");
        (await app.Viewer.GetJson($"/v1/resolutions/{id}")).Int("version").ShouldBe(1);
        (await app.Viewer.GetItems($"/v1/resolutions/{id}/stances/ZAF/history")).ShouldBeEmpty();
    }

    [Test]
    public async Task A_DELETE_needs_the_current_version_or_gets_428_or_412()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var path = $"/v1/resolutions/{id}/stances/ZAF";
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        using var none = await app.Lobbyist.Send(HttpMethod.Delete, path, ifMatch: null);
        await none.ShouldBeProblem(428);
        using var old = await app.Lobbyist.Send(HttpMethod.Delete, path, ifMatch: "\"1\"");
        (await old.ShouldBeProblem(412))["current"]!.Int("version").ShouldBe(2);
        (await app.Viewer.GetJson(path)).Text("position").ShouldBe("yes");
    }
}
