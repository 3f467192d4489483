using VoteTracker.Tests.Features.Stances;
using static VoteTracker.Tests.Features.Stances.StanceImports;

namespace VoteTracker.Tests.Features.Undo;

/// <summary>After a revert, exports have the old bytes again, and the past keeps what was imported.</summary>
[EveryEngine]
public sealed class UndoneHistoryTests
{
    private static readonly string[] Free = ["DZA", "BRA", "CHE", "IND", "NOR", "ZAF", "ZMB", "AFG", "KEN", "FRA"];

    [Test]
    public async Task Import_revert_export_returns_the_original_bytes_but_for_three_columns(
        [Values(1, 2, 3, 4)] int seed
    )
    {
        using var app = new App();
        var id = await Campaign(app);
        app.Clock.Advance(TimeSpan.FromHours(1));
        var original = await Csv(app, id);
        var sheet = Sheet.Open(original);
        var random = new Random(seed);
        var edited = Free.Where(_ => random.Next(3) > 0).ToList();
        foreach (var iso3 in edited)
        {
            Edit(sheet, random, iso3);
        }
        using var answer = await Import(app, id, sheet.Save(Habits.All[0]));
        var import = await Done(answer);
        import.States("changes").ShouldBeInAnyOrder(edited);
        (await Csv(app, id)).ShouldNotBe(original);
        app.Clock.Advance(TimeSpan.FromHours(1));

        using var reverted = await app.Coordinator.RevertImport(id, import.Text("id"));

        (await reverted.Done()).States("changes").ShouldBeInAnyOrder(edited);
        var (before, after) = (Sheet.Open(original), Sheet.Open(await Csv(app, id)));
        after.Header.ShouldBe(before.Header);
        var differing = (
            from iso3 in before.Rows.Select(row => row[before.Header.IndexOf("iso3")])
            from column in before.Header
            where before[iso3, column] != after[iso3, column]
            select (iso3, column)
        ).ToList();
        differing.ShouldBeSubsetOf(
            from iso3 in edited
            from column in UndoRequests.ChangedColumns
            select (iso3, column)
        );
        differing.Select(d => d.column).Distinct().ShouldBeInAnyOrder(UndoRequests.ChangedColumns);
        // With these cells of before, every byte is the same.
        foreach (var (iso3, column) in differing)
        {
            after[iso3, column] = before[iso3, column];
        }
        after.Save(Habits.All[0]).ShouldBe(before.Save(Habits.All[0]));
    }

    [Test]
    public async Task The_tally_as_of_a_moment_before_the_revert_is_the_imported_one()
    {
        using var app = new App();
        var id = await Campaign(app);
        var start = app.Clock.GetUtcNow();
        var original = await UndoRequests.Tally(app, id);
        app.Clock.Advance(TimeSpan.FromHours(1));
        using var answer = await Import(
            app,
            id,
            "iso3,position,certainty,evidence\nDZA,no,likely,call\nKEN,no,likely,call\n"
        );
        var import = await Done(answer);
        var imported = await UndoRequests.Tally(app, id);
        imported.ShouldNotBe(original);
        app.Clock.Advance(TimeSpan.FromHours(1));
        var between = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromHours(1));
        using var reverted = await app.Coordinator.RevertImport(id, import.Text("id"));
        reverted.EnsureSuccessStatusCode();
        app.Clock.Advance(TimeSpan.FromHours(1));
        var end = app.Clock.GetUtcNow();

        (await UndoRequests.Tally(app, id)).ShouldBe(original);
        (await UndoRequests.Tally(app, id, between)).ShouldBe(imported);
        (await UndoRequests.Tally(app, id, start)).ShouldBe(original);
        var path = $"/v1/resolutions/{id}";
        (await app.Viewer.GetJson($"{path}/stances/DZA?asOf={between.Iso()}")).Text("position").ShouldBe("no");
        (await app.Viewer.GetJson($"{path}/stances/KEN?asOf={end.Iso()}")).Text("position").ShouldBe("unknown");

        // The timeline goes there and back.
        var last = (await app.Viewer.GetItems($"{path}/tally/timeline?step=1h")).TakeLast(4).ToList();
        last.Select(p => p.Int("no")).Distinct().Count().ShouldBe(2);
        last[^1].Int("no").ShouldBe(last[0].Int("no"));

        // From before the import to after the revert nothing moved. The revert itself moved both back.
        var whole = await app.Viewer.GetJson($"{path}/diff?from={start.Iso()}&to={end.Iso()}");
        whole.Field("moves")!.AsArray().ShouldBeEmpty();
        var back = (await app.Viewer.GetJson($"{path}/diff?from={between.Iso()}&to={end.Iso()}"))
            .Field("moves")!
            .AsArray();
        back.Select(m => (m!.Text("memberState"), m!.Text("from"), m!.Text("to")))
            .ShouldBeInAnyOrder([("DZA", "no", "yes"), ("KEN", "no", "unknown")]);
        back.ShouldAllBe(m => m!.Text("reason")!.StartsWith("import ", StringComparison.Ordinal));
        back.ShouldAllBe(m => m!.Text("changedBy") == "coordinator");

        // The history has a row for each of the changes.
        var history = Sheet.Open(await app.Viewer.GetStringAsync($"{path}/export/history.csv"));
        history.Rows.Count(row => row[history.Header.IndexOf("iso3")] == "DZA").ShouldBe(3);
    }

    private static Task<string> Csv(App app, string id) =>
        app.Coordinator.GetStringAsync($"/v1/resolutions/{id}/export/stances.csv");

    private static void Edit(Sheet sheet, Random random, string iso3)
    {
        if (sheet[iso3, "position"] == "unknown")
        {
            (sheet[iso3, "position"], sheet[iso3, "certainty"]) = ("no", "leaning");
            sheet[iso3, "evidence"] = "second-hand";
            return;
        }
        if (random.Next(3) == 0)
        {
            foreach (var column in (string[])["certainty", "evidence", "evidence_url", "note", "contact"])
            {
                sheet[iso3, column] = "";
            }
            sheet[iso3, "position"] = "unknown";
            return;
        }
        sheet[iso3, "position"] = sheet[iso3, "position"] == "absent" ? "no" : "absent";
        sheet[iso3, "note"] = Notes[random.Next(Notes.Length)].Trim();
    }
}
