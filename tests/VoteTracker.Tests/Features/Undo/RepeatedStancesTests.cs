using static VoteTracker.Tests.Features.Stances.StanceImports;
using static VoteTracker.Tests.Features.Undo.RevertImportTests;

namespace VoteTracker.Tests.Features.Undo;

/// <summary>A stance that was recorded again with a reason is newer than the import.</summary>
[EveryEngine]
public sealed class RepeatedStancesTests
{
    [Test]
    public async Task A_stance_that_its_author_recorded_again_with_a_new_reason_is_named()
    {
        using var app = new App();
        var id = await Campaign(app);
        var import = await Imported(app, id, "iso3,position,certainty,evidence\nKEN,no,likely,call\n");
        using var again = await app.Coordinator.Put(
            UndoRequests.StanceOf(id, "KEN"),
            new
            {
                position = "no",
                certainty = "likely",
                evidence = "call",
                reason = "Said so again.",
            }
        );
        again.EnsureSuccessStatusCode();
        using var refused = await app.Coordinator.RevertImport(id, import.Text("id"));
        (await refused.ShouldBeProblem(409)).States("stances").ShouldBe(["KEN"]);
    }
}
