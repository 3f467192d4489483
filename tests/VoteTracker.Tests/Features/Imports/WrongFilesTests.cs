using System.Text;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.Imports;

/// <summary>What is wrong with a file is counted and listed with its lines, or makes it no file at all; never dropped unseen.</summary>
public sealed class WrongFilesTests
{
    private const string Text = "A/RES/78/6";

    // What is done to a file, and what is said of it.
    private static readonly (string Kind, Func<VotingFile, string[]> Do)[] Wrongs =
    [
        (
            "totals-differ",
            file =>
                [
                    $"{FirstOf(file)}: the names add up to 114-7-31-41 of 193, the totals are 115-6-31-41 of 193",
                    .. Nothing(file.Vote(Text, "NOR", "N")),
                ]
        ),
        (
            "unknown-member",
            file =>
            {
                var line = file.Line(Text, "NOR");
                file.Change(line, ",NOR,", ",XXX,");
                return [$"{line}: no member has or had the code 'XXX'", Differs(file, "114-6-31-41 of 192")];
            }
        ),
        (
            "unknown-vote",
            file =>
            {
                var line = file.Vote(Text, "NOR", "y");
                return [$"{line}: ms_vote 'y' must be Y, N, A, X or empty", Differs(file, "114-6-31-41 of 192")];
            }
        ),
        (
            "named-twice",
            file =>
            {
                file.Lines.Add(file.Lines[file.Line(Text, "NOR") - 1]);
                return [$"{file.Lines.Count}: NOR is named twice for this resolution"];
            }
        ),
        (
            "fields-differ",
            file =>
            {
                var line = file.Line(Text, "NOR");
                file.Change(line, "2023-11-01", "2023-11-02");
                return [$"{line}: date: differs from line {FirstOf(file)}, which is saved"];
            }
        ),
        (
            "wrong-date",
            file =>
            {
                var line = file.Line(Text, "NOR");
                file.Change(line, "2023-11-01", "31/12/2023");
                return
                [
                    $"{line}: date '31/12/2023' must be a day such as 2023-12-31",
                    Differs(file, "114-6-31-41 of 192"),
                ];
            }
        ),
        (
            "wrong-date",
            file =>
            {
                var line = file.Line(Text, "NOR");
                file.Change(line, "2023-11-01", "2026-11-22");
                return [$"{line}: date 2026-11-22 must be from 1945 to today", Differs(file, "114-6-31-41 of 192")];
            }
        ),
        (
            "wrong-value",
            file =>
            {
                var line = file.Line(Text, "NOR");
                file.Change(line, ",78,A/RES", ",seventy-eight,A/RES");
                return
                [
                    $"{line}: session must be such as 78, S-10 or ES-10; found 'seventy-eight'",
                    Differs(file, "114-6-31-41 of 192"),
                ];
            }
        ),
        (
            "wrong-value",
            file =>
            {
                var line = file.Line(Text, "NOR");
                file.Change(line, ",115,6,31,41,193,", ",115,six,31,41,193,");
                return
                [
                    $"{line}: total_no must be a whole number up to 1,000, or empty; found 'six'",
                    Differs(file, "114-6-31-41 of 192"),
                ];
            }
        ),
        (
            "field-count",
            file =>
            {
                var line = file.Line(Text, "NOR");
                file.Lines[line - 1] += ",more";
                return [$"{line}: the line has 21 fields, the header 20", Differs(file, "114-6-31-41 of 192")];
            }
        ),
        (
            "wrong-value",
            file =>
            {
                var line = file.Line(Text, "NOR");
                file.Lines[line - 1] = "Total";
                return
                [
                    $"{line}: undl_id must be the number of a record; found 'Total'",
                    Differs(file, "114-6-31-41 of 192"),
                ];
            }
        ),
        (
            "damaged-text",
            file =>
            {
                var line = file.Line(Text, "TUR");
                file.Change(line, "TÜRKİYE", "TÃœRKÄ°YE");
                return
                [
                    $"{line}: ms_name 'TÃœRKÄ°YE' was damaged by a wrong encoding",
                    Differs(file, "115-6-31-40 of 192"),
                ];
            }
        ),
        (
            "damaged-text",
            file =>
            {
                // The last column but one is that of the notes, which is empty.
                var line = file.Line(Text, "NOR");
                var note = Array.IndexOf(file.Header, "vote_note");
                var fields = file.Lines[line - 1].Split(',').ToList();
                var at = fields.Count - (file.Header.Length - note);
                fields[at].ShouldBeEmpty();
                fields[at] = "NA";
                file.Lines[line - 1] = string.Join(',', fields);
                return
                [
                    $"{line}: vote_note must not be 'NA', which programs write for a missing value; leave the cell empty",
                    Differs(file, "114-6-31-41 of 192"),
                ];
            }
        ),
        (
            "truncated",
            file =>
            {
                file.Only(Text);
                file.Lines[^1] = file.Lines[^1][..30];
                file.LastEnd = "";
                return
                [
                    $"{file.Lines.Count}: the line has 5 fields, the header 20",
                    Differs(file, "115-6-31-40 of 192"),
                ];
            }
        ),
        (
            "truncated",
            file =>
            {
                file.Only(Text);
                file.Lines[^1] = file.Lines[^1][..^3];
                file.LastEnd = "";
                return
                [
                    $"{file.Lines.Count}: the line ends in the middle: undl_link",
                    Differs(file, "115-6-31-40 of 192"),
                ];
            }
        ),
        (
            "not-well-formed",
            file =>
            {
                var line = file.Line(Text, "NOR");
                file.Change(line, "NORWAY", "\"NOR\"WAY");
                return
                [
                    $"{line}: the line's quotes are not those of CSV (RFC 4180)",
                    Differs(file, "114-6-31-41 of 192"),
                ];
            }
        ),
    ];

