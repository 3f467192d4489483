using System.Diagnostics;
using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.Exports;

/// <summary>A spreadsheet that people read and print: names, colours, and pages.</summary>
public sealed class PrintedSpreadsheetTests : ExportFixture
{
    private const string RollCall = "/v1/resolutions/es-10-27/export/roll-call";

    [TestCase("", "Norway", "C\u00f4te d\u2019Ivoire|C\u00f4te d'Ivoire")]
    [TestCase("?lang=fr", "Norv\u00e8ge", "C\u00f4te d\u2019Ivoire|C\u00f4te d'Ivoire")]
    [TestCase(
        "?lang=ru",
        "\u041d\u043e\u0440\u0432\u0435\u0433\u0438\u044f",
        "\u041a\u043e\u0442-\u0434\u2019\u0418\u0432\u0443\u0430\u0440|\u041a\u043e\u0442-\u0434'\u0418\u0432\u0443\u0430\u0440"
    )]
    [TestCase("?lang=zh", "\u632a\u5a01", "\u79d1\u7279\u8fea\u74e6")]
    public async Task States_have_their_short_names_in_the_language(string query, string norway, string ivoryCoast)
    {
        using var document = await Sheet($"{RollCall}.xlsx{query}");
        var rows = Rows(document);
        var (iso3, name) = (rows[0].IndexOf("iso3"), rows[0].IndexOf("name"));
        rows.Single(row => row[iso3] == "NOR")[name].ShouldBe(norway);
        ivoryCoast.Split('|').ShouldContain(rows.Single(row => row[iso3] == "CIV")[name]);
    }

    [Test]
    public async Task In_Arabic_the_sheet_is_read_from_right_to_left()
    {
        using var document = await Sheet($"{RollCall}.xlsx?lang=ar");
        First(document).Descendants<SheetView>().Single().RightToLeft!.Value.ShouldBeTrue();
    }

    [Test]
    public async Task Other_formats_refuse_a_language([Values("csv", "json", "ndjson")] string format)
    {
        using var response = await _app.Anonymous.GetAsync($"{RollCall}.{format}?lang=fr");
        ((int)response.StatusCode).ShouldBe(400);
        (await response.Json())["errors"]!["lang"]![0]!.GetValue<string>().ShouldContain("xlsx");
    }

    [Test]
    public async Task An_unknown_language_is_refused()
    {
        using var response = await _app.Anonymous.GetAsync($"{RollCall}.xlsx?lang=xx");
        ((int)response.StatusCode).ShouldBe(400);
    }

    [Test]
    public async Task Each_position_has_a_colour_of_its_own()
    {
        using var document = await Sheet($"{RollCall}.xlsx");
        var header = Rows(document)[0];
        var colours = Cells(document)
            .Skip(1)
            .Select(row => row[header.IndexOf("vote")])
            .Where(cell => cell.DataType is not null)
            .DistinctBy(TextOf)
            .ToDictionary(TextOf, cell => ColourOf(document, cell));
        colours.Keys.Order().ShouldBe(["abstain", "no", "non-voting", "yes"]);
        colours.Values.Distinct().Count().ShouldBe(4);
    }

    [Test]
    public async Task Columns_of_codes_are_folded_and_named_columns_are_not()
    {
        using var document = await Sheet($"{RollCall}.xlsx");
        Folded(document)
            .ShouldBe([
                "resolution",
                "symbol",
                "session",
                "voted_on",
                "source",
                "iso2",
                "m49",
                "un_name",
                "vote_undl",
                "vote_voeten",
            ]);
        using var selected = await Sheet($"{RollCall}.xlsx?columns=iso3,m49,vote");
        Rows(selected)[0].ShouldBe(["iso3", "m49", "vote"]);
        Folded(selected).ShouldBeEmpty();
    }

