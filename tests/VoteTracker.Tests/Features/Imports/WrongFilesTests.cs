using System.Text;
using static VoteTracker.Tests.Features.Imports.WrongFiles;

namespace VoteTracker.Tests.Features.Imports;

/// <summary>An error in a file is counted and listed with its lines; no line is dropped without a finding.</summary>
public sealed class WrongFilesTests
{
    [Test]
    public async Task Errors_are_listed_with_their_lines_and_the_rest_is_imported()
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
    public async Task Errors_make_a_strict_import_fail_and_nothing_changes()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        var before = DatabaseRows.Read(app);
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
        DatabaseRows.Read(app).ShouldBe(before);
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
    public async Task Bytes_that_are_not_UTF_8_are_listed()
    {
        using var app = new App();
        var file = new VotingFile();
        var line = file.Line(Text, "TUR");
        file.Lines[line - 1].ShouldContain("Ü");
        // As an older program on Windows saves it: one byte, which starts no character in UTF-8.
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
    public async Task A_resolution_with_totals_and_no_names_is_listed_and_stored_as_announced()
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
    public async Task Two_records_of_one_symbol_are_both_stored_and_listed()
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
        // The reverse order gives the same result.
        file.Lines.Reverse(1, file.Lines.Count - 1);
        (await coordinator.Imported(file)).Flag("changedNothing").ShouldBe(true);
    }

    [Test]
    public async Task Lines_of_a_resolution_need_not_be_adjacent()
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
    public async Task More_than_a_thousand_findings_of_a_kind_are_all_counted()
    {
        using var app = new App();
        var file = new VotingFile();
        file.Lines.AddRange(Enumerable.Repeat("short,line", 1_500));
        var report = await app.Coordinator.Imported(file);
        var kind = report["findings"]!.AsArray().ShouldHaveSingleItem()!;
        (kind.Text("kind"), kind.Int("count"), kind["listed"]!.AsArray().Count).ShouldBe(("wrong-value", 1_500, 1_000));
        report.Int("lines").ShouldBe(958 + 1_500);
    }
}
