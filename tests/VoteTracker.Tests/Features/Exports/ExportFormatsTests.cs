using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace VoteTracker.Tests.Features.Exports;

public sealed class ExportFormatsTests
{
    private const string Note = "=HYPERLINK(\"x\"), said \"yes\";\nthen <no> & _x0041_ \u0007 é 南";

    private App _app = null!;
    private string _stances = null!;

    [SetUp]
    public async Task SetUp()
    {
        _app = new App();
        var id = await _app.OpenDraft();
        _stances = $"/v1/resolutions/{id}/export/stances";
        using var stance = await _app.Lobbyist.Put(
            $"/v1/resolutions/{id}/stances/NOR",
            new
            {
                position = "yes",
                certainty = "likely",
                evidence = "call",
                note = Note,
            }
        );
        stance.EnsureSuccessStatusCode();
    }

    [TearDown]
    public void TearDown() => _app.Dispose();

    [Test]
    public async Task The_formats_hold_the_same_rows()
    {
        var csv = await Exported.Csv(_app.Viewer, $"{_stances}.csv");
        var json = (await _app.Viewer.GetJson($"{_stances}.json")).AsArray();
        var lines = (await _app.Viewer.GetStringAsync($"{_stances}.ndjson")).TrimEnd('\n').Split('\n');

        json.Count.ShouldBe(193);
        lines.Length.ShouldBe(193);
        foreach (var ((row, node), line) in csv.Rows.Zip(json).Zip(lines))
        {
            var fields = node!.AsObject();
            JsonNode.DeepEquals(JsonNode.Parse(line), fields).ShouldBeTrue(line);
            fields
                .Select(f => f.Value?.ToString() ?? "")
                .ShouldBe(
                    csv.Header.Select(name =>
                        name == "note" ? VoteTracker.Endpoints.Tables.FreeText.Unguard(row[name]) : row[name]
                    )
                );
        }
        json.Single(row => row!["iso3"]!.GetValue<string>() == "NOR")!["note"]!.GetValue<string>().ShouldBe(Note);
        csv.Row("iso3", "NOR")["note"].ShouldBe("'" + Note);
    }