    [TestCase("en")]
    [TestCase("fr")]
    [TestCase("es")]
    [TestCase("ru")]
    [TestCase("zh")]
    [TestCase("ar")]
    public async Task A_spreadsheet_in_any_language_can_be_imported_again(string language)
    {
        using var client = _app.Lobbyist;
        var bytes = await client.GetByteArrayAsync($"{_stances}.xlsx?lang={language}");
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        using var response = await client.PostAsync(
            $"{_stances.Replace("/export/stances", "/stances/import", StringComparison.Ordinal)}?dryRun=true",
            content
        );
        var json = await response.Json();
        ((int)response.StatusCode, json["unchanged"]?.GetValue<int>()).ShouldBe((200, 193), json.ToJsonString());
    }

    [Test]
    public async Task The_spreadsheets_print_one_page_wide_with_name_and_position_on_each_page()
    {
        using var folder = new Folder();
        await Print(folder, $"{RollCall}.xlsx", "vote");
        await Print(folder, $"{_stances}.xlsx?lang=fr", "position");
    }

    // All pages, with the one of the README, and no page for columns that did not fit.
    private async Task Print(Folder folder, string path, string position)
    {
        using var client = _app.Viewer;
        await File.WriteAllBytesAsync(Path.Combine(folder, "sheet.xlsx"), await client.GetByteArrayAsync(path));
        await Run(
            "soffice",
            $"-env:UserInstallation=file://{Path.Combine(folder, "profile")}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            Path.Combine(folder, "sheet.xlsx")
        );
        var pages = (await Run("pdftotext", "-layout", Path.Combine(folder, "sheet.pdf"), "-")).Split(
            '\f',
            StringSplitOptions.RemoveEmptyEntries
        );
        pages.Length.ShouldBeLessThanOrEqualTo(6);
        var data = pages.TakeWhile(page => page.TrimStart().StartsWith("iso3", StringComparison.Ordinal)).ToList();
        data.ShouldAllBe(page => FirstLine(page).Contains(" name ") && FirstLine(page).Contains($" {position}"));
        using var document = SpreadsheetDocument.Open(Path.Combine(folder, "sheet.xlsx"), isEditable: false);
        var rows = Rows(document);
        var (iso3, word) = (rows[0].IndexOf("iso3"), rows[0].IndexOf(position));
        var lines = data.SelectMany(page => page.Split('\n').Skip(1)).ToLookup(line => line.Trim().Split(' ')[0]);
        foreach (var row in rows.Skip(1))
        {
            lines[row[iso3]].ShouldHaveSingleItem().ShouldContain($" {row[word]}");
        }
        rows.Count.ShouldBe(194);
    }

    private static string FirstLine(string page) => page.TrimStart().Split('\n')[0] + " ";

    private static async Task<string> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = System.Diagnostics.Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await errors);
        return await output;
    }

    private static Worksheet First(SpreadsheetDocument document)
    {
        var first = document.WorkbookPart!.Workbook.Descendants<Sheet>().First();
        return ((WorksheetPart)document.WorkbookPart.GetPartById(first.Id!.Value!)).Worksheet;
    }

    private static List<string> Folded(SpreadsheetDocument document)
    {
        var header = Rows(document)[0];
        return
        [
            .. First(document)
                .Descendants<DocumentFormat.OpenXml.Spreadsheet.Column>()
                .Where(column => column.Hidden?.Value == true)
                .Select(column => header[(int)column.Min!.Value - 1]),
        ];
    }

    private static string ColourOf(SpreadsheetDocument document, Cell cell)
    {
        var styles = document.WorkbookPart!.WorkbookStylesPart!.Stylesheet;
        var format = styles.CellFormats!.Elements<CellFormat>().ElementAt((int)cell.StyleIndex!.Value);
        return styles
            .Fills!.Elements<Fill>()
            .ElementAt((int)format.FillId!.Value)
            .PatternFill!.ForegroundColor!.Rgb!.Value!;
    }
}
