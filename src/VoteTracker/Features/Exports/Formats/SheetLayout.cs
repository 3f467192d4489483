using System.Globalization;
using System.Text;
using VoteTracker.Localization;

namespace VoteTracker.Features.Exports.Formats;

/// <summary>
/// How a sheet looks on a screen and on paper. It prints in landscape, one page wide, with the header on every page.
/// Columns of codes are folded.
/// </summary>
internal static class SheetLayout
{
    // At nine tenths of the full size. The 193 members take five pages of A4 in landscape.
    private const int RowsOfPage = 39;

    // A page of A4 in landscape holds 130 characters at full size. Below half of the size a print cannot be read.
    private const int WidestPrint = 280;

    /// <summary>What a sheet has before its rows, from its start tag on.</summary>
    public static string BeforeRows(IReadOnlyList<Column> columns, Language language)
    {
        var text = new StringBuilder($"<worksheet xmlns=\"{Workbook.Main}\"><sheetPr><outlinePr summaryRight=\"0\"/>");
        text.Append(IsPrintable(columns) ? "<pageSetUpPr fitToPage=\"1\"/></sheetPr>" : "</sheetPr>");
        text.Append("<sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\"");
        text.Append(language.IsRightToLeft ? " rightToLeft=\"1\">" : ">");
        text.Append("<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>");
        text.Append("</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"");
        text.Append(columns.Any(column => column.IsFolded) ? " outlineLevelCol=\"1\"/><cols>" : "/><cols>");
        foreach (var (i, column) in columns.Index())
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{WidthOf(column)}\" customWidth=\"1\""
            );
            // The sign that unfolds columns is at the column before them.
            var unfolds = !column.IsFolded && i + 1 < columns.Count && columns[i + 1].IsFolded;
            text.Append(column.IsFolded ? " hidden=\"1\" outlineLevel=\"1\"" : "");
            text.Append(unfolds ? " collapsed=\"1\"/>" : "/>");
        }
        return text.Append("</cols>").ToString();
    }

    /// <summary>What a sheet has after its filter: the page, and a footer with the file's name and the page's number.</summary>
    public static string AfterRows(IReadOnlyList<Column> columns, int rows)
    {
        var pages = (rows + RowsOfPage - 1) / RowsOfPage;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.4\" bottom=\"0.5\" header=\"0.2\" footer=\"0.2\"/><pageSetup paperSize=\"9\"{(IsPrintable(columns) ? $" fitToHeight=\"{pages}\"" : "")} orientation=\"landscape\"/><headerFooter><oddFooter>&amp;L&amp;F&amp;R&amp;P / &amp;N</oddFooter></headerFooter>"
        );
    }

    // A table with a column for each resolution has no width that a page can have.
    private static bool IsPrintable(IReadOnlyList<Column> columns) =>
        columns.Where(column => !column.IsFolded).Sum(WidthOf) <= WidestPrint;

    private static int WidthOf(Column column) =>
        Math.Max(
            column.Name.Length + 4,
            column.Type switch
            {
                ColumnType.Datetime => 20,
                ColumnType.Date => 12,
                ColumnType.Address => 40,
                _ => column.Name switch
                {
                    "un_name" or "title" or "note" or "reason" => 40,
                    // The longest short names have 50 characters in French and Spanish; they become a little smaller.
                    "name" => 42,
                    // The key of the Latin American and Caribbean States.
                    "regional_group" => 35,
                    "changed_by" or "assignee" or "evidence" => 18,
                    _ => 10,
                },
            }
        );
}
