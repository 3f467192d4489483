using static VoteTracker.Tests.Features.Stances.StanceImports;
using static VoteTracker.Tests.Features.Undo.RevertImportTests;

namespace VoteTracker.Tests.Features.Undo;

/// <summary>A revert of an import that does not exist, or with a parameter that does not exist, changes nothing.</summary>
[EveryEngine]
public sealed class RejectedRevertsTests
{
    [Test]
    public async Task An_import_of_another_resolution_or_of_none_is_not_found()
    {
        using var app = new App();
        var id = await Campaign(app);
        var other = await app.OpenDraft(new { id = "another" }, "A/ES-10/L.35");
        var import = await Imported(app, id, Three);
        var before = await State(app, id);
        foreach (
            var (resolution, importId) in (IEnumerable<(string, string?)>)
                [(other, import.Text("id")), (id, "abcdefghijkl"), (id, "DZA"), ("nowhere", import.Text("id"))]
        )
        {
            using var answer = await app.Coordinator.RevertImport(resolution, importId);
            await answer.ShouldBeProblem(404);
            using var read = await app.Viewer.GetAsync($"/v1/resolutions/{resolution}/stances/imports/{importId}");
            await read.ShouldBeProblem(404);
        }
        using var flag = await app.Coordinator.RevertImport(id, import.Text("id"), "?skipChanged=perhaps&dryRun=2");
        await flag.ShouldBeProblem(400, "skipChanged", "dryRun");
        using var unknown = await app.Coordinator.RevertImport(id, import.Text("id"), "?skip=true");
        (await unknown.ShouldBeProblem(400, "skip")).Text("detail")!.ShouldContain("skipChanged");
        (await State(app, id)).ShouldBe(before);
        using var recorded = await app.Coordinator.Put(
            $"/v1/resolutions/{id}/roll-call?missing=non-voting",
            new { recordedOn = "2026-11-21", votes = new[] { new { memberState = "NOR", vote = "no" } } }
        );
        recorded.EnsureSuccessStatusCode();
        using var over = await app.Coordinator.RevertImport(id, import.Text("id"));
        (await over.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/vote-is-over");
    }
}
