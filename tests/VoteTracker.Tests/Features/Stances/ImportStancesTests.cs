using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoteTracker.Features.Stances;
using VoteTracker.Live;

namespace VoteTracker.Tests.Features.Stances;

[EveryEngine]
public sealed class ImportStancesTests
{
    // Notes with characters that a table or a spreadsheet can change.
    private static readonly string[] Notes =
    [
        "plain",
        "=SUM(A1:A9)",
        "'=kept its own mark",
        "''@twice",
        "+47 22 24 36 00, ask for the desk",
        "-1",
        "'quoted' without a need",
        "two\nlines, and a \"quote\"",
        "a; semicolon, a comma\tand a tab",
        " spaces around ",
        "\tbegins with a tab",
        "Côte d’Ivoire · Türkiye · 南非 · 🕊",
        "ends with a line end\n",
        "yes",
        "0012",
    ];

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
        var before = await Stances(app, id);
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
        var after = await Stances(app, id);
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
        did["dryRun"] = true;
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
        var before = await Stances(app, id);
        using var answer = await Import(
            app,
            id,
            "Position,ISO3,reason\nno,NOR,they told us\nunknown,ARG,a mistake\nabstain,ZAF,\n"
        );
        var import = await Done(answer);
        import.Field("changes")!.AsArray().Select(c => c!.Text("memberState")).ShouldBe(["NOR", "ARG", "ZAF"]);
        var after = await Stances(app, id);
        after["NOR"].Text("position").ShouldBe("no");
        // Fields without a column keep their values; a deleted stance has none.
        foreach (var field in (string[])["certainty", "evidence", "evidenceUrl", "note"])
        {
            after["NOR"].Text(field).ShouldBe(before["NOR"].Text(field));
            after["ARG"].Text(field).ShouldBeNull();
        }
        (after["ARG"].Text("position"), after["ARG"].Int("version") > before["ARG"].Int("version")).ShouldBe(
            ("unknown", true)
        );
        var history = await app.Viewer.GetItems($"/v1/resolutions/{id}/stances/NOR/history");
        (history[^1].Text("reason"), history[^1].Text("changedBy")).ShouldBe(("they told us", "coordinator"));
        (await app.Viewer.GetItems($"/v1/resolutions/{id}/stances/ARG/history"))[^1]
            .Text("reason")
            .ShouldBe("a mistake");
    }

    [Test]
    public async Task A_newer_change_of_another_user_is_not_overwritten()
    {
        using var app = new App();
        var id = await Campaign(app);
        var sheet = await Export(app, id);
        // Meanwhile: NOR, which is edited here too; BRA, which is not; and KEN, just as it is edited here.
        await app.Lobbyist.RecordStance(id, "NOR", "no");
        await app.Lobbyist.RecordStance(id, "BRA", "undecided");
        await app.Lobbyist.RecordStance(id, "KEN", "abstain");
        sheet["NOR", "position"] = "abstain";
        sheet["KEN", "position"] = "abstain";
        sheet["KEN", "certainty"] = "confirmed";
        sheet["KEN", "evidence"] = "meeting";
        sheet["ZAF", "position"] = "absent";
        var before = await State(app, id);

        using var refused = await Import(app, id, sheet.Save(Habits.All[2]));
        var problem = await refused.ShouldBeProblem(409);

        problem.Text("type").ShouldBe("/problems/lines-conflict");
        var line = problem.Field("lines")!.AsArray().ShouldHaveSingleItem()!;
        (line.Text("memberState"), line.Text("why")).ShouldBe(("NOR", "moved-on"));
        line.Int("line").ShouldBe(2 + sheet.Rows.FindIndex(r => r[sheet.Header.IndexOf("iso3")] == "NOR"));
        line.Field("current")!.Text("position").ShouldBe("no");
        problem.Text("detail")!.ShouldContain("NOR");
        (await State(app, id)).ShouldBe(before, "all or nothing: ZAF neither");

        sheet["NOR", "version"] = line.Field("current")!
            .Int("version")
            .ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var mended = await Import(app, id, sheet.Save(Habits.All[2]));
        (await Done(mended))
            .Field("changes")!
            .AsArray()
            .Select(c => c!.Text("memberState"))
            .ShouldBeInAnyOrder(["NOR", "ZAF"]);
        var after = await Stances(app, id);
        after["BRA"].Text("position").ShouldBe("undecided", "a stance that was not edited keeps its newer value");
        after["NOR"].Text("position").ShouldBe("abstain");
    }

    [Test]
    public async Task A_line_without_a_version_is_compared_with_the_current_stance()
    {
        using var app = new App();
        var id = await Campaign(app);
        var sheet = await Export(app, id);
        sheet.Drop("version");
        await app.Lobbyist.RecordStance(id, "NOR", "no");
        sheet["NOR", "position"] = "abstain";
        using var answer = await Import(app, id, sheet.Save(Habits.All[0]));
        await Done(answer);
        (await Stances(app, id))["NOR"].Text("position").ShouldBe("abstain");
    }

    [Test]
    public async Task A_member_that_may_not_vote_is_in_the_table_and_cannot_be_edited()
    {
        using var app = new App();
        var id = await Campaign(app);
        using var barred = await app.Coordinator.Put(
            "/v1/member-states/NOR/ineligibility",
            new { from = "2026-11-01", reason = "article-19" }
        );
        barred.EnsureSuccessStatusCode();
        var sheet = await Export(app, id);
        sheet["NOR", "ineligible"].ShouldBe("article-19");
        using var fine = await Import(app, id, sheet.Save(Habits.All[0]));
        await Done(fine);
        sheet["NOR", "position"] = "abstain";
        sheet["ZAF", "position"] = "absent";
        var before = await State(app, id);
        using var refused = await Import(app, id, sheet.Save(Habits.All[0]), "?dryRun=true");
        var line = (await refused.ShouldBeProblem(409)).Field("lines")!.AsArray().ShouldHaveSingleItem()!;
        (line.Text("memberState"), line.Text("why")).ShouldBe(("NOR", "may-not-vote"));
        line.Text("detail")!.ShouldContain("article-19");
        (await State(app, id)).ShouldBe(before);
    }

    [Test]
    public async Task A_table_exported_by_a_viewer_deletes_no_contacts()
    {
        using var app = new App();
        var id = await Campaign(app);
        var before = await Stances(app, id);
        before["NOR"].Field("contact").ShouldNotBeNull();
        var sheet = Sheet.Open(await app.Viewer.GetStringAsync($"/v1/resolutions/{id}/export/stances.csv"));
        sheet["NOR", "contact"].ShouldBeEmpty();
        sheet["NOR", "position"] = "abstain";
        using var answer = await Import(app, id, sheet.Save(Habits.All[0]));
        (await Done(answer)).Field("changes")!.AsArray().ShouldHaveSingleItem();
        (await Stances(app, id))["NOR"].Text("contact").ShouldBe(before["NOR"].Text("contact"));
    }

    [Test]
    public async Task After_the_vote_nothing_is_imported()
    {
        using var app = new App();
        var id = await Campaign(app);
        var sheet = await Export(app, id);
        using var recorded = await app.Coordinator.Put(
            $"/v1/resolutions/{id}/roll-call?missing=non-voting",
            new { recordedOn = "2026-11-21", votes = new[] { new { memberState = "NOR", vote = "no" } } }
        );
        recorded.EnsureSuccessStatusCode();
        using var answer = await Import(app, id, sheet.Save(Habits.All[0]));
        (await answer.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/vote-is-over");
        using var nowhere = await Import(app, "nowhere", sheet.Save(Habits.All[0]));
        await nowhere.ShouldBeProblem(404);
    }

    [Test]
    public async Task Every_wrong_line_is_named_with_its_column_and_nothing_changes()
    {
        using var app = new App();
        var id = await Campaign(app);
        var other = await app.OpenDraft(symbol: "A/ES-10/L.35");
        var before = await State(app, id);
        using var answer = await Import(
            app,
            id,
            $"""
            iso3,resolution,version,position,certainty,evidence,evidence_url,note,contact,reason
            BRA,{id},,maybe,sure,rumour,javascript:alert(1),,nobody,
            XXX,{id},,yes,likely,call,,,,
            nrw,{id},,yes,likely,call,,,,
            PSE,{id},,yes,likely,call,,,,
            ,{id},,yes,likely,call,,,,
            ZAF,{other},,yes,likely,call,,,,
            FRA,{id},999999,yes,likely,call,,,,
            IND,{id},1.5,yes,likely,call,,,,
            CHE,{id},,,likely,call,,,,
            CHN,{id},,yes,,,,,,
            DNK,{id},,unknown,likely,call,,a note,,
            FIN,{id},,yes,likely,call,,{new string('x', 4_001)},,{new string('y', 1_001)}
            SWE,{id},,abstain,likely,call,,,nobody,
            SWE,{id},,yes,likely,call,,,,
            """
        );
        var problem = await answer.ShouldBeProblem(400, "lines");
        var lines = problem["errors"]!["lines"]!.AsArray().Select(l => l!.GetValue<string>()).ToList();
        lines
            .Select(l => l[..l.IndexOf(':', StringComparison.Ordinal)])
            .ShouldBe(
                [
                    "line 2, position",
                    "line 2, certainty",
                    "line 2, evidence",
                    "line 2, evidence_url",
                    "line 3, iso3",
                    "line 4, iso3",
                    "line 5, iso3",
                    "line 6, iso3",
                    "line 7, resolution",
                    "line 8, version",
                    "line 9, version",
                    "line 10, position",
                    "line 11, certainty",
                    "line 11, evidence",
                    "line 12, certainty",
                    "line 12, evidence",
                    "line 12, note",
                    "line 13, note",
                    "line 13, reason",
                    "line 14, contact",
                    "line 15, iso3",
                ],
                ignoreOrder: false,
                string.Join('\n', lines)
            );
        lines[0].ShouldContain("yes, no, abstain, absent, undecided");
        lines[^1].ShouldContain("line 14");
        (await State(app, id)).ShouldBe(before);
    }

    [AnyEngine]
    [TestCase("", "header", "iso3")]
    [TestCase("\n", "header", "iso3")]
    [TestCase("position\nyes\n", "header", "iso3")]
    [TestCase("iso3\nNOR\n", "header", "position, certainty")]
    [TestCase("iso3,vote\nNOR,yes\n", "header", "position, certainty")]
    [TestCase("iso3,position,Position\nNOR,yes,no\n", "header", "position")]
    [TestCase("NOR,yes,likely,call\n", "header", "iso3")]
    [TestCase("{\"iso3\": \"NOR\"}", "lines", "line 1")]
    [TestCase("iso3,position\nNOR,yes,likely\n", "lines", "line 2")]
    [TestCase("iso3,position\nNOR,yes\nZAF,\"yes\n", "lines", "line 3")]
    [TestCase("iso3,position\nNOR,yes\nZAF,\"yes\"x\n", "lines", "line 3")]
    [TestCase("iso3,position\nNOR,Yes\n", "lines", "line 2, position")]
    [TestCase("iso3,note\nNOR,a\0b\n", "lines", "line 2, note")]
    public async Task A_file_that_is_not_a_table_of_stances_is_rejected(string csv, string field, string named)
    {
        using var app = new App();
        var id = await Campaign(app);
        var before = await State(app, id);
        using var answer = await Import(app, id, csv);
        var problem = await answer.ShouldBeProblem(400, field);
        problem["errors"]![field]!.ToJsonString().ShouldContain(named);
        (await State(app, id)).ShouldBe(before);
    }

    [AnyEngine]
    [Test]
    public async Task A_file_that_is_not_text_is_rejected_with_advice_on_saving()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        foreach (
            var bytes in (byte[][])
                [
                    [.. "iso3,note\nNOR,caf"u8, 0xE9, (byte)'\n'],
                    [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("iso3,position\nNOR,yes\n")],
                    [0x50, 0x4B, 3, 4, 20, 0],
                ]
        )
        {
            using var answer = await Import(app, id, bytes);
            (await answer.ShouldBeProblem(400, "body"))["errors"]!["body"]!.ToJsonString().ShouldContain("CSV, UTF-8");
        }
        using var type = await Import(app, id, "iso3,position\n"u8.ToArray(), type: "application/json");
        await type.ShouldBeProblem(415);
        using var large = await Import(app, id, [.. "iso3,note\nNOR,"u8, .. Enumerable.Repeat((byte)'x', 1_100_000)]);
        await large.ShouldBeProblem(413);
        using var lines = await Import(
            app,
            id,
            "iso3,position\n" + string.Concat(Enumerable.Repeat("NOR,yes\n", 5_000))
        );
        await lines.ShouldBeProblem(400, "lines");
        using var flag = await Import(app, id, "iso3,position\nNOR,yes\n", "?dryRun=perhaps");
        await flag.ShouldBeProblem(400, "dryRun");
    }

    [Test]
    public async Task The_columns_are_those_of_the_export_and_the_reason()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var export = await Export(app, id);
        export.Header.Append("reason").ShouldBeInAnyOrder(StanceSheet.Editable.Concat(StanceSheet.Others));
        StanceContent.Columns.ShouldBe(
            typeof(StanceContent).GetProperties().Select(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name))
        );
    }

    /// <summary>Opens a draft with a baseline, notes of every kind, contacts and a deleted stance.</summary>
    private static async Task<string> Campaign(App app)
    {
        var id = await app.OpenDraft(new { baseline = "es-10-27" });
        using var added = await app.Lobbyist.Send(
            HttpMethod.Post,
            "/v1/contacts",
            new
            {
                memberState = "NOR",
                name = "Desk",
                office = "mission",
            }
        );
        var contact = (await added.Json()).Text("id");
        string[] members =
        [
            .. (await app.Anonymous.GetItems("/v1/member-states?limit=1000")).Select(m => m.Text("iso3")!),
        ];
        var first = Array.IndexOf(members, "NOR");
        foreach (var (note, i) in Notes.Select((note, i) => (note, i)))
        {
            using var answer = await app.Lobbyist.Put(
                $"/v1/resolutions/{id}/stances/{members[(first + i) % members.Length]}",
                new
                {
                    position = "yes",
                    certainty = "likely",
                    evidence = "call",
                    evidenceUrl = i % 2 == 0 ? "https://example.org/?a=1;b=2,3" : null,
                    note,
                    contact = i % 3 == 0 ? contact : null,
                }
            );
            answer.EnsureSuccessStatusCode();
        }
        await app.Lobbyist.RecordStance(id, "KEN", "no");
        using var gone = await app.Lobbyist.Send(HttpMethod.Delete, $"/v1/resolutions/{id}/stances/KEN");
        gone.EnsureSuccessStatusCode();
        return id;
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

    private static async Task<Sheet> Export(App app, string id) =>
        Sheet.Open(await app.Coordinator.GetStringAsync($"/v1/resolutions/{id}/export/stances.csv"));

    private static Task<HttpResponseMessage> Import(App app, string id, string csv, string query = "") =>
        Import(app, id, Encoding.UTF8.GetBytes(csv), query);

    private static async Task<HttpResponseMessage> Import(
        App app,
        string id,
        byte[] csv,
        string query = "",
        string type = "text/csv"
    )
    {
        using var content = new ByteArrayContent(csv);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return await app.Coordinator.PostAsync($"/v1/resolutions/{id}/stances/import{query}", content);
    }

    private static async Task<JsonNode> Done(HttpResponseMessage answer)
    {
        var json = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(200, json.ToJsonString());
        return json;
    }

    private static async Task<Dictionary<string, JsonObject>> Stances(App app, string id) =>
        (await app.Coordinator.GetItems($"/v1/resolutions/{id}/stances?limit=1000")).ToDictionary(
            s => s.Text("memberState")!,
            s => s.AsObject(),
            StringComparer.Ordinal
        );

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

    private static async Task<string> State(App app, string id) =>
        string.Join('\n', (await Stances(app, id)).Values.Select(s => s.ToJsonString()))
        + (await app.Admin.GetJson($"/v1/resolutions/{id}")).ToJsonString()
        + (await app.Viewer.GetJson($"/v1/resolutions/{id}/tally")).ToJsonString()
        + (await app.Admin.GetItems("/v1/changes?limit=1000")).Count;
}