    [Test]
    public async Task What_is_wrong_is_listed_with_its_line_and_the_rest_is_imported()
    {
        foreach (var (kind, does) in Wrongs)
        {
            using var app = new App();
            var file = new VotingFile();
            var expected = does(file);
            var report = await app.Coordinator.Imported(file);
            var findings = report.Findings();
            findings.ShouldContain($"{kind} {expected[0]}");
            findings
                .Where(f => f != $"{kind} {expected[0]}")
                .ShouldBe(expected.Skip(1).Select(e => $"totals-differ {e}"), kind);
            (await app.Anonymous.GetJson("/v1/resolutions/78-6/tally")).Text("basis").ShouldBe("recorded-votes", kind);
            report["findings"]!.AsArray().Single(f => f!.Text("kind") == kind)!.Int("count").ShouldBe(1);
        }
        Wrongs.Length.ShouldBeGreaterThan(10);
    }

    [Test]
    public async Task What_is_wrong_makes_a_strict_import_fail_and_nothing_is_changed()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        var before = Database.Open(app);
        foreach (var (kind, does) in Wrongs)
        {
            var file = new VotingFile();
            var expected = does(file);
            var import = await coordinator.Import(file.Bytes, "?strict=true");
            import.Text("status").ShouldBe("failed", kind);
            import.Flag("strict").ShouldBe(true);
            var report = import["report"]!;
            report.Flag("changedNothing").ShouldBe(true);
            report.Text("summary")!.ShouldStartWith("Nothing was changed. The import is strict");
            report.Findings().ShouldContain($"{kind} {expected[0]}");
        }
        Database.Open(app).ShouldBe(before);
        (await coordinator.Import(new VotingFile().Bytes, "?strict=true")).Text("status").ShouldBe("done");
    }

    [Test]
    public async Task A_file_that_was_imported_before_is_still_wrong_to_a_strict_import()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        var file = new VotingFile();
        file.Vote(Text, "NOR", "?");
        await coordinator.Imported(file);
        var import = await coordinator.Import(file.Bytes, "?strict=true");
        import.Text("status").ShouldBe("failed");
        import["report"]!.Findings().Count.ShouldBe(2);
    }

    [Test]
    public async Task Bytes_that_are_no_UTF_8_are_listed()
    {
        using var app = new App();
        var file = new VotingFile();
        var line = file.Line(Text, "TUR");
        file.Lines[line - 1].ShouldContain("Ü");
        // As an older program on Windows saves it: one byte, which is the start of no letter in UTF-8.
        var bytes = Encoding.Latin1.GetBytes(file.Lines[line - 1]);
        byte[] all =
        [
            .. Encoding.UTF8.GetBytes(string.Join("\r\n", file.Lines.Take(line - 1)) + "\r\n"),
            .. bytes,
            .. Encoding.UTF8.GetBytes("\r\n" + string.Join("\r\n", file.Lines.Skip(line)) + "\r\n"),
        ];
        var report = (await app.Coordinator.Import(all))["report"]!;
        report.Findings().ShouldContain($"not-utf8 {line}: the line is not UTF-8");
        report.Findings().Count.ShouldBe(2, "and that the names of the resolution do not add up to its totals");
    }

    [Test]
    public async Task A_text_with_totals_and_no_names_is_listed_and_kept_as_announced()
    {
        using var app = new App();
        var file = new VotingFile();
        for (var i = 2; i <= file.Lines.Count; i++)
        {
            if (file.Lines[i - 1].Contains($",{Text},", StringComparison.Ordinal))
            {
                file.Vote(Text, file.Lines[i - 1].Split(',')[1], "X");
            }
        }
        var report = await app.Coordinator.Imported(file);
        report
            .Findings()
            .ShouldBe([
                $"no-names {FirstOf(file)}: the totals are 115-6-31-41 of 193, and no name voted; the totals are saved as announced",
            ]);
        var tally = await app.Anonymous.GetJson("/v1/resolutions/78-6/tally");
        (tally.Text("basis"), tally.Int("yes"), tally.Int("no")).ShouldBe(("announced", 115, 6));
        var rollCall = await app.Anonymous.GetJson("/v1/resolutions/78-6/roll-call");
        rollCall["votes"]!.AsArray().ShouldBeEmpty();
        rollCall.Field("totals").ShouldBeNull();
    }

    [Test]
    public async Task Two_records_of_one_symbol_are_both_kept_and_listed()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        var file = new VotingFile();
        var number = file.Lines[file.Line("A/RES/78/7", "NOR") - 1].Split(',')[0];
        for (var i = 2; i <= file.Lines.Count; i++)
        {
            if (file.Lines[i - 1].Contains(",A/RES/78/7,", StringComparison.Ordinal))
            {
                file.Change(i, ",A/RES/78/7,", $",{Text},");
            }
        }
        var report = await coordinator.Imported(file);
        report.Findings().ShouldHaveSingleItem().ShouldContain("another record has the symbol 'A/RES/78/6' too");
        (await app.Anonymous.GetJson("/v1/resolutions/78-6/tally")).Int("yes").ShouldBe(115);
        (await app.Anonymous.GetJson($"/v1/resolutions/78-6-{number}/tally")).Int("yes").ShouldBe(187);
        // The other way round it is the same again.
        file.Lines.Reverse(1, file.Lines.Count - 1);
        (await coordinator.Imported(file)).Flag("changedNothing").ShouldBe(true);
    }

    [Test]
    public async Task Lines_of_a_text_may_stand_apart()
    {
        using var app = new App();
        var file = new VotingFile();
        var sorted = file.Lines.Skip(1).OrderBy(l => l.Split(',')[1], StringComparer.Ordinal).ToList();
        file.Lines.RemoveRange(1, file.Lines.Count - 1);
        file.Lines.AddRange(sorted);
        var report = await app.Coordinator.Imported(file);
        report["findings"]!.AsArray().ShouldBeEmpty();
        (report.Int("texts"), report.Int("votes")).ShouldBe((5, 957));
    }

    [Test]
    public async Task More_than_a_thousand_of_a_kind_are_all_counted()
    {
        using var app = new App();
        var file = new VotingFile();
        file.Lines.AddRange(Enumerable.Repeat("short,line", 1_500));
        var report = await app.Coordinator.Imported(file);
        var kind = report["findings"]!.AsArray().ShouldHaveSingleItem()!;
        (kind.Text("kind"), kind.Int("count"), kind["listed"]!.AsArray().Count).ShouldBe(("wrong-value", 1_500, 1_000));
        report.Int("lines").ShouldBe(958 + 1_500);
    }

    [Test]
    public async Task A_file_of_which_no_line_can_be_used_fails()
    {
        using var app = new App();
        var file = new VotingFile();
        for (var i = 2; i <= file.Lines.Count; i++)
        {
            var fields = file.Lines[i - 1].Split(',', 6);
            fields[4] = "31/12/2023";
            file.Lines[i - 1] = string.Join(',', fields);
        }
        // The start of the app writes to the database, too.
        using var coordinator = app.Coordinator;
        var before = Database.Open(app);
        var import = await coordinator.Import(file.Bytes);
        import.Text("status").ShouldBe("failed");
        import["report"]!.Text("summary").ShouldBe("Nothing was changed. No line of the file could be used.");
        import["report"]!["findings"]![0]!.Int("count").ShouldBe(957);
        Database.Open(app).ShouldBe(before);

        var header = await app.Coordinator.Import(Encoding.UTF8.GetBytes(file.Lines[0] + "\r\n"));
        header.Text("status").ShouldBe("failed");
    }

    [TestCase("", "The file is empty.")]
    [TestCase("\u0001\u0002 no table", "has none of the columns undl_id, ms_code, ms_name")]
    [TestCase("{\"votes\": []}", "has none of the columns undl_id, ms_code, ms_name")]
    [TestCase("PK\u0003\u0004 and so on", "is a zip archive; extract it")]
    public async Task What_is_no_such_file_is_refused_at_once(string file, string says)
    {
        using var app = new App();
        using var answer = await app.Coordinator.SendFile(
            Encoding.UTF8.GetBytes(file),
            type: "application/octet-stream"
        );
        var problem = await answer.ShouldBeProblem(400, "body");
        problem.Text("detail")!.ShouldContain(says);
        // The turn is given back.
        (await app.Coordinator.Import(new VotingFile().Bytes))
            .Text("status")
            .ShouldBe("done");
    }

    [Test]
    public async Task A_column_that_is_missing_or_there_twice_is_named()
    {
        using var app = new App();
        foreach (var column in new VotingFile().Header.Where(c => c != "vote_note"))
        {
            var file = new VotingFile();
            file.Lines[0] = string.Join(',', file.Header.Select(c => c == column ? "other" : c));
            using var answer = await app.Coordinator.SendFile(file.Bytes);
            (await answer.ShouldBeProblem(400, "body"))
                .Text("detail")!
                .ShouldContain($"The file lacks the column {column}.");
        }
        var twice = new VotingFile();
        twice.Lines[0] = twice.Lines[0].Replace("vote_note", "ms_code", StringComparison.Ordinal);
        using var refused = await app.Coordinator.SendFile(twice.Bytes);
        (await refused.ShouldBeProblem(400, "body"))
            .Text("detail")!
            .ShouldContain("has the column ms_code more than once");
    }

    [Test]
    public async Task A_line_over_the_limit_ends_the_import_and_names_the_line()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        var before = Database.Open(app);
        foreach (var start in (string[])["", "\""])
        {
            var file = new VotingFile();
            file.Lines.Insert(10, start + new string('x', 3_000_000));
            var import = await coordinator.Import(file.Bytes);
            import.Text("status").ShouldBe("failed");
            import["report"]!
                .Text("summary")!
                .ShouldStartWith("Nothing was changed. Line 11 is longer than 1,048,576 bytes");
        }
        // A gigabyte in one line is a few megabytes when packed.
        var part = VotingFile.Pack(Encoding.UTF8.GetBytes(new string('x', 1 << 20)));
        byte[] head = VotingFile.Pack(Encoding.UTF8.GetBytes(new VotingFile().Lines[0] + "\r\n"));
        var gigabyte = await coordinator.Import([.. head, .. Enumerable.Repeat(part, 1_024).SelectMany(p => p)]);
        gigabyte["report"]!
            .Text("summary")!
            .ShouldStartWith("Nothing was changed. Line 2 is longer than 1,048,576 bytes");
        using var header = await coordinator.SendFile(Encoding.UTF8.GetBytes(new string('x', 3_000_000)));
        await header.ShouldBeProblem(400, "body");
        Database.Open(app).ShouldBe(before);
    }

    [Test]
    public async Task Gzip_that_is_damaged_or_ends_in_the_middle_is_refused_and_nothing_is_changed()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        var before = Database.Open(app);
        var packed = new VotingFile().Packed;
        foreach (var length in (int[])[packed.Length - 4, packed.Length - 2_000])
        {
            var import = await coordinator.Import(packed[..length]);
            import.Text("status").ShouldBe("failed");
            import["report"]!.Text("summary")!.ShouldContain("The gzip data are truncated");
        }
        packed[packed.Length / 2] ^= 0x55;
        var damaged = await coordinator.Import(packed);
        damaged.Text("status").ShouldBe("failed");
        damaged["report"]!.Text("summary")!.ShouldMatch("gzip data are (damaged|truncated)");
        using var nothing = await coordinator.SendFile([0x1f, 0x8b]);
        await nothing.ShouldBeProblem(400, "body");
        Database.Open(app).ShouldBe(before);
    }

    [Test]
    public async Task Strict_is_true_or_false()
    {
        using var app = new App();
        using var answer = await app.Coordinator.SendFile(new VotingFile().Bytes, "?strict=yes");
        await answer.ShouldBeProblem(400, "strict");
    }

    private static int FirstOf(VotingFile file) =>
        file.Lines.FindIndex(l => l.Contains($",{Text},", StringComparison.Ordinal)) + 1;

    private static string Differs(VotingFile file, string names) =>
        $"{FirstOf(file)}: the names add up to {names}, the totals are 115-6-31-41 of 193";

    private static string[] Nothing(int line)
    {
        line.ShouldBeGreaterThan(1);
        return [];
    }
}
