using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace VoteTracker.Tests.Features.Exports;

/// <summary>A draft with one stance, whose note has characters that formats treat differently.</summary>
public abstract class ExportFixture
{
    private protected const string Note = "=HYPERLINK(\"x\"), said \"yes\";\nthen <no> & _x0041_ \u0007 é 南";

    private protected App _app = null!;
    private protected string _stances = null!;

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

    private protected async Task<SpreadsheetDocument> Sheet(string path)
    {
        using var client = _app.Viewer;
        var bytes = await client.GetByteArrayAsync(path);
        return SpreadsheetDocument.Open(new MemoryStream(bytes), isEditable: false);
    }

    private protected static List<List<Cell>> Cells(SpreadsheetDocument document)
    {
        var first = document.WorkbookPart!.Workbook.Descendants<Sheet>().First();
        var sheet = ((WorksheetPart)document.WorkbookPart.GetPartById(first.Id!.Value!)).Worksheet;
        var header = sheet.Descendants<Row>().First().Elements<Cell>().Select(ColumnOf).ToList();
        // A sheet has no empty cells: each cell has its own address.
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

    private protected static List<List<string>> Rows(SpreadsheetDocument document) =>
        [.. Cells(document).Select(row => row.ConvertAll(cell => Value(document, cell)))];

    private protected static string Value(SpreadsheetDocument document, Cell cell)
    {
        if (cell.DataType?.Value == CellValues.InlineString)
        {
            return TextOf(cell);
        }
        if (cell.CellValue is not { Text: var text })
        {
            return "";
        }
        return cell.DataType is not null || (cell.StyleIndex?.Value ?? 0) == 0
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

    private protected static string ColumnOf(Cell cell) => cell.CellReference!.Value!.TrimEnd([.. "0123456789"]);

    // As a spreadsheet reads it: _x0041_ is an A.
    private protected static string TextOf(Cell cell) =>
        System.Text.RegularExpressions.Regex.Replace(
            cell.InlineString!.InnerText,
            "_x([0-9A-Fa-f]{4})_",
            m => ((char)int.Parse(m.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()
        );

    private protected static string FormatOf(SpreadsheetDocument document, Cell cell)
    {
        var styles = document.WorkbookPart!.WorkbookStylesPart!.Stylesheet;
        var format = styles.CellFormats!.Elements<CellFormat>().ElementAt((int)cell.StyleIndex!.Value);
        return styles
            .NumberingFormats!.Elements<NumberingFormat>()
            .Single(f => f.NumberFormatId!.Value == format.NumberFormatId!.Value)
            .FormatCode!.Value!;
    }
}
