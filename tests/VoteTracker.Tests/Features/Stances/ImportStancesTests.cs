using System.Text.Json.Nodes;
using static VoteTracker.Tests.Features.Stances.StanceImports;

namespace VoteTracker.Tests.Features.Stances;

/// <summary>An imported table of stances changes the edited cells and nothing else.</summary>
[EveryEngine]
public sealed class ImportStancesTests
{
    private static readonly string[] HabitNames = [.. Habits.All.Select(habits => habits.Name)];

    [AnyEngine]
    [Test]
    public async Task An_unedited_table_changes_nothing([ValueSource(nameof(HabitNames))] string habit)
    {
        using var app = new App();
        var id = await Campaign(app);
        var before = await State(app, id);
        using var answer = await Import(app, id, (await Export(app, id)).Save(Habits.FromName(habit)));
        var import = await Done(answer);
        import.Field("changes")!.AsArray().ShouldBeEmpty(import.Field("changes")!.ToJsonString());
        (import.Int("lines"), import.Int("unchanged"), import.Flag("turns")).ShouldBe((193, 193, false));
        (await State(app, id)).ShouldBe(before);
    }

    [AnyEngine]
    [Test]
    public async Task Only_edited_cells_change(
        [ValueSource(nameof(HabitNames))] string habit,
        [Values(1, 2, 3)] int seed
    )
    {
        using var app = new App();
        var id = await Campaign(app);
        var sheet = await Export(app, id);
        var random = new Random(seed);
        var before = await LoadStances(app, id);
        var expected = before.ToDictionary(s => s.Key, s => (JsonObject)s.Value.DeepClone(), StringComparer.Ordinal);
        string[] free = ["ARG", "BRA", "CHE", "IND", "NOR", "ZAF", "ZMB", "AFG", "KEN", "FRA"];
        var edited = free.Where(_ => random.Next(2) == 0).ToList();
        foreach (var iso3 in edited)
        {
            Edit(random, sheet, iso3, expected[iso3]);
        }
        // Spreadsheets also rewrite columns that the import does not read.
        sheet["AFG", "m49"] = "4";
        sheet["NOR", "changed_at"] = "21/11/2026 15:00";
        var changes = (await app.Admin.GetItems("/v1/changes?limit=1000")).Count;
        app.Clock.Advance(TimeSpan.FromHours(1));

        using var answer = await Import(app, id, sheet.Save(Habits.FromName(habit)));
        var import = await Done(answer);

        import.Field("changes")!.AsArray().Select(c => c!.Text("memberState")).ShouldBeInAnyOrder(edited);
        import.Int("unchanged").ShouldBe(193 - edited.Count);
        var after = await LoadStances(app, id);
        foreach (var (iso3, stance) in after)
        {
            if (edited.Contains(iso3))
            {
                stance.Text("changedBy").ShouldBe("coordinator");
                stance.Moment("changedAt").ShouldBe(app.Clock.GetUtcNow());
                Without(stance, "version", "changedBy", "changedAt")
                    .ShouldBe(Without(expected[iso3], "version", "changedBy", "changedAt"));
            }
            else
            {
                stance.ToJsonString().ShouldBe(before[iso3].ToJsonString());
            }
        }
        var feed = (await app.Admin.GetItems("/v1/changes?limit=1000")).Skip(changes).ToList();
        feed.Select(c => c.Text("memberState")).ShouldBeInAnyOrder(edited);
        feed.Select(c => c.Int("version")).ShouldBeUnique();
        import
            .Field("after")!
            .ToJsonString()
            .ShouldBe((await app.Viewer.GetJson($"/v1/resolutions/{id}/tally")).ToJsonString());
        // A second import of the same file changes nothing.
        var version = (await app.Viewer.GetJson($"/v1/resolutions/{id}")).Int("version");
        using var again = await Import(app, id, sheet.Save(Habits.FromName(habit)));
        (await Done(again)).Field("changes")!.AsArray().ShouldBeEmpty();
        (await app.Viewer.GetJson($"/v1/resolutions/{id}")).Int("version").ShouldBe(version);
    }

    [Test]
    public async Task A_dry_run_shows_the_changes_and_changes_nothing()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        foreach (var (iso3, position) in ((string, string)[])[("ARG", "yes"), ("BRA", "yes"), ("CHE", "no")])
        {
            await app.Lobbyist.RecordStance(id, iso3, position);
        }
        var sheet = await Export(app, id);
        sheet["BRA", "position"] = "no";
        sheet["KEN", "position"] = "abstain";
        sheet["KEN", "certainty"] = "likely";
        sheet["KEN", "evidence"] = "call";
        sheet["ARG", "note"] = "said so";
        var file = sheet.Save(Habits.All[0]);
        var before = await State(app, id);
        var listening = app.Services.GetService(typeof(VoteTracker.Live.TallyCache)) as VoteTracker.Live.TallyCache;
        var mark = listening!.CommitNumber;

        using var tried = await Import(app, id, file, "?dryRun=true");
        var would = await Done(tried);

