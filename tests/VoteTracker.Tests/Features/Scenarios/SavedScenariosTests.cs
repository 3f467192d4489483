using System.Net;

namespace VoteTracker.Tests.Features.Scenarios;

/// <summary>A scenario is saved as its changes, with a version.</summary>
[EveryEngine]
public sealed class SavedScenariosTests
{
    [Test]
    public async Task A_saved_scenario_is_computed_from_the_current_stances()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var changes = new { changes = new object[] { new { memberState = "NOR", position = "yes" } } };
        using var saved = await app.Lobbyist.Put($"/v1/resolutions/{id}/scenarios/nordic", changes);
        saved.StatusCode.ShouldBe(HttpStatusCode.Created);
        saved.ETag().ShouldBe("\"1\"");
        var version = (await app.Viewer.GetJson($"/v1/resolutions/{id}/tally")).Int("version");
        version.ShouldBe(1, "what is supposed leaves the resolution's version as it is");
        var scenario = await app.Viewer.GetJson($"/v1/resolutions/{id}/scenarios/nordic");
        (scenario.Text("name"), scenario.Int("version"), scenario.Text("changedBy")).ShouldBe(
            ("nordic", 1, "lobbyist")
        );
        scenario["changes"]![0]!.Text("memberState").ShouldBe("NOR");
        var path = $"/v1/resolutions/{id}/scenarios/nordic/outcome";
        (await app.Viewer.GetJson(path))["tally"]!.Int("yes").ShouldBe(1);
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        var outcome = await app.Viewer.GetJson(path);
        (outcome["now"]!.Int("yes"), outcome["tally"]!.Int("yes")).ShouldBe((1, 2));
        (await app.Viewer.GetItems($"/v1/resolutions/{id}/scenarios"))
            .ShouldHaveSingleItem()
            .Text("name")
            .ShouldBe("nordic");
        var feed = await app.Viewer.GetItems("/v1/changes?limit=1000");
        feed.ShouldContain(c => c.Text("kind") == "scenario" && c.Text("resolution") == id);
    }

    [Test]
    public async Task Two_clients_that_save_the_same_scenario_do_not_overwrite_each_other()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var path = $"/v1/resolutions/{id}/scenarios/plan-b";
        var changes = new { changes = new object[] { new { group = "nam", position = "yes" } } };
        using var nothingSeen = await app.Lobbyist.Send(HttpMethod.Put, path, changes, ifMatch: null);
        await nothingSeen.ShouldBeProblem(428);
        using var first = await app.Lobbyist.Send(HttpMethod.Put, path, changes, ifMatch: null, ifNoneMatch: "*");
        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var late = await app.Lobbyist.Send(HttpMethod.Put, path, changes, ifMatch: null, ifNoneMatch: "*");
        (await late.ShouldBeProblem(412))["current"]!.Int("version").ShouldBe(1);
        using var second = await app.Lobbyist.Send(HttpMethod.Put, path, changes, "\"1\"");
        (second.StatusCode, second.ETag()).ShouldBe((HttpStatusCode.OK, "\"2\""));
        using var old = await app.Lobbyist.Send(HttpMethod.Delete, path, null, "\"1\"");
        await old.ShouldBeProblem(412);
        using var taken = await app.Lobbyist.Send(HttpMethod.Delete, path, null, "\"2\"");
        taken.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var gone = await app.Viewer.GetAsync(path);
        await gone.ShouldBeProblem(404);
        using var again = await app.Lobbyist.Send(HttpMethod.Put, path, changes, ifMatch: null, ifNoneMatch: "*");
        (again.StatusCode, again.ETag()).ShouldBe((HttpStatusCode.Created, "\"4\""), "an old tag never comes back");
    }
}
