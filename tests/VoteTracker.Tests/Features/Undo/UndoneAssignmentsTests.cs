using VoteTracker.Tests.Features.Engagements;
using VoteTracker.Tests.Features.Lists;
using static VoteTracker.Tests.Features.Lists.ListRequests;

namespace VoteTracker.Tests.Features.Undo;

/// <summary>An import that changed only assignments is listed and reverted like one of stances.</summary>
[EveryEngine]
public sealed class UndoneAssignmentsTests
{
    [Test]
    public async Task Both_imports_of_assignments_are_listed_shown_and_reverted()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        using var lobbyist = app.Lobbyist;
        var id = await app.OpenDraft();
        var of = $"/v1/resolutions/{id}";
        using var put = await app.Lobbyist.Put($"{of}/assignments/NOR", new { assignee = "lobbyist" });
        put.EnsureSuccessStatusCode();
        var before = await Assignees(app, id);
        var version = (await app.Viewer.GetJson(of)).Int("version");
        const string csv = "Country,Assignee\nNorway,Zoe\nHoly See,Zoe\n";
        (await app.Imported($"{of}/assignments", csv, "?dryRun=true")).AsObject().ContainsKey("id").ShouldBeFalse();
        var first = (await app.Imported($"{of}/assignments", csv)).Text("id");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await app.Imported($"{of}/assignments", csv)).AsObject().ContainsKey("id").ShouldBeFalse();
        var second = (await app.Imported(OfStances(id), "Country,Vote,Assignee\nKenya,,Zoe\nNorway,,lobbyist\n")).Text(
            "id"
        );
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var third = (await app.Imported(OfStances(id), "Country,Vote\nKenya,yes\n")).Text("id");
        (await app.Viewer.GetPages($"{of}/stances/imports?limit=1", limit: 1))
            .Select(import => (import.Text("id"), import.Int("changes")))
            .ShouldBe([(third, 1), (second, 0), (first, 0)]);
        var shown = await app.Viewer.GetJson($"{of}/stances/imports/{first}");
        shown["stances"]!.AsArray().ShouldBeEmpty();
        shown["assignments"]!
            .AsArray()
            .Select(a => $"{a!.Text("memberState")} {a!.Text("from")} → {a!.Text("to")}")
            .ShouldBe(["NOR lobbyist → Zoe", "VAT  → Zoe"]);

        // Imports of the same states are reverted from the last to the first.
        foreach (
            var (import, expected) in ((string?, string[])[])
                [(second, ["KEN Zoe → ", "NOR lobbyist → Zoe"]), (first, ["NOR Zoe → lobbyist", "VAT Zoe → "])]
        )
        {
            using var reverted = await app.Lobbyist.RevertImport(id, import);
            var done = await reverted.Done();
            done["assignments"]!
                .AsArray()
                .Select(a => $"{a!.Text("memberState")} {a!.Text("from")} → {a!.Text("to")}")
                .ShouldBe(expected);
            done["changes"]!.AsArray().ShouldBeEmpty();
        }
        (await Assignees(app, id)).ShouldBe(before);
        using var twice = await app.Lobbyist.RevertImport(id, first);
        (await twice.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/import-reverted");
        (await app.Viewer.GetJson(of)).Int("version").ShouldBe(version + 1, "only the stance of Kenya raised it");
    }

    [Test]
    public async Task An_assignment_that_has_changed_since_is_named_and_nothing_is_reverted()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        var id = await app.OpenDraft();
        var of = $"/v1/resolutions/{id}";
        var import = (await app.Imported($"{of}/assignments", "Country,Assignee\nNorway,Zoe\nHoly See,Zoe\n")).Text(
            "id"
        );
        using var put = await app.Lobbyist.Put($"{of}/assignments/VAT", new { assignee = "me" });
        put.EnsureSuccessStatusCode();
        var before = await Assignees(app, id);
        using var refused = await app.Lobbyist.RevertImport(id, import);
        var conflict = (await refused.ShouldBeProblem(409))["stances"]!.AsArray().ShouldHaveSingleItem()!;
        (conflict.Text("memberState"), conflict.Text("why")).ShouldBe(("VAT", "moved-on"));
        conflict.Text("detail")!.ShouldContain("of the assignment");
        (await Assignees(app, id)).ShouldBe(before);
        using var skipped = await app.Lobbyist.RevertImport(id, import, "?skipChanged=true");
        (await skipped.Done()).States("assignments").ShouldBe(["NOR"]);
        (await Assignees(app, id)).ShouldBe(["VAT lobbyist"]);
        using var viewer = await app.Viewer.RevertImport(id, import);
        await viewer.ShouldBeProblem(403);
    }

    private static async Task<IReadOnlyList<string>> Assignees(App app, string id) =>
        [
            .. (await app.Viewer.GetItems($"/v1/resolutions/{id}/assignments")).Select(a =>
                $"{a.Text("memberState")} {a.Text("assignee")}"
            ),
        ];
}
