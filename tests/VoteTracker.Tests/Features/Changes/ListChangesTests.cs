using System.Net.Http.Json;
using static VoteTracker.Tests.Features.Changes.ChangePages;

namespace VoteTracker.Tests.Features.Changes;

/// <summary>The feed lists every change once, in the order of the commits.</summary>
[EveryEngine]
public sealed class ListChangesTests
{
    [Test]
    public async Task Changes_are_listed_in_the_order_of_their_commits()
    {
        using var app = new App();
        var after = await End(app.Lobbyist);
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        using var sponsor = await app.Lobbyist.Put(
            $"/v1/resolutions/{id}/co-sponsors/ESP",
            new { status = "wanted", role = "main" }
        );
        using var deleted = await app.Lobbyist.Send(HttpMethod.Delete, $"/v1/resolutions/{id}/stances/ZAF");
        using var patched = await app.Coordinator.Send(
            HttpMethod.Patch,
            $"/v1/resolutions/{id}",
            new { title = "Another" }
        );
        var changes = await app.Lobbyist.GetItems($"/v1/changes?after={after}");
        changes
            .Select(c => (c.Text("kind"), c.Text("memberState"), c.IntOrNull("version")))
            .ShouldBe([
                ("resolution", null, 1),
                ("stance", "ZAF", 2),
                ("co-sponsor", "ESP", 3),
                ("stance", "ZAF", 4),
                ("resolution", null, 5),
            ]);
        changes.ShouldAllBe(c => c.Text("resolution") == id && c.Moment("changedAt") == app.Clock.GetUtcNow());
        changes
            .Select(c => c.Text("changedBy"))
            .ShouldBe(["coordinator", "lobbyist", "lobbyist", "lobbyist", "coordinator"]);
    }

    [Test]
    public async Task A_page_that_begins_with_a_change_of_no_resolution_shows_the_others_after_it()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "positions" });
        var after = await End(app.Lobbyist);
        using var contact = await app.Lobbyist.PostAsJsonAsync(
            "/v1/contacts",
            new
            {
                memberState = "NOR",
                name = "Desk",
                office = "mission",
            }
        );
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        (await app.Lobbyist.GetItems($"/v1/changes?after={after}"))
            .Select(c => c.Text("kind"))
            .ShouldBe(["contact", "stance"]);
        after = await End(app.Anonymous);
        using var entered = await app.Coordinator.PutAsJsonAsync(
            "/v1/member-states/TUV/ineligibility",
            new { from = "2026-11-01", reason = "article-19" }
        );
        (await app.Anonymous.GetItems($"/v1/changes?after={after}"))
            .Select(c => c.Text("kind"))
            .ShouldContain("ineligibility");
    }

    [Test]
    public async Task A_baseline_adds_a_change_for_each_stance()
    {
        using var app = new App();
        var after = await End(app.Viewer);
        await app.OpenDraft(new { baseline = "es-10-27" });
        var changes = await app.Viewer.GetItems($"/v1/changes?after={after}");
        changes.Count.ShouldBe(181);
        changes[0].Text("kind").ShouldBe("resolution");
        changes.Skip(1).ShouldAllBe(c => c.Text("kind") == "stance" && c.Int("version") == 1);
    }

    [Test]
    public async Task The_link_continues_after_the_last_change_also_when_nothing_is_new()
    {
        using var app = new App();
        var next = $"/v1/changes?after={await End(app.Viewer)}";
        using var nothing = await app.Viewer.GetAsync(next);
        (await nothing.Json()).Items().ShouldBeEmpty();
        var id = await app.OpenDraft();
        using var one = await app.Viewer.GetAsync(nothing.NextPage());
        (await one.Json()).Items().ShouldHaveSingleItem().Text("kind").ShouldBe("resolution");
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        await app.Lobbyist.RecordStance(id, "BRA", "yes");
        var two = await app.Viewer.GetItems(one.NextPage()!);
        two.Select(c => c.Text("memberState")).ShouldBe(["ZAF", "BRA"]);
        var fromItem = await app.Viewer.GetItems($"/v1/changes?after={two[0].Text("cursor")}");
        fromItem.ShouldHaveSingleItem().Text("memberState").ShouldBe("BRA");
    }

    [Test]
    public async Task Five_at_a_time_every_change_is_seen_once()
    {
        using var app = new App();
        await app.OpenDraft(new { baseline = "es-10-27" });
        var whole = (await app.Viewer.GetItems("/v1/changes?limit=1000")).Select(c => c.ToJsonString()).ToList();
        whole.Count.ShouldBe(43 + 181);
        var seen = new List<string>();
        for (var next = "/v1/changes?limit=5"; ; )
        {
            using var page = await app.Viewer.GetAsync(next);
            var items = (await page.Json()).Items();
            if (items.Count == 0)
            {
                break;
            }
            seen.AddRange(items.Select(c => c.ToJsonString()));
            next = page.NextPage()!;
        }
        seen.ShouldBe(whole);
    }

    [Test]
    public async Task An_invalid_cursor_is_a_400()
    {
        using var app = new App();
        var after = await End(app.Viewer);
        foreach (var cursor in (string[])["", "x", "5", after[..^1], after + "A", "A" + after[1..] + "A"])
        {
            using var answer = await app.Viewer.GetAsync($"/v1/changes?after={cursor}");
            ((int)answer.StatusCode).ShouldBe(400, cursor);
            await answer.ShouldBeProblem(400, "after");
        }
    }
}
