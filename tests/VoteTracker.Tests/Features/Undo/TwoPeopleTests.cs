using VoteTracker.Tests.Features.Stances;

namespace VoteTracker.Tests.Features.Undo;

/// <summary>
/// A day of two lobbyists and a coordinator on one draft: both work on the same state, one undoes a mistake, and the
/// coordinator undoes the import of a wrong file. Nobody's work is lost.
/// </summary>
[EveryEngine]
public sealed class TwoPeopleTests
{
    [Test]
    public async Task Two_people_work_on_one_state_and_undo_their_mistakes()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { baseline = "es-10-27" });
        var path = UndoRequests.StanceOf(id, "KEN");
        using var ana = app.Lobbyist;
        using var ben = app.As("admin");

        // Both open Kenya in the morning and see the same version.
        using var seenByAna = await ana.GetAsync(path);
        using var seenByBen = await ben.GetAsync(path);
        seenByBen.ETag().ShouldBe(seenByAna.ETag());

        // Ana meets the mission and records it. Ben called, and his write would overwrite hers.
        using var anas = await ana.Put(
            path,
            Stance("yes", "likely", "meeting", "The ambassador agrees."),
            seenByAna.ETag()
        );
        await anas.Done();
        using var bens = await ben.Put(
            path,
            Stance("abstain", "leaning", "call", "The desk hesitates."),
            seenByBen.ETag()
        );
        var current = (await bens.ShouldBeProblem(412)).Field("current")!;
        (current.Text("position"), current.Text("note"), current.Text("changedBy")).ShouldBe(
            ("yes", "The ambassador agrees.", "lobbyist")
        );

        // He reads her note, and adds his own to it, over the version that he has now seen.
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        using var merged = await ben.Put(
            path,
            Stance("yes", "leaning", "call", "The ambassador agrees. The desk hesitates."),
            $"\"{current.Version()}\""
        );
        var both = await merged.Done();

        // Ana taps the wrong state. Her undo names the version that she made, so it would not undo anything newer.
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        using var mistake = await ana.Put(path, Stance("no", "confirmed", "note-verbale", null), merged.ETag());
        var wrong = await mistake.Done();
        using var undone = await ana.RevertStance(
            id,
            "KEN",
            new { version = both.Version(), reason = "That was Tanzania" },
            mistake.ETag()
        );
        var restored = await undone.Done();
        (restored.Text("position"), restored.Text("note")).ShouldBe(
            ("yes", "The ambassador agrees. The desk hesitates.")
        );
        using var twice = await ana.RevertStance(id, "KEN", new { version = both.Version() }, mistake.ETag());
        await twice.ShouldBeProblem(412);

        // The coordinator imports last week's file. Ben confirms one of its states by telephone before anyone notices.
        app.Clock.Advance(TimeSpan.FromHours(1));
        var tally = await UndoRequests.Tally(app, id);
        using var sent = await StanceImports.Import(
            app,
            id,
            "iso3,position,certainty,evidence\nKEN,no,likely,second-hand\nUGA,no,likely,second-hand\nTZA,no,likely,second-hand\n"
        );
        var import = await sent.Done();
        (await UndoRequests.Tally(app, id)).ShouldNotBe(tally);
        await ben.RecordStance(id, "TZA", "yes");
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        using var refused = await app.Coordinator.RevertImport(id, import.Text("id"));
        (await refused.ShouldBeProblem(409)).States("stances").ShouldBe(["TZA"]);
        using var reverted = await app.Coordinator.RevertImport(id, import.Text("id"), "?skipChanged=true");
        var done = await reverted.Done();
        (string.Join(' ', done.States("changes")), string.Join(' ', done.States("skipped"))).ShouldBe(
            ("KEN UGA", "TZA")
        );

        // Kenya is as both left it, Tanzania as Ben heard it, and the history shows each step with its author.
        var kenya = await app.Viewer.GetJson(path);
        (kenya.Text("position"), kenya.Text("certainty"), kenya.Text("note")).ShouldBe(
            ("yes", "leaning", "The ambassador agrees. The desk hesitates.")
        );
        (await app.Viewer.GetJson(UndoRequests.StanceOf(id, "TZA"))).Text("changedBy").ShouldBe("admin");
        var history = await app.Viewer.GetItems($"{path}/history");
        history
            .TakeLast(6)
            .Select(change => $"{change.Text("changedBy")}: {change.Text("to")} {change.Text("toCertainty")}")
            .ShouldBe([
                "lobbyist: yes likely",
                "admin: yes leaning",
                "lobbyist: no confirmed",
                "lobbyist: yes leaning",
                "coordinator: no likely",
                "coordinator: yes leaning",
            ]);
        history[^3].Text("reason").ShouldBe($"version {both.Version()} restored: That was Tanzania");
        history[^4].Version().ShouldBe(wrong.Version());
        (history[^1].Field("restored")!.GetValue<long>(), history[^2].Text("import")).ShouldBe(
            (both.Version(), import.Text("id"))
        );
    }

    private static object Stance(string position, string certainty, string evidence, string? note) =>
        new
        {
            position,
            certainty,
            evidence,
            note,
        };
}
