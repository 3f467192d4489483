using System.Net;
using static VoteTracker.Tests.Features.Stances.StanceBodies;

namespace VoteTracker.Tests.Features.Stances;

/// <summary>A write of a stance names the version that the client saw.</summary>
[EveryEngine]
public sealed class StanceConditionsTests
{
    [Test]
    public async Task A_second_lobbyist_with_an_old_version_gets_412_and_the_current_stance()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var path = $"/v1/resolutions/{id}/stances/ZAF";
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        using var first = await app.Lobbyist.Put(path, Yes, ifMatch: "\"2\"");
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var second = await app.Lobbyist.Put(
            path,
            new
            {
                position = "no",
                certainty = "likely",
                evidence = "call",
            },
            ifMatch: "\"2\""
        );
        var current = (await second.ShouldBeProblem(412))["current"]!;
        (current.Text("position"), current.Int("version")).ShouldBe(("yes", 3));
        (await app.Viewer.GetJson(path)).Int("version").ShouldBe(3);
        (await app.Viewer.GetJson($"/v1/resolutions/{id}")).Int("version").ShouldBe(3);
    }

    [Test]
    public async Task A_change_of_another_stance_does_not_invalidate_a_version()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        await app.Lobbyist.RecordStance(id, "BRA", "yes");
        using var answer = await app.Lobbyist.Put($"/v1/resolutions/{id}/stances/ZAF", Yes, ifMatch: "\"2\"");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Test]
    public async Task One_matching_version_of_several_is_enough()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var answer = await app.Lobbyist.Put($"/v1/resolutions/{id}/stances/ZAF", Yes, ifMatch: "\"7\", \"0\"");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Test]
    public async Task If_none_match_star_holds_while_the_position_is_unknown()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var path = $"/v1/resolutions/{id}/stances/ZAF";
        using var first = await app.Lobbyist.Send(HttpMethod.Put, path, Yes, ifMatch: null, ifNoneMatch: "*");
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var second = await app.Lobbyist.Send(HttpMethod.Put, path, Yes, ifMatch: null, ifNoneMatch: "*");
        (await second.ShouldBeProblem(412))["current"]!.Int("version").ShouldBe(2);
        using var deleted = await app.Lobbyist.Send(HttpMethod.Delete, path);
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var third = await app.Lobbyist.Send(HttpMethod.Put, path, Yes, ifMatch: null, ifNoneMatch: "*");
        third.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await third.Json()).Int("version").ShouldBe(4);
    }

    [Test]
    public async Task If_match_star_holds_with_and_without_a_stance()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var onNothing = await app.Lobbyist.Put($"/v1/resolutions/{id}/stances/ZAF", Yes, ifMatch: "*");
        onNothing.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var onSomething = await app.Lobbyist.Put($"/v1/resolutions/{id}/stances/ZAF", Yes, ifMatch: "*");
        onSomething.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Test]
    public async Task An_unknown_stance_has_version_0_and_accepts_it_in_a_condition()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var path = $"/v1/resolutions/{id}/stances/ZAF";
        using var answer = await app.Lobbyist.Put(path, Yes, ifMatch: "\"0\"");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var again = await app.Lobbyist.Put(path, Yes, ifMatch: "\"0\"");
        await again.ShouldBeProblem(412);
    }

    [Test]
    public async Task Only_the_strong_tag_of_the_response_holds()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        foreach (
            var (ifMatch, status) in ((string, int)[])
                [
                    ("W/\"2\"", 412),
                    ("2", 400),
                    ("\"2", 400),
                    ("\"2\" or so", 400),
                    ("\"x\"", 412),
                    ("\"02\"", 412),
                    ("\"2.2026-11-21\"", 412),
                ]
        )
        {
            using var answer = await app.Lobbyist.Put($"/v1/resolutions/{id}/stances/ZAF", Yes, ifMatch);
            ((int)answer.StatusCode).ShouldBe(status, ifMatch);
            await answer.ShouldBeProblem(status);
        }
        (await app.Viewer.GetJson($"/v1/resolutions/{id}")).Int("version").ShouldBe(2);
    }

    [Test]
    public async Task No_condition_is_a_428_that_comes_before_the_bodys_400_and_that_before_the_412()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var path = $"/v1/resolutions/{id}/stances/ZAF";
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        using var none = await app.Lobbyist.Put(path, new { }, ifMatch: null);
        await none.ShouldBeProblem(428);
        using var wrongBody = await app.Lobbyist.Put(path, new { }, ifMatch: "\"1\"");
        await wrongBody.ShouldBeProblem(400, "position", "certainty", "evidence");
        using var old = await app.Lobbyist.Put(path, Yes, ifMatch: "\"1\"");
        await old.ShouldBeProblem(412);
        (await app.Viewer.GetItems($"{path}/history")).ShouldHaveSingleItem();
    }
}
