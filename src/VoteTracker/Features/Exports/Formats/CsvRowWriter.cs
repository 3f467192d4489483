using System.Buffers;
using System.Buffers.Text;
using System.Text;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Tables;

namespace VoteTracker.Features.Exports.Formats;

/// <summary>
/// Writes CSV (RFC 4180) as UTF-8 directly into the buffer that is sent. CsvHelper's writer takes fields as objects: an
/// export of the whole record would allocate a hundred million of them.
/// </summary>
internal sealed class CsvRowWriter<TRow>(Table<TRow> table, IBufferWriter<byte> output) : IRowWriter<TRow>
{
    // Longer than any day, moment or number.
    private const int Short = 40;

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    public void Start()
    {
        output.Write(
            Encoding.UTF8.GetBytes($"{string.Join(',', table.Described.Columns.Select(column => column.Name))}\r\n")
        );
    }

    public void Write(TRow row)
    {
        for (var i = 0; i < table.Cells.Count; i++)
        {
            if (i > 0)
            {
                output.Write(","u8);
            }
            Write(table.Cells[i](row));
        }
        output.Write("\r\n"u8);
    }

    public void Finish() { }

    public void Dispose() { }

    private void Write(in Cell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Empty:
                break;
            case CellKind.Text:
                WriteText(FreeText.Guard(cell.Text!));
                break;
            case CellKind.Number:
                Utf8Formatter.TryFormat(cell.Number, output.GetSpan(Short), out var written);
                output.Advance(written);
                break;
            case CellKind.Day:
                cell.Day.TryFormat(output.GetSpan(Short), out written, "O", null);
                output.Advance(written);
                break;
            case CellKind.Moment:
                Raw(Moments.Text(cell.Moment));
                break;
            default:
                Raw(cell.Text!);
                break;
        }
    }

    private void WriteText(string text)
    {
        if (text.AsSpan().IndexOfAny(Quoted) < 0)
        {
            Raw(text);
            return;
        }
        output.Write("\""u8);
        Raw(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        output.Write("\""u8);
    }

    private void Raw(string text)
    {
        var written = Encoding.UTF8.GetBytes(text, output.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length)));
        output.Advance(written);
    }
}