    [TestCase("text/csv", "text/csv")]
    [TestCase("application/json", "application/json")]
    [TestCase("application/x-ndjson", "application/x-ndjson")]
    [TestCase("application/json;q=0.5, application/x-ndjson", "application/x-ndjson")]
    [TestCase("text/html, */*", "text/csv")]
    [TestCase("image/png", "text/csv")]
    [TestCase(null, "text/csv")]
    [TestCase(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )]
    public async Task Without_an_ending_the_format_is_the_one_that_is_accepted(string? accept, string answered)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _stances);
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept).ShouldBeTrue();
        }
        using var client = _app.Viewer;
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(answered);
        answer.Headers.Vary.ShouldBe(["Accept", "Authorization"]);
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
    }

    [TestCase(".exe", "format")]
    [TestCase(".CSV", "format")]
    [TestCase(".csv?asOf=2026-11-20", "asOf")]
    [TestCase(".csv?asOf=2036-11-20T00:00:00Z", "asOf")]
    [TestCase(".csv?asOf=yesterday", "asOf")]
    public async Task What_cannot_be_asked_is_a_400_that_names_it(string rest, string field)
    {
        using var answer = await _app.Viewer.GetAsync(_stances + rest);
        await answer.ShouldBeProblem(400, field);
    }

    [TestCase("stances")]
    [TestCase("breakdown")]
    [TestCase("co-sponsors")]
    [TestCase("history")]
    [TestCase("roll-call")]
    public async Task A_moment_before_the_resolution_is_a_404_and_one_to_come_a_400(string name)
    {
        var path = _stances.Replace("stances", name, StringComparison.Ordinal);
        using var before = await _app.Viewer.GetAsync($"{path}?asOf=2026-11-21T14:59:59Z");
        await before.ShouldBeProblem(404);
        using var future = await _app.Viewer.GetAsync($"{path}.json?asOf=2026-11-21T15:01:01Z");
        await future.ShouldBeProblem(400, "asOf");
        using var day = await _app.Viewer.GetAsync($"{path}.ndjson?asOf=2026-11-21");
        await day.ShouldBeProblem(400, "asOf");
    }

    [Test]
    public async Task A_table_without_rows_has_its_header()
    {
        var id = await _app.OpenDraft(symbol: "A/ES-10/L.35");
        var path = $"/v1/resolutions/{id}/export/history";
        var csv = await Exported.Csv(_app.Viewer, $"{path}.csv");
        csv.Header.Take(2).ShouldBe(["resolution", "iso3"]);
        csv.Rows.ShouldBeEmpty();
        (await _app.Viewer.GetJson($"{path}.json")).AsArray().ShouldBeEmpty();
        (await _app.Viewer.GetStringAsync($"{path}.ndjson")).ShouldBeEmpty();
        using var sheet = await Sheet($"{path}.xlsx");
        Rows(sheet).Count.ShouldBe(1);
    }

    [Test]
    public async Task HEAD_tells_what_it_would_be_and_sends_nothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, $"{_stances}.csv");
        using var client = _app.Viewer;
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Test]
    public async Task A_spreadsheet_is_valid_and_holds_the_same_as_the_csv()
    {
        var csv = await Exported.Csv(_app.Viewer, $"{_stances}.csv");
        using var document = await Sheet($"{_stances}.xlsx");

        new OpenXmlValidator().Validate(document).Select(e => $"{e.Path?.XPath} {e.Description}").ShouldBeEmpty();
        // Without a style by this name openpyxl, and so pandas, warns of each file.
        var styles = document.WorkbookPart!.WorkbookStylesPart!.Stylesheet.CellStyles!.Elements<CellStyle>();
        styles.ShouldHaveSingleItem().Name!.Value.ShouldBe("Normal");
        var sheets = document.WorkbookPart.Workbook.Descendants<Sheet>().ToList();
        sheets.Select(s => s.Name!.Value).ShouldBe(["stances", "README"]);
        var worksheet = ((WorksheetPart)document.WorkbookPart.GetPartById(sheets[0].Id!.Value!)).Worksheet;
        var pane = worksheet.Descendants<Pane>().Single();
        (pane.VerticalSplit!.Value, pane.State!.Value).ShouldBe((1, PaneStateValues.Frozen));
        worksheet.Descendants<AutoFilter>().Single().Reference!.Value.ShouldBe($"A1:T{csv.Rows.Count + 1}");
        worksheet.Descendants<CellFormula>().ShouldBeEmpty();
        // Codes such as 004 are texts on purpose, and not marked as numbers gone wrong.
        var meant = worksheet.Descendants<IgnoredError>().ShouldHaveSingleItem();
        meant.SequenceOfReferences!.InnerText.ShouldBe($"A1:T{csv.Rows.Count + 1}");
        meant.NumberStoredAsText!.Value.ShouldBeTrue();

        var rows = Rows(document);
        rows[0].ShouldBe(csv.Header);
        rows.Skip(1).Select(r => string.Join('|', r)).ShouldBe(csv.Rows.Select(r => string.Join('|', r.Values)));
    }

    [Test]
    public async Task In_a_spreadsheet_numbers_are_numbers_and_moments_moments()
    {
        using var document = await Sheet($"{_stances}.xlsx");
        var header = Rows(document)[0];
        var norway = Cells(document).Single(row => TextOf(row[1]) == "NOR");
        var version = norway[header.IndexOf("version")];
        var changedAt = norway[header.IndexOf("changed_at")];
        (version.DataType, version.CellValue!.Text).ShouldBe((null, "2"));
        changedAt.DataType.ShouldBeNull();
        DateTime
            .FromOADate(double.Parse(changedAt.CellValue!.Text, CultureInfo.InvariantCulture))
            .ShouldBe(new DateTime(2026, 11, 21, 15, 0, 0));
        FormatOf(document, changedAt).ShouldBe(@"yyyy\-mm\-dd\ hh:mm:ss");
        norway[header.IndexOf("m49")].DataType!.Value.ShouldBe(CellValues.InlineString);
        using var record = await Sheet("/v1/resolutions/es-10-27/export/roll-call.xlsx");
        var votedOn = Cells(record)[1][Rows(record)[0].IndexOf("voted_on")];
        DateTime
            .FromOADate(double.Parse(votedOn.CellValue!.Text, CultureInfo.InvariantCulture))
            .ShouldBe(new DateTime(2025, 6, 12));
        FormatOf(record, votedOn).ShouldBe(@"yyyy\-mm\-dd");
    }

    [Test]
    public async Task The_readme_of_a_spreadsheet_describes_every_column()
    {
        using var document = await Sheet($"{_stances}.xlsx");
        var readme = (WorksheetPart)
            document.WorkbookPart!.GetPartById(document.WorkbookPart.Workbook.Descendants<Sheet>().Last().Id!.Value!);
        var rows = readme
            .Worksheet.Descendants<Row>()
            .Select(row => row.Elements<Cell>().Select(TextOf).ToList())
            .SkipWhile(row => row is not ["column", ..])
            .Skip(1)
            .ToList();
        rows.Select(row => row[0]).ShouldBe(Rows(document)[0]);
        rows.ShouldAllBe(row => row[5].Length > 0);
        rows.Single(row => row[0] == "position")[2].ShouldBe("unknown, yes, no, abstain, absent, undecided");
    }

    private async Task<SpreadsheetDocument> Sheet(string path)
    {
        using var client = _app.Viewer;
        var bytes = await client.GetByteArrayAsync(path);
        return SpreadsheetDocument.Open(new MemoryStream(bytes), isEditable: false);
    }

    private static List<List<Cell>> Cells(SpreadsheetDocument document)
    {
        var first = document.WorkbookPart!.Workbook.Descendants<Sheet>().First();
        var sheet = ((WorksheetPart)document.WorkbookPart.GetPartById(first.Id!.Value!)).Worksheet;
        var header = sheet.Descendants<Row>().First().Elements<Cell>().Select(ColumnOf).ToList();
        // An empty cell is not there: every cell says where it stands.
        return
        [
            .. sheet
                .Descendants<Row>()
                .Select(
                    (row, i) =>
                    {
                        row.RowIndex!.Value.ShouldBe((uint)i + 1);
                        var cells = row.Elements<Cell>().ToDictionary(ColumnOf);
                        return header.ConvertAll(column => cells.GetValueOrDefault(column) ?? new Cell());
                    }
                ),
        ];
    }

    private static List<List<string>> Rows(SpreadsheetDocument document) =>
        [.. Cells(document).Select(row => row.ConvertAll(cell => Value(document, cell)))];

    private static string Value(SpreadsheetDocument document, Cell cell)
    {
        if (cell.DataType?.Value == CellValues.InlineString)
        {
            return TextOf(cell);
        }
        if (cell.CellValue is not { Text: var text })
        {
            return "";
        }
        return (cell.StyleIndex?.Value ?? 0) == 0
            ? text
            : DateTime
                .FromOADate(double.Parse(text, CultureInfo.InvariantCulture))
                .ToString(
                    FormatOf(document, cell).Contains("hh", StringComparison.Ordinal)
                        ? "yyyy-MM-dd'T'HH:mm:ss'Z'"
                        : "yyyy-MM-dd",
                    CultureInfo.InvariantCulture
                );
    }

    private static string ColumnOf(Cell cell) => cell.CellReference!.Value!.TrimEnd([.. "0123456789"]);

    // As a spreadsheet reads it: _x0041_ is an A.
    private static string TextOf(Cell cell) =>
        System.Text.RegularExpressions.Regex.Replace(
            cell.InlineString!.InnerText,
            "_x([0-9A-Fa-f]{4})_",
            m => ((char)int.Parse(m.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()
        );

    private static string FormatOf(SpreadsheetDocument document, Cell cell)
    {
        var styles = document.WorkbookPart!.WorkbookStylesPart!.Stylesheet;
        var format = styles.CellFormats!.Elements<CellFormat>().ElementAt((int)cell.StyleIndex!.Value);
        return styles
            .NumberingFormats!.Elements<NumberingFormat>()
            .Single(f => f.NumberFormatId!.Value == format.NumberFormatId!.Value)
            .FormatCode!.Value!;
    }
}