        (await State(app, id)).ShouldBe(before);
        listening.CommitNumber.ShouldBe(mark, "listeners are not notified of a dry run");
        (would.Flag("dryRun"), would.Flag("turns")).ShouldBe((true, true));
        would
            .Field("changes")!
            .AsArray()
            .Select(c =>
                $"{c!.Int("line")} {c!.Text("memberState")} "
                + string.Join(
                    ", ",
                    c!
                        .Field("fields")!
                        .AsArray()
                        .Select(f => $"{f!.Text("field")}: {f!.Text("from")} → {f!.Text("to")}")
                )
            )
            .ShouldBe([
                $"{Line("ARG")} ARG note:  → said so",
                $"{Line("BRA")} BRA position: yes → no",
                $"{Line("KEN")} KEN position: unknown → abstain, certainty:  → likely, evidence:  → call",
            ]);
        (would.Field("before")!.Flag("reached"), would.Field("after")!.Flag("reached")).ShouldBe((true, false));
        (would.Field("before")!.Int("margin"), would.Field("after")!.Int("margin")).ShouldBe((0, -3));
        using var meant = await Import(app, id, file, "?dryRun=false");
        var did = await Done(meant);
        did.Text("id").ShouldNotBeNull();
        (did["dryRun"], did["id"]) = (true, null);
        did.ToJsonString().ShouldBe(would.ToJsonString(), "a dry run shows the same changes");
        (await app.Viewer.GetJson($"/v1/resolutions/{id}/tally"))
            .ToJsonString()
            .ShouldBe(did.Field("after")!.ToJsonString());

        int Line(string iso3) => 2 + sheet.Rows.FindIndex(row => row[sheet.Header.IndexOf("iso3")] == iso3);
    }

    [Test]
    public async Task Any_CSV_with_codes_and_an_editable_column_can_be_imported()
    {
        using var app = new App();
        var id = await Campaign(app);
        var before = await LoadStances(app, id);
        using var answer = await Import(
            app,
            id,
            "Position,ISO3,reason\nno,NOR,as they said\nunknown,ARG,a mistake\nabstain,ZAF,\n"
        );
        var import = await Done(answer);
        import.Field("changes")!.AsArray().Select(c => c!.Text("memberState")).ShouldBe(["NOR", "ARG", "ZAF"]);
        var after = await LoadStances(app, id);
        after["NOR"].Text("position").ShouldBe("no");
        // The evidence of the old position is not that of the new one. Other fields keep their values; a deleted stance has none.
        (after["NOR"].Text("certainty"), after["NOR"].Text("evidence"), after["NOR"].Text("evidenceUrl")).ShouldBe(
            ("leaning", "second-hand", null)
        );
        after["NOR"].Text("note").ShouldBe(before["NOR"].Text("note"));
        foreach (var field in (string[])["certainty", "evidence", "evidenceUrl", "note"])
        {
            after["ARG"].Text(field).ShouldBeNull();
        }
        (after["ARG"].Text("position"), after["ARG"].Int("version") > before["ARG"].Int("version")).ShouldBe(
            ("unknown", true)
        );
        var history = await app.Viewer.GetItems($"/v1/resolutions/{id}/stances/NOR/history");
        (history[^1].Text("reason"), history[^1].Text("changedBy")).ShouldBe(("as they said", "coordinator"));
        (await app.Viewer.GetItems($"/v1/resolutions/{id}/stances/ARG/history"))[^1]
            .Text("reason")
            .ShouldBe("a mistake");
    }

    // Edits some cells of a row, and the stance that is expected after the import.
    private static void Edit(Random random, Sheet sheet, string iso3, JsonObject expected)
    {
        var position = expected.Text("position") switch
        {
            "yes" => "undecided",
            "unknown" => "yes",
            _ => "yes",
        };
        if (expected.Text("position") == "unknown")
        {
            (sheet[iso3, "certainty"], sheet[iso3, "evidence"]) = ("leaning", "second-hand");
            (expected["certainty"], expected["evidence"]) = ("leaning", "second-hand");
        }
        else if (random.Next(4) == 0)
        {
            sheet[iso3, "position"] = "unknown";
            expected["position"] = "unknown";
            foreach (var field in (string[])["certainty", "evidence", "evidenceUrl", "note"])
            {
                expected[field] = null;
            }
            expected.Remove("contact");
            return;
        }
        sheet[iso3, "position"] = position;
        expected["position"] = position;
        if (random.Next(2) == 0)
        {
            var note = Notes[random.Next(Notes.Length)].Trim();
            sheet[iso3, "note"] = VoteTracker.Endpoints.Tables.FreeText.Guard(note);
            expected["note"] = note;
        }
        else if (random.Next(2) == 0)
        {
            sheet[iso3, "note"] = "";
            expected["note"] = null;
        }
    }

    private static string Without(JsonObject stance, params string[] fields)
    {
        var rest = (JsonObject)stance.DeepClone();
        foreach (var field in fields)
        {
            rest.Remove(field);
        }
        // Spreadsheets change line ends in cells.
        return rest.ToJsonString().Replace("\\r\\n", "\\n", StringComparison.Ordinal);
    }
}
