using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Localization;

namespace VoteTracker.Features.Exports.Formats;

/// <summary>
/// Writes a spreadsheet: a frozen header with filters, typed days and numbers, text that is never a formula, positions with
/// a colour, and a sheet README with the dictionary. It prints one page wide, and columns of codes are folded.
/// </summary>
internal sealed class XlsxRowWriter<TRow>(Table<TRow> table, Stream output, Language language) : IRowWriter<TRow>
{
    private const int Full = 32 * 1024;
    private static readonly int Epoch = new DateOnly(1899, 12, 30).DayNumber;

    private readonly ZipArchive _zip = new(output, ZipArchiveMode.Create, leaveOpen: true);
    private readonly ArrayBufferWriter<byte> _xml = new(2 * Full);
    private readonly string[] _columns = [.. Enumerable.Range(1, table.Cells.Count).Select(Workbook.NameOf)];
    private Stream? _sheet;
    private int _rows = 1;
    private string _row = "1";

    public void Start()
    {
        var columns = table.Described.Columns;
        Workbook.WriteParts(_zip, table.Described);
        _sheet = Workbook.Part(_zip, "xl/worksheets/sheet1.xml");
        Raw("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        Raw(SheetLayout.BeforeRows(columns, language));
        Raw("<sheetData><row r=\"1\">");
        for (var i = 0; i < columns.Count; i++)
        {
            Text(i, columns[i].Name, SheetStyles.Heading);
        }
        Raw("</row>");
    }

    public void Write(TRow row)
    {
        _rows++;
        _row = _rows.ToString(CultureInfo.InvariantCulture);
        Raw("<row r=\"");
        Raw(_row);
        Raw("\">");
        for (var i = 0; i < table.Cells.Count; i++)
        {
            Write(i, table.Cells[i](row));
        }
        Raw("</row>");
        if (_xml.WrittenCount >= Full)
        {
            Flush();
        }
    }

    public void Finish()
    {
        // `004` is text on purpose, so the sheet must not mark it as a number stored as text.
        var all = string.Create(CultureInfo.InvariantCulture, $"A1:{_columns[^1]}{_rows}");
        Raw($"</sheetData><autoFilter ref=\"{all}\"/>");
        Raw(SheetLayout.AfterRows(table.Described.Columns, _rows - 1));
        Raw($"<ignoredErrors><ignoredError sqref=\"{all}\" numberStoredAsText=\"1\"/></ignoredErrors></worksheet>");
        Flush();
        Dispose();
    }

    public void Dispose()
    {
        _sheet?.Dispose();
        _sheet = null;
        _zip.Dispose();
    }

    private void Write(int column, in Cell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Empty:
                break;
            case CellKind.Number:
                Number(column, cell.Number.ToString(CultureInfo.InvariantCulture), SheetStyles.General);
                break;
            case CellKind.Decimal:
                Number(column, cell.Text!, SheetStyles.Share);
                break;
            case CellKind.Day:
                Number(column, (cell.Number - Epoch).ToString(CultureInfo.InvariantCulture), SheetStyles.Day);
                break;
            case CellKind.Moment:
                var days = (double)(cell.Number - (Epoch * TimeSpan.TicksPerDay)) / TimeSpan.TicksPerDay;
                Number(column, days.ToString("R", CultureInfo.InvariantCulture), SheetStyles.Moment);
                break;
            case CellKind.Truth:
                Number(column, cell.Number == 1 ? "1" : "0", SheetStyles.Truth);
                break;
            case CellKind.Word when table.Described.Columns[column].IsPosition:
                Text(column, cell.Text!, SheetStyles.Positions[cell.Text!]);
                break;
            case CellKind.Text when table.Described.Columns[column].Name == "name":
                Text(column, cell.Text!, SheetStyles.Name);
                break;
            default:
                Text(column, FreeText.Guard(cell.Text!), SheetStyles.Plain);
                break;
        }
    }

    // The reference of a cell is optional, but some programs need it.
    private void Begin(int column, string attributes)
    {
        Raw("<c r=\"");
        Raw(_columns[column]);
        Raw(_row);
        Raw("\"");
        Raw(attributes);
        Raw(">");
    }

    private void Number(int column, string number, string attributes)
    {
        Begin(column, attributes);
        Raw("<v>");
        Raw(number);
        Raw("</v></c>");
    }

    private void Text(int column, string text, string attributes)
    {
        Begin(column, attributes);
        Raw(text.AsSpan().Trim().Length == text.Length ? "<is><t>" : "<is><t xml:space=\"preserve\">");
        Raw(XlsxText.Escape(text));
        Raw("</t></is></c>");
    }

    private void Raw(string text)
    {
        var written = Encoding.UTF8.GetBytes(text, _xml.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length)));
        _xml.Advance(written);
    }

    private void Flush()
    {
        _sheet!.Write(_xml.WrittenSpan);
        _xml.ResetWrittenCount();
    }
}
