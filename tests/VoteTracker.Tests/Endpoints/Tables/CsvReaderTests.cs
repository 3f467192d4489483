using System.Text;
using System.Text.Json.Nodes;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Features.Imports;

namespace VoteTracker.Tests.Endpoints.Tables;

/// <summary>Stances, roll calls and the Library's file are read with the same tolerances.</summary>
public sealed class CsvReaderTests
{
    // Changes of a file by programs and people that keep its meaning.
    private static readonly Habit[] Habits =
    [
        new("as it is", file => file),
        new("semicolons", file => file with { Separator = ';' }),
        new("tabs", file => file with { Separator = '\t' }),
        new("bars", file => file with { Separator = '|' }),
        new("line feeds", file => file with { LineEnd = "\n" }),
        new("carriage returns", file => file with { LineEnd = "\r" }),
        new("byte order mark", file => file with { Before = "\uFEFF" }),
        new("sep line", file => file with { Separator = ';', Before = "sep=;\r\n" }),
        new("sep line in quotes", file => file with { Separator = ';', Before = "\"sep=;\"\r\n" }),
        new("sep line with empty cells", file => file with { Separator = ';', Before = "sep=;;;;\r\n" }),
        new("sep line in capitals after a mark", file => file with { Separator = '\t', Before = "\uFEFFSEP=\t\r\n" }),
        new("sep line of an earlier save", file => file with { Before = "\"sep=;\",,\r\n" }),
        new("blank rows above", file => file with { Before = ",,\r\n\r\n" }),
        new("blank rows below", file => file with { After = ",,,\r\n\r\n , \r\n\u00A0,\r\n" }),
        new("everything quoted", file => file with { QuotesAll = true }),
        new("blanks around", file => file.Each((_, cell) => $" {cell}  ")),
        new("blanks in quotes", file => file.Each((_, cell) => $" {cell} ") with { QuotesAll = true }),
        new("no-break spaces around", file => file.Each((_, cell) => $"\u00A0{cell}\u202F")),
        new("zero-width characters around", file => file.Each((_, cell) => $"\u200B{cell}\uFEFF\u2060")),
        new("header in capitals", file => file.Each((row, cell) => row == 0 ? cell.ToUpperInvariant() : cell)),
        new(
            "a column of row numbers without a name",
            file => file.EachRow((row, cells) => [row == 0 ? "" : $"{row}", .. cells])
        ),
        new(
            "a column of row numbers",
            file => file.EachRow((row, cells) => [row == 0 ? "Unnamed: 0" : $"{row}", .. cells])
        ),
        new("empty columns", file => file.EachRow((_, cells) => [.. cells, "", ""])),
        new("one empty cell more in each row", file => file.EachRow((row, cells) => row == 0 ? cells : [.. cells, ""])),
        new(
            "empty cells cut off",
            file =>
                file.EachRow((row, cells) => row == 0 ? cells : cells.Reverse().SkipWhile(c => c.Length == 0).Reverse())
        ),
        new(
            "whole numbers as floating point",
            file => file.Each((_, cell) => cell.Length > 0 && cell.All(char.IsAsciiDigit) ? $"{cell}.0" : cell)
        ),
    ];

    [Test]
    public async Task Stances_are_read_from_the_files_of_any_program()
    {
        using var app = new App();
        var drafts = 0;
        await Each.Run(
            Habits,
            async habit =>
            {
                var id = await app.OpenDraft(symbol: $"A/ES-10/T.{++drafts}");
                var version = (await app.Lobbyist.RecordStance(id, "NOR", "no")).Int("version");
                var csv = CsvFile.Parse(
                    $"iso3,m49,version,position,certainty,evidence,note\nNOR,578,{version},yes,likely,call,\nKEN,404,0,abstain,leaning,meeting,\n"
                );
                using var answer = await app.Coordinator.ImportStances(id, habit.Save(csv).Bytes);
                var import = await Ok(answer, 200);
                import["changes"]!.AsArray().Select(c => c!.Text("memberState")).ShouldBe(["NOR", "KEN"]);
                Names(import).ShouldBe(RowNumbers(habit.Name));
                var tally = await app.Viewer.GetJson($"/v1/resolutions/{id}/tally");
                (tally.Int("yes"), tally.Int("no"), tally.Int("abstain")).ShouldBe((1, 0, 1));
            }
        );
    }

    [Test]
    public async Task A_roll_call_is_read_from_the_files_of_any_program()
    {
        using var app = new App();
        var drafts = 0;
        await Each.Run(
            Habits,
            async habit =>
            {
                var id = await app.OpenDraft(symbol: $"A/ES-10/T.{++drafts}");
                var csv = CsvFile.Parse("iso3,m49,vote,intended\nNOR,578,yes,\nSWE,752,no,yes\nDNK,208,abstain,\n");
                using var answer = await app.Coordinator.PutRollCall(id, habit.Save(csv).Bytes);
                var rollCall = await Ok(answer, 201);
                rollCall["totals"]!.ToJsonString().ShouldBe("""{"yes":1,"no":1,"abstain":1,"nonVoting":190}""");
                Names(rollCall).ShouldBe(RowNumbers(habit.Name));
            }
        );
    }

