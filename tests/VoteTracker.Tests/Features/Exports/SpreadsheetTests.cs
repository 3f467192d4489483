using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace VoteTracker.Tests.Features.Exports;

/// <summary>A table as a spreadsheet.</summary>
public sealed class SpreadsheetTests : ExportFixture
{
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
        worksheet.Descendants<AutoFilter>().Single().Reference!.Value.ShouldBe($"A1:X{csv.Rows.Count + 1}");
        worksheet.Descendants<CellFormula>().ShouldBeEmpty();
        // Codes such as 004 are text on purpose, and have no warning of a number stored as text.
        var meant = worksheet.Descendants<IgnoredError>().ShouldHaveSingleItem();
        meant.SequenceOfReferences!.InnerText.ShouldBe($"A1:X{csv.Rows.Count + 1}");
        meant.NumberStoredAsText!.Value.ShouldBeTrue();

        var rows = Rows(document);
        // The spreadsheet also has the names of the states.
        var name = rows[0].IndexOf("name");
        rows.ForEach(row => row.RemoveAt(name));
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
}
