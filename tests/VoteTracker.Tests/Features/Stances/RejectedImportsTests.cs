using System.Text;
using System.Text.Json;
using VoteTracker.Features.Assignments;
using VoteTracker.Features.Stances;
using static VoteTracker.Tests.Features.Stances.StanceImports;

namespace VoteTracker.Tests.Features.Stances;

/// <summary>A wrong table of stances is rejected with its lines and columns, and changes nothing.</summary>
[EveryEngine]
public sealed class RejectedImportsTests
{
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
            BRA,{id},,TRUE,very,gossip,javascript:alert(1),,nobody,
            XXX,{id},,yes,likely,call,,,,
            nrw,{id},,yes,likely,call,,,,
            PSE,{id},,yes,likely,call,,,,
            ,{id},,yes,likely,call,,,,
            ZAF,{other},,yes,likely,call,,,,
            FRA,{id},999999,yes,likely,call,,,,
            IND,{id},1.5,yes,likely,call,,,,
            CHE,{id},,perhaps so,likely,call,,,,
            CHN,{id},,no,,,,,,
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
    [TestCase("iso3,vote_undl\nNOR,yes\n", "header", "position, certainty")]
    [TestCase("iso3,position,Position\nNOR,yes,no\n", "header", "position")]
    [TestCase("NOR,yes,likely,call\n", "header", "iso3")]
    [TestCase("{\"iso3\": \"NOR\"}", "lines", "line 1")]
    [TestCase("iso3,position\nNOR,yes,likely\n", "lines", "line 2")]
    [TestCase("iso3,position\nNOR,yes\nZAF,\"yes\n", "lines", "line 3")]
    [TestCase("iso3,position\nNOR,yes\nZAF,\"yes\"x\n", "lines", "line 3")]
    [TestCase("iso3,position\nNOR,true\n", "lines", "line 2, position")]
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
        export
            .Header.Append("reason")
            .ShouldBeInAnyOrder(StanceSheet.Editable.Concat(StanceSheet.Others).Append(AssignmentEdits.Column));
        StanceContent.Columns.ShouldBe(
            typeof(StanceContent).GetProperties().Select(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name))
        );
    }
}