    [Test]
    public async Task The_Librarys_file_is_read_from_any_program()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        var file = new VotingFile().Only("A/RES/78/7");
        var plain = CsvFile.Parse(file.Text);
        await Each.Run(
            Habits,
            async habit =>
            {
                // Strict: none of these changes is a fault.
                var import = await coordinator.Import(habit.Save(plain).Bytes, "?strict=true");
                import.Text("status").ShouldBe("done", import.ToJsonString());
                var report = import["report"]!;
                (report.Int("texts"), report.Int("votes")).ShouldBe((1, file.Lines.Count - 1));
                report["findings"]!.AsArray().ShouldBeEmpty();
                Names(report).ShouldBe(RowNumbers(habit.Name));
                // The content is the same in each form: after the first import nothing changes.
                report.Flag("changedNothing").ShouldBe(habit.Name != "as it is");
            }
        );
    }

    [Test]
    public async Task Unknown_columns_are_ignored_and_listed_with_the_closest_name()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var stances = await app.Coordinator.ImportStances(
            id,
            "iso3,position,certainty,evidence,nots,mood,nots\nNOR,yes,likely,call,x,y,z\n"
        );
        Ignored(await Ok(stances, 200)).ShouldBe(["nots > note", "mood > "]);
        using var rollCall = await app.Coordinator.PutRollCall(
            id,
            "iso3,vote,intention,intendet\nNOR,yes,no,no\n"u8.ToArray()
        );
        Ignored(await Ok(rollCall, 201)).ShouldBe(["intention > ", "intendet > intended"]);
        var again = await app.Anonymous.GetJson($"/v1/resolutions/{id}/roll-call");
        again.AsObject().ContainsKey("ignoredColumns").ShouldBeFalse("only the response to a file has it");
        var file = CsvFile.Parse(new VotingFile().Only("A/RES/78/7").Text);
        var import = await app.Coordinator.Import(
            file.Each((row, cell) => row == 0 && cell == "vote_note" ? "vote_notes" : cell).Bytes
        );
        Ignored(import["report"]!).ShouldBe(["vote_notes > vote_note"]);
        import["report"]!["columnsIgnored"]!.ToJsonString().ShouldBe("""["vote_notes"]""");
    }

    [Test]
    public async Task A_media_type_with_only_the_same_beginning_and_another_charset_are_a_415()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await Each.Run(
            (string[])["text/csv-schema", "text/csvx", "text/csv; charset=iso-8859-1", "text/csv; charset=\"utf-16\""],
            async type =>
            {
                using var stances = await app.Coordinator.ImportStances(id, "iso3,position\n"u8.ToArray(), type: type);
                await stances.ShouldBeProblem(415);
                using var rollCall = await app.Coordinator.PutRollCall(id, "iso3,vote\n"u8.ToArray(), type: type);
                await rollCall.ShouldBeProblem(415);
                using var content = new ByteArrayContent(new VotingFile().Bytes);
                content.Headers.TryAddWithoutValidation("Content-Type", type).ShouldBeTrue();
                using var library = await app.Coordinator.PostAsync("/v1/imports/roll-calls", content);
                await library.ShouldBeProblem(415);
            }
        );
        foreach (
            var type in (string[])["text/csv; charset=UTF-8", "TEXT/CSV;header=present", "text/csv; charset=\"utf-8\""]
        )
        {
            using var taken = await app.Coordinator.ImportStances(
                id,
                "iso3,position\nNOR,unknown\n"u8.ToArray(),
                type: type
            );
            await Ok(taken, 200);
        }
    }

    [TestCase("", "is empty; the first row must name the columns, such as iso3, vote, intended")]
    [TestCase("\n,,\n", "is empty; the first row must name the columns, such as iso3, vote, intended")]
    [TestCase("iso3,wote\nKEN,yes\n", "must have the column vote; found 'wote'")]
    [TestCase("iso3,foo\nKEN,yes\n", "must have the column vote")]
    [TestCase("vote\nyes\n", "must have the column iso3")]
    public async Task One_fault_of_a_header_gives_one_message(string csv, string message)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var answer = await app.Coordinator.PutRollCall(id, Encoding.UTF8.GetBytes(csv));
        (await answer.ShouldBeProblem(400, "header"))["errors"]!["header"]!
            .AsArray()
            .Select(m => m!.GetValue<string>())
            .ShouldBe([message]);
    }

    private static string[] RowNumbers(string habit) =>
        habit switch
        {
            "a column of row numbers without a name" => [""],
            "a column of row numbers" => ["unnamed: 0"],
            _ => [],
        };

    private static IEnumerable<string?> Names(JsonNode json) =>
        json["ignoredColumns"]!.AsArray().Select(c => c!.Text("column"));

    private static IEnumerable<string> Ignored(JsonNode json) =>
        json["ignoredColumns"]!.AsArray().Select(c => $"{c!.Text("column")} > {c!.Text("closest")}");

    private static async Task<JsonNode> Ok(HttpResponseMessage answer, int status)
    {
        var json = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(status, json.ToJsonString());
        return json;
    }

    private sealed record Habit(string Name, Func<CsvFile, CsvFile> Save)
    {
        public override string ToString() => Name;
    }
}
