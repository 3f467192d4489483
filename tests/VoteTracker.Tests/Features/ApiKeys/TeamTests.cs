using static VoteTracker.Tests.Features.Engagements.DeskRequests;

namespace VoteTracker.Tests.Features.ApiKeys;

/// <summary>The team is listed by its labels, and a wrong label suggests the closest one.</summary>
[EveryEngine]
public sealed class TeamTests
{
    [Test]
    public async Task The_team_has_the_labels_and_roles_of_valid_keys_and_nothing_else()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        using var desk = await app.Member("Desk of Geneva", "coordinator");
        await app.Member("Adam", "viewer");
        var keys = await app.Admin.GetItems("/v1/api-keys");
        var id = keys.Single(key => key.Text("label") == "Zoe").Text("id");
        // A replaced key and the new one have one holder.
        using var rotated = await app.Admin.Send(HttpMethod.Post, $"/v1/api-keys/{id}/rotate", new { }, ifMatch: null);
        rotated.EnsureSuccessStatusCode();
        await app.Admin.Add("/v1/api-keys", new { label = "gone", role = "lobbyist" });
        var gone = (await app.Admin.GetItems("/v1/api-keys")).Single(key => key.Text("label") == "gone").Text("id");
        using var revoked = await app.Admin.DeleteAsync($"/v1/api-keys/{gone}");
        revoked.EnsureSuccessStatusCode();
        await app.Admin.Add(
            "/v1/api-keys",
            new
            {
                label = "late",
                role = "viewer",
                expiresAt = "2026-11-21T16:00:00Z",
            }
        );
        app.Clock.Advance(TimeSpan.FromHours(2));

        var team = await desk.GetItems("/v1/team");
        var listed = team.Select(member => $"{member.Text("label")}: {member.Text("role")}").ToList();
        listed.ShouldBe(listed.Order(StringComparer.Ordinal));
        listed.ShouldContain("Adam: viewer");
        listed.ShouldContain("Desk of Geneva: coordinator");
        listed.Count(member => member == "Zoe: lobbyist").ShouldBe(1);
        listed.ShouldNotContain("gone: lobbyist");
        listed.ShouldNotContain("late: viewer");
        team.ShouldAllBe(member => member.AsObject().Count == 2);

        var read = new List<string?>();
        for (string? next = "/v1/team?limit=2"; next is not null; )
        {
            using var page = await desk.GetAsync(next);
            read.AddRange((await page.Json())["items"]!.AsArray().Select(item => item!.Text("label")));
            next = page.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : null;
        }
        read.ShouldBe(team.Select(member => member.Text("label")));
        using var viewer = await app.Viewer.GetAsync("/v1/team");
        await viewer.ShouldBeProblem(403);
    }

    [Test]
    public async Task An_unknown_assignee_suggests_the_closest_label()
    {
        using var app = new App();
        using var desk = await app.Member("Desk of Geneva");
        const string fault = "found 'Desk of Genva'; did you mean 'Desk of Geneva'?";
        (await app.Lobbyist.Faults("/v1/tasks", new { what = "x", assignee = "Desk of Genva" }))["assignee"]
            .ShouldEndWith(fault);
        var draft = await app.OpenDraft();
        using var put = await app.Lobbyist.Put(
            $"/v1/resolutions/{draft}/assignments/NOR",
            new { assignee = "Desk of Genva" }
        );
        Faults(await put.ShouldBeProblem(400))["assignee"].ShouldEndWith(fault);
        using var list = await app.Lobbyist.GetAsync("/v1/tasks?assignee=Desk%20of%20Genva");
        (await list.ShouldBeProblem(400)).ToJsonString().ShouldContain("Desk of Geneva");
    }
}
