using System.Net;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Views;

/// <summary>Coordinators delete shared views of other labels, and a label has a limited number of views.</summary>
[EveryEngine]
public sealed class ViewsOfOthersTests
{
    [Test]
    public async Task A_coordinator_deletes_a_shared_view_of_a_person_who_has_left()
    {
        using var app = new App();
        var made = await app.Admin.Add("/v1/api-keys", new { label = "Zoe", role = "lobbyist" });
        using var zoe = app.WithKey(made.Text("key")!);
        await Saved(zoe, "ours", shared: true);
        await Saved(zoe, "own", shared: false);
        using var revoked = await app.Admin.DeleteAsync($"/v1/api-keys/{made.Text("id")}");
        revoked.EnsureSuccessStatusCode();

        const string path = "/v1/views/ours?by=Zoe";
        using var lobbyist = await app.Lobbyist.Send(HttpMethod.Delete, path);
        await lobbyist.ShouldBeProblem(403);
        using var late = await app.Coordinator.Send(HttpMethod.Delete, path, ifMatch: "\"7\"");
        (await late.ShouldBeProblem(412))["current"]!.Version().ShouldBe(1);
        using var hidden = await app.Coordinator.Send(HttpMethod.Delete, "/v1/views/own?by=Zoe");
        await hidden.ShouldBeProblem(404);
        using var unknown = await app.Coordinator.Send(HttpMethod.Delete, "/v1/views/ours?by=Zo");
        await unknown.ShouldBeProblem(400, "by");
        (await app.Lobbyist.GetItems("/v1/views")).Count.ShouldBe(1);
        using var deleted = await app.Coordinator.Send(HttpMethod.Delete, path, ifMatch: "\"1\"");
        (deleted.StatusCode, deleted.ETag()).ShouldBe((HttpStatusCode.NoContent, "\"2\""));
        (await app.Lobbyist.GetItems("/v1/views")).ShouldBeEmpty();
    }

    [Test]
    public async Task The_own_label_needs_no_other_role()
    {
        using var app = new App();
        await Saved(app.Lobbyist, "own", shared: false);
        using var deleted = await app.Lobbyist.Send(HttpMethod.Delete, "/v1/views/own?by=me");
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Test]
    public async Task A_label_has_at_most_200_views()
    {
        using var app = new App();
        for (var i = 1; i <= 200; i++)
        {
            await Saved(app.Lobbyist, $"view {i}", shared: false);
        }
        using var another = await app.Lobbyist.Put("/v1/views/another", new { });
        DeskRequests.Faults(await another.ShouldBeProblem(400, "name"))["name"].ShouldContain("at most 200 views");
        using var changed = await app.Lobbyist.Put("/v1/views/view%207", new { shared = true });
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Saved(app.Coordinator, "another", shared: false);
        using var deleted = await app.Lobbyist.Send(HttpMethod.Delete, "/v1/views/view%207");
        deleted.EnsureSuccessStatusCode();
        await Saved(app.Lobbyist, "another", shared: false);
    }

    private static async Task Saved(HttpClient client, string name, bool shared)
    {
        using var answer = await client.Put($"/v1/views/{name}", new { shared });
        ((int)answer.StatusCode).ShouldBe(201, await answer.Content.ReadAsStringAsync());
    }
}
