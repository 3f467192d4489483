using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Endpoints.Tables;

/// <summary>The texts of a workbook's cells: shared texts, numbers, dates, and the last values of formulas.</summary>
internal sealed partial class WorkbookCells
{
    // Days from 1900 to 1904, where workbooks of old Macintosh programs begin to count.
    private const int DaysTo1904 = 1462;

    // The formats of dates and times that need no definition (ECMA-376, 18.8.30).
    private static readonly FrozenSet<uint> BuiltInDates = Enumerable
        .Range(14, 9)
        .Concat(Enumerable.Range(27, 10))
        .Concat(Enumerable.Range(45, 3))
        .Concat(Enumerable.Range(50, 9))
        .Select(id => (uint)id)
        .ToFrozenSet();

    private readonly List<string> _texts = [];
    private readonly List<bool> _isDate = [];
    private bool _is1904;

    private WorkbookCells() { }

    /// <summary>Loads the shared texts and the formats of a workbook.</summary>
    public static WorkbookCells Load(WorkbookPart workbook)
    {
        var cells = new WorkbookCells { _is1904 = workbook.Workbook?.WorkbookProperties?.Date1904?.Value == true };
        if (workbook.SharedStringTablePart is { } texts)
        {
            using var reader = OpenXmlReader.Create(texts);
            while (reader.Read())
            {
                if (reader.ElementType == typeof(SharedStringItem) && reader.IsStartElement)
                {
                    cells._texts.Add(TextOf((SharedStringItem)reader.LoadCurrentElement()!));
                }
            }
        }
        if (workbook.WorkbookStylesPart?.Stylesheet is { } styles)
        {
            var custom = (styles.NumberingFormats?.Elements<NumberingFormat>() ?? [])
                .Where(format => format.NumberFormatId is not null && IsDateFormat(format.FormatCode?.Value ?? ""))
                .Select(format => format.NumberFormatId!.Value)
                .ToHashSet();
            cells._isDate.AddRange(
                (styles.CellFormats?.Elements<CellFormat>() ?? []).Select(format =>
                    format.NumberFormatId?.Value is { } id && (custom.Contains(id) || BuiltInDates.Contains(id))
                )
            );
        }
        return cells;
    }

    /// <summary>The text of a cell, trimmed, and why it cannot be read; null if it can.</summary>
    public (string Text, string? Fault) Read(Cell cell)
    {
        var text = VisibleText.Trim(TextOf(cell));
        return text.Length == 0 && cell.CellFormula is not null && cell.CellValue is null
            ? (
                "",
                "has a formula without a value: open and save the workbook in a spreadsheet program, or paste the value"
            )
            : (text, null);
    }

    private string TextOf(Cell cell)
    {
        var value = cell.CellValue?.Text ?? "";
        var type = cell.DataType?.Value;
        if (type == CellValues.InlineString)
        {
            return cell.InlineString is { } inline ? TextOf(inline) : "";
        }
        if (type == CellValues.SharedString)
        {
            return _texts[int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture)];
        }
        if (type == CellValues.Boolean)
        {
            return value == "1" ? "TRUE" : "FALSE";
        }
        if (type is not null && type != CellValues.Number)
        {
            // A text of a formula, an error, or a date of ISO 8601.
            return Unescape(value);
        }
        var style = (int)(cell.StyleIndex?.Value ?? 0);
        return value.Length > 0 && style < _isDate.Count && _isDate[style] ? DateOf(value) : NumberOf(value);
    }

    private string DateOf(string value)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var days))
        {
            return value;
        }
        days += _is1904 ? DaysTo1904 : 0;
        if (days is < 1 or > 2_958_465)
        {
            return NumberOf(value);
        }
        var moment = DateTime.FromOADate(days);
        return moment.ToString(
            moment.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss",
            CultureInfo.InvariantCulture
        );
    }

    // Programs write 5 as 5, 5.0 or 5E0.
    private static string NumberOf(string value) =>
        decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("0.############################", CultureInfo.InvariantCulture)
            : value;

    // The readings of Asian texts (`rPh`) are not a part of the text.
    private static string TextOf(OpenXmlElement item) =>
        Unescape(
            string.Concat(
                item.ChildElements.SelectMany(child =>
                    child switch
                    {
                        DocumentFormat.OpenXml.Spreadsheet.Text text => [text.Text],
                        Run run => [run.Text?.Text ?? ""],
                        _ => (IEnumerable<string>)[],
                    }
                )
            )
        );

    private static string Unescape(string text) =>
        text.Contains("_x", StringComparison.Ordinal)
            ? Escape()
                .Replace(
                    text,
                    match =>
                        (
                            (char)
                                int.Parse(
                                    match.Groups["code"].ValueSpan,
                                    NumberStyles.HexNumber,
                                    CultureInfo.InvariantCulture
                                )
                        ).ToString()
                )
            : text;

    // Letters of dates and times outside quotes, brackets and escapes.
    private static bool IsDateFormat(string code) => DateLetters().IsMatch(Literals().Replace(code, ""));

    [GeneratedRegex("_x(?<code>[0-9A-Fa-f]{4})_", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Escape();

    [GeneratedRegex(
        """"[^"]*"|\[[^\]]*\]|[\\_*].|general"""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase
    )]
    private static partial Regex Literals();

    [GeneratedRegex("[ymdhs]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex DateLetters();
}
