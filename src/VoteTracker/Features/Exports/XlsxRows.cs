using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using VoteTracker.Http;

namespace VoteTracker.Features.Exports;

/// <summary>
/// Writes a spreadsheet: a frozen header with filters, days and numbers as such, texts that are never formulas, and a
/// sheet README with the dictionary.
/// </summary>
internal sealed class XlsxRows<TRow>(Table<TRow> table, Stream output) : IRowWriter<TRow>
{
    private const int Enough = 32 * 1024;
    private static readonly int Epoch = new DateOnly(1899, 12, 30).DayNumber;

    private readonly ZipArchive _zip = new(output, ZipArchiveMode.Create, leaveOpen: true);
    private readonly ArrayBufferWriter<byte> _xml = new(2 * Enough);
    private Stream? _sheet;
    private int _rows = 1;

    public void Start()
    {
        var columns = table.Described.Columns;
        Workbook.WriteParts(_zip, table.Described);
        _sheet = Workbook.Part(_zip, "xl/worksheets/sheet1.xml");
        Raw(
            $"""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <worksheet xmlns="{Workbook.Main}"><sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>
            """
        );
        for (var i = 0; i < columns.Count; i++)
        {
            Raw(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{WidthOf(columns[i])}\" customWidth=\"1\"/>"
                )
            );
        }
        Raw("</cols><sheetData><row>");
        foreach (var column in columns)
        {
            Text(column.Name, Workbook.Heading);
        }
        Raw("</row>");
    }

    public void Write(TRow row)
    {
        Raw("<row>");
        foreach (var cell in table.Cells)
        {
            Write(cell(row));
        }
        Raw("</row>");
        _rows++;
        if (_xml.WrittenCount >= Enough)
        {
            Pass();
        }
    }

    public void Finish()
    {
        Raw(
            string.Create(
                CultureInfo.InvariantCulture,
                $"</sheetData><autoFilter ref=\"A1:{NameOf(table.Cells.Count)}{_rows}\"/></worksheet>"
            )
        );
        Pass();
        Dispose();
    }

    public void Dispose()
    {
        _sheet?.Dispose();
        _sheet = null;
        _zip.Dispose();
    }

    private void Write(in Cell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Empty:
                Raw("<c/>");
                break;
            case CellKind.Number:
                Number(cell.Number.ToString(CultureInfo.InvariantCulture), Workbook.Plain);
                break;
            case CellKind.Decimal:
                Number(cell.Text!, Workbook.Share);
                break;
            case CellKind.Day:
                Number((cell.Number - Epoch).ToString(CultureInfo.InvariantCulture), Workbook.Day);
                break;
            case CellKind.Moment:
                var days = (double)(cell.Number - (Epoch * TimeSpan.TicksPerDay)) / TimeSpan.TicksPerDay;
                Number(days.ToString("R", CultureInfo.InvariantCulture), Workbook.Moment);
                break;
            case CellKind.Truth:
                Raw(cell.Number == 1 ? "<c t=\"b\"><v>1</v></c>" : "<c t=\"b\"><v>0</v></c>");
                break;
            default:
                Text(FreeText.Guard(cell.Text!), Workbook.Plain);
                break;
        }
    }

    private void Number(string number, int style) =>
        Raw(string.Create(CultureInfo.InvariantCulture, $"<c s=\"{style}\"><v>{number}</v></c>"));

    private void Text(string text, int style)
    {
        Raw(style == Workbook.Plain ? "<c t=\"inlineStr\"><is><t" : "<c s=\"1\" t=\"inlineStr\"><is><t");
        Raw(text.AsSpan().Trim().Length == text.Length ? ">" : " xml:space=\"preserve\">");
        Raw(SheetText.Escape(text));
        Raw("</t></is></c>");
    }

    private void Raw(string text)
    {
        var written = Encoding.UTF8.GetBytes(text, _xml.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length)));
        _xml.Advance(written);
    }

    private void Pass()
    {
        _sheet!.Write(_xml.WrittenSpan);
        _xml.ResetWrittenCount();
    }

    private static int WidthOf(Column column) =>
        Math.Max(
            column.Name.Length + 4,
            column.Type switch
            {
                ColumnType.Datetime => 20,
                ColumnType.Date => 12,
                ColumnType.Address => 40,
                _ => column.Name is "un_name" or "title" or "note" or "reason" ? 40 : 10,
            }
        );

    // A, B, … Z, AA, …
    private static string NameOf(int column) =>
        column == 0 ? "" : NameOf((column - 1) / 26) + (char)('A' + ((column - 1) % 26));
}
