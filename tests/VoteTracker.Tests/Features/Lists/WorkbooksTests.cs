using VoteTracker.Tests.Endpoints.Tables;
using static VoteTracker.Tests.Features.Lists.ListRequests;
using static VoteTracker.Tests.Features.Lists.WorkbookBuilder;

namespace VoteTracker.Tests.Features.Lists;

/// <summary>Excel workbooks as lists: what is read, and what is refused.</summary>
public sealed class WorkbooksTests
{
    private static readonly string[] Header = [Text("Country"), Text("Vote"), Text("Notes")];

    [Test]
    public async Task The_last_value_of_a_formula_is_read_and_one_without_a_value_is_wrong()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var import = await app.Imported(
            OfStances(id),
            OfCells(
                "",
                Header,
                [Formula("A9", "Norway"), Formula("IF(TRUE,\"yes\",\"no\")", "yes"), Text("a")],
                // A formula in a column that is not read does not matter.
                [Text("Sweden"), Text("no"), "", Formula("1+1", null)]
            ),
            "?dryRun=true"
        );
        import
            .Changes()
            .ShouldBe([
                "2 NOR position: unknown → yes, certainty:  → leaning, evidence:  → second-hand, note:  → a",
                "3 SWE position: unknown → no, certainty:  → leaning, evidence:  → second-hand",
            ]);
        var before = await app.ReadAll(id);
        using var wrong = await app.Import(
            OfStances(id),
            OfCells(
                "",
                Header,
                [Text("Norway"), Formula("B9", null)],
                [Formula("A9", null), Text("yes")],
                [Text("Sweden"), Error("#DIV/0!"), ""],
                [Text("Denmark"), Text("yes"), Error("#REF!")]
            )
        );
        const string formula =
            "has a formula without a value: open and save the workbook in a spreadsheet program, or paste the value";
        (await wrong.WrongLines()).ShouldBe([
            $"line 2, position ('vote'): {formula}",
            $"line 3, member_state ('country'): {formula}",
            "line 4, position ('vote'): must be one of unknown, yes, no, abstain, absent, undecided; found '#DIV/0!'",
            "line 5, note ('notes'): must not be '#REF!', which programs write for a missing value; leave the cell empty",
        ]);
        (await app.ReadAll(id)).ShouldBe(before);
    }

    [Test]
    public async Task Merged_cells_that_are_read_are_wrong_and_a_heading_is_skipped()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var before = await app.ReadAll(id);
        using var wrong = await app.Import(
            OfStances(id),
            OfCells(
                "A2:C2 B3:B4 A5:A6 C7:D7",
                [.. Header, Text("Region")],
                [Text("Africa")],
                [Text("Ghana"), Text("yes")],
                [Text("Kenya"), ""],
                [Text("Egypt"), Text("no")],
                ["", Text("no")],
                [Text("Norway"), Text("no"), Text("x")]
            )
        );
        (await wrong.WrongLines()).ShouldBe([
            "line 4, position ('vote'): is one of the merged cells B3:B4: split them, and fill each cell",
            "line 6, member_state ('country'): is one of the merged cells A5:A6: split them, and fill each cell",
        ]);
        (await app.ReadAll(id)).ShouldBe(before);
    }

    [TestCase(false, "46331", "2026-11-05")]
    [TestCase(true, "44869", "2026-11-05")]
    public async Task A_date_is_read_as_a_day(bool is1904, string days, string day)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var file = new WorkbookBuilder { Is1904 = is1904 }
            .SheetOfCells(
                "List",
                "",
                [
                    [Text("State"), Text("Status"), Text("Since"), Text("Note")],
                    [Text("Norway"), Text("signed"), Number(days, Date), Number(days, CustomDate)],
                    [Text("Sweden"), Text("signed"), Text(day), Number("1.5E3")],
                ]
            )
            .Save();
        (await app.Imported($"/v1/resolutions/{id}/co-sponsors", file))
            .Changes()
            .ShouldBe([
                $"2 NOR status:  → signed, role:  → additional, since:  → {day}, note:  → {day}",
                $"3 SWE status:  → signed, role:  → additional, since:  → {day}, note:  → 1500",
            ]);
        using var wrong = await app.Import(
            $"/v1/resolutions/{id}/co-sponsors",
            OfCells("", [Text("State"), Text("Status"), Text("Since")], [Text("Kenya"), Text("signed"), Number(days)])
        );
        (await wrong.WrongLines()).ShouldBe([$"line 2, since: must be a day such as 2026-11-21; found '{days}'"]);
    }

    [Test]
    public async Task The_first_visible_sheet_is_read_and_the_others_are_named()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        string[][] list =
        [
            ["Country", "Vote"],
            ["Norway", "yes"],
        ];
        string[][] other =
        [
            ["Country", "Vote"],
            ["Sweden", "no"],
        ];
        var import = await app.Imported(
            OfStances(id),
            new WorkbookBuilder()
                .Sheet("Old", other, "hidden")
                .Sheet("Older", other, "veryHidden")
                .Sheet("Whip", list)
                .Sheet("Next <week>", other)
                .Save()
        );
        import["changes"]!.AsArray().Single()!.Text("memberState").ShouldBe("NOR");
        import["otherSheets"]!
            .AsArray()
            .Select(s => s!.GetValue<string>())
            .ShouldBe(["Old", "Older", "Next \\u003Cweek\\u003E"]);
        using var none = await app.Import(OfStances(id), new WorkbookBuilder().Sheet("Old", other, "hidden").Save());
        (await none.ShouldBeProblem(400, "body")).Text("detail")!.ShouldContain("no visible sheet");
    }

    [Test]
    public async Task A_sheet_with_more_rows_than_members_or_values_beside_the_header_is_refused()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var rows = await app.Import(
            OfStances(id),
            WorkbookBuilder.Of([
                ["Country", "Vote"],
                .. Enumerable.Range(0, 500).Select(i => new[] { $"A{i}", "yes" }),
            ])
        );
        (await rows.WrongLines()).ShouldContain("line 402: the file has more than 400 rows");
        using var surplus = await app.Import(
            OfStances(id),
            WorkbookBuilder.Of([
                ["Country", "Vote"],
                ["Norway", "yes", "", "stray"],
            ])
        );
        (await surplus.WrongLines()).ShouldBe(["line 2: has the value 'stray' outside the header's 2 columns"]);
    }

    [Test]
    public async Task A_workbook_with_gaps_rich_texts_and_escapes_is_read()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        const string rich =
            "<c t=\"inlineStr\"><is><r><t>Nor</t></r><r><rPr><b/></rPr><t>way</t></r><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh></is></c>";
        var file = OfCells(
            "",
            [],
            ["", Text(" Country "), Text("Vote"), Text("Note")],
            [],
            ["", rich, Text("Yes"), Text("a_x000D_b_x005F_x0041_")]
        );
        var import = await app.Imported(OfStances(id), file);
        import["changes"]![0]!.Int("line").ShouldBe(4);
        (await app.Lobbyist.GetJson($"{OfStances(id)}/NOR")).Text("note").ShouldBe("a\rb_x0041_");
    }
}
