using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Assignments;

[EveryEngine]
public sealed class AssignmentsTests
{
    [Test]
    public async Task A_state_is_assigned_reassigned_and_free_again()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        var draft = await app.OpenDraft();
        var path = $"/v1/resolutions/{draft}/assignments/NOR";
        var before = (await app.Viewer.GetJson($"/v1/resolutions/{draft}")).Int("version");
        using var none = await app.Viewer.GetAsync(path);
        await none.ShouldBeProblem(404);
        using var first = await zoe.Send(HttpMethod.Put, path, new { assignee = "me" }, null, ifNoneMatch: "*");
        ((int)first.StatusCode).ShouldBe(201);
        (await first.Json())
            .AsObject()
            .Select(p => $"{p.Key}: {p.Value}")
            .ShouldBe([
                $"resolution: {draft}",
                "memberState: NOR",
                "assignee: Zoe",
                "version: 1",
                "changedBy: Zoe",
                "changedAt: 2026-11-21T15:00:00Z",
            ]);
        using var again = await zoe.Send(HttpMethod.Put, path, new { assignee = "me" }, null, ifNoneMatch: "*");
        await again.ShouldBeProblem(412);
        using var second = await app.Lobbyist.Put(path, new { assignee = "lobbyist" }, "\"1\"");
        ((int)second.StatusCode).ShouldBe(200);
        using var late = await zoe.Put(path, new { assignee = "me" }, "\"1\"");
        (await late.ShouldBeProblem(412))["current"]!.Text("assignee").ShouldBe("lobbyist");
        using var blind = await zoe.Put(path, new { assignee = "me" }, ifMatch: null);
        await blind.ShouldBeProblem(428);
        (await app.Viewer.GetJson(path)).Int("version").ShouldBe(2);
        using var deleted = await app.Lobbyist.Send(HttpMethod.Delete, path, ifMatch: "\"2\"");
        ((int)deleted.StatusCode).ShouldBe(204);
        using var gone = await app.Viewer.GetAsync(path);
        await gone.ShouldBeProblem(404);
        using var third = await zoe.Put(path, new { assignee = "Zoe" });
        ((int)third.StatusCode).ShouldBe(201);
        (await third.Json()).Int("version").ShouldBe(4, "the version continues");
        (await app.Viewer.GetJson($"/v1/resolutions/{draft}")).Int("version").ShouldBe(before, "the tally is the same");
        (await app.Viewer.GetItems("/v1/changes"))
            .TakeLast(4)
            .Select(c => $"{c.Text("kind")} {c.Text("resolution")} {c.Text("memberState")}")
            .Distinct()
            .ShouldBe([$"assignment {draft} NOR"]);
        (await app.Anonymous.GetItems("/v1/changes")).ShouldNotContain(c => c.Text("kind") == "assignment");
    }

    [Test]
    public async Task The_lists_of_assignments_and_stances_have_the_assignee()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        var draft = await app.OpenDraft(new { visibility = "positions" });
        await app.Lobbyist.RecordStance(draft, "FRA", "yes");
        var moment = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromHours(1));
        foreach (var (state, assignee) in ((string, string)[])[("NOR", "Zoe"), ("FRA", "lobbyist"), ("PSE", "Zoe")])
        {
            using var put = await zoe.Put($"/v1/resolutions/{draft}/assignments/{state}", new { assignee });
            ((int)put.StatusCode).ShouldBe(201);
        }
        var list = $"/v1/resolutions/{draft}/assignments";
        (await app.Viewer.GetItems(list)).Select(a => a.Text("memberState")).ShouldBe(["FRA", "NOR", "PSE"]);
        (await zoe.GetItems($"{list}?assignee=me")).Select(a => a.Text("memberState")).ShouldBe(["NOR", "PSE"]);
        using var page = await app.Viewer.GetAsync($"{list}?limit=2");
        var next = page.Headers.GetValues("Link").Single().Split('<', '>')[1];
        (await app.Viewer.GetItems(next)).Select(a => a.Text("memberState")).ShouldBe(["PSE"]);
        (await Assigned(app.Viewer, "")).ShouldBe([("FRA", "yes", "lobbyist"), ("NOR", "unknown", "Zoe")]);
        (await Assigned(app.Viewer, $"?asOf={moment:yyyy-MM-ddTHH:mm:ssZ}")).ShouldBeEmpty();
        (await Assigned(app.Anonymous, "")).ShouldBeEmpty();
        var csv = (await app.Viewer.GetStringAsync($"/v1/resolutions/{draft}/export/stances.csv")).Split("\r\n");
        csv[0].ShouldEndWith(",engagement,assignee,assignment_version");
        csv.Single(line => line.Contains(",NOR,", StringComparison.Ordinal)).ShouldEndWith(",Zoe,1");
        (await app.Anonymous.GetStringAsync($"/v1/resolutions/{draft}/export/stances.csv")).ShouldNotContain("Zoe");
        (await app.Anonymous.GetStringAsync($"/v1/resolutions/{draft}/stances")).ShouldNotContain("Zoe");

        async Task<(string?, string?, string?)[]> Assigned(HttpClient client, string query) =>
            [
                .. (await client.GetItems($"/v1/resolutions/{draft}/stances{query}"))
                    .Where(s => s["assignee"] is not null)
                    .Select(s => (s.Text("memberState"), s.Text("position"), s.Text("assignee"))),
            ];
    }

    [Test]
    public async Task A_wrong_assignment_changes_nothing()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var path = $"/v1/resolutions/{draft}/assignments/NOR";
        var before = Databases.Dump(app.Folder);
        foreach (var body in (object[])[new { }, new { assignee = "" }, new { assignee = "Zoe" }, new { assignee = 7 }])
        {
            using var answer = await app.Lobbyist.Put(path, body);
            await answer.ShouldBeProblem(400, "assignee");
        }
        foreach (
            var elsewhere in (string[])
                ["/v1/resolutions/none/assignments/NOR", $"/v1/resolutions/{draft}/assignments/YUG"]
        )
        {
            using var put = await app.Lobbyist.Put(elsewhere, new { assignee = "me" });
            await put.ShouldBeProblem(404);
            using var delete = await app.Lobbyist.Send(HttpMethod.Delete, elsewhere);
            await delete.ShouldBeProblem(404);
            using var get = await app.Viewer.GetAsync(elsewhere);
            await get.ShouldBeProblem(404);
        }
        using var hidden = await app.Anonymous.GetAsync($"/v1/resolutions/{draft}/assignments");
        await hidden.ShouldBeProblem(404);
        using var refused = await app.Viewer.Put(path, new { assignee = "me" });
        await refused.ShouldBeProblem(403);
        using var filter = await app.Viewer.GetAsync($"/v1/resolutions/{draft}/assignments?assignee=Zoe");
        await filter.ShouldBeProblem(400, "assignee");
        // The viewer and the lobbyist got their keys above.
        Databases.Dump(app.Folder).Where(row => !IsOfKeys(row)).ShouldBe(before.Where(row => !IsOfKeys(row)));

        // The audit has entries of these keys.
        static bool IsOfKeys(string row) =>
            row.StartsWith("api_key", StringComparison.Ordinal) || row.StartsWith("audit_", StringComparison.Ordinal);
    }
}
