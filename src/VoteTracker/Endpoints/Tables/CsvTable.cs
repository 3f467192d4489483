using CsvHelper;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Endpoints.Tables;

/// <summary>
/// Reads a user's CSV file row by row, as spreadsheets and statistics programs write it: any of four
/// separators, a `sep=` line, a byte order mark, CR, LF or CRLF, padded cells, cells that are missing or added at the end
/// of a row, columns without a name.
/// </summary>
internal sealed class CsvTable : IDisposable
{
    // A blank row has at most this many cells more than the header. A row with more is not checked cell by cell.
    private const int MostSurplus = 1_000;

    private static readonly CsvReaderOptions Reading = new()
    {
        TrimWhitespace = true,
        // Each blank row is returned, so that a file of line breaks can be limited and cancelled.
        SkipEmptyLines = false,
        DetectSeparatorHint = false,
        TrackLineNumbers = true,
        IncludeValuesInExceptions = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        MissingField = CsvMissingFieldHandling.ReturnEmpty,
    };

    private readonly CsvReader _csv;
    private readonly int _linesBefore;
    private readonly byte _separator;
    private readonly int[] _unnamed;
    private bool _unnamedHasValue;

    private CsvTable(CsvReader csv, CsvDialect dialect)
    {
        (_csv, _linesBefore, _separator) = (csv, dialect.LinesBefore, (byte)dialect.Separator);
        csv.ReadHeader();
        Header = [.. csv.Headers.Select(name => VisibleText.Trim(name).ToLowerInvariant())];
        _unnamed = [.. Header.Index().Where(column => column.Item.Length == 0).Select(column => column.Index)];
    }

    /// <summary>Opens a file in memory; reading throws a <see cref="CsvFormatException"/> where it is malformed.</summary>
    public static CsvTable Open(ReadOnlyMemory<byte> bytes) => Open(bytes, CsvDialect.Detect(bytes.Span));

    /// <summary>Opens a file in memory that begins after what the dialect skips.</summary>
    public static CsvTable Open(ReadOnlyMemory<byte> bytes, CsvDialect dialect) =>
        new(CsvReader.Create(bytes[dialect.Start..], Reading with { Separator = dialect.Separator }), dialect);

    /// <summary>
    /// Opens a long file as a stream that begins after what the dialect skips. Malformed rows are reported and skipped;
    /// one longer than the limit throws a <see cref="CsvFormatException"/>.
    /// </summary>
    public static CsvTable Open(
        Stream stream,
        CsvDialect dialect,
        int longestRow,
        Action<CsvMalformedReason, long> malformed
    ) =>
        new(
            CsvReader.Create(
                stream,
                Reading with
                {
                    Separator = dialect.Separator,
                    MaxRecordSize = longestRow,
                    MalformedData = CsvMalformedDataHandling.Skip,
                    OnMalformedRecord = row => malformed(row.Reason, row.LineNumber + dialect.LinesBefore),
                },
                leaveOpen: true
            ),
            dialect
        );

    /// <summary>The names of the columns, trimmed and in lower case; empty where a column has no name.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Whether a column without a name has a value in a row that was read.</summary>
    public bool UnnamedHasValue => _unnamedHasValue;

    /// <summary>The line on which the current row begins; the first line of the file is 1.</summary>
    public long Line => _csv.LineNumber + _linesBefore;

    /// <summary>How many cells the current row has.</summary>
    public int CellCount => _csv.FieldCount;

    /// <summary>The bytes of the current row, without the line break.</summary>
    public ReadOnlySpan<byte> Row => _csv.RawRecord;

    /// <summary>The offset of the end of the current row, in bytes from where the table was opened.</summary>
    public long RowEnd => _csv.ByteOffset + _csv.RawRecord.Length;

    /// <summary>Advances to the next row, which can be blank; false at the end.</summary>
    public bool Read()
    {
        if (!_csv.Read())
        {
            return false;
        }
        foreach (var place in _unnamed)
        {
            _unnamedHasValue = _unnamedHasValue || !Cell(place).IsEmpty;
        }
        return true;
    }

    /// <summary>Whether no cell of the current row has a value.</summary>
    public bool IsBlank() => CellCount <= Header.Count + MostSurplus && FirstValue(0) < 0;

    /// <summary>The place of the first value beyond the header's columns; -1 if there is none.</summary>
    public int Surplus() => CellCount <= Header.Count ? -1 : FirstValue(Header.Count);

    /// <summary>A cell as UTF-8, trimmed; empty if the row does not have it. It is valid until the next row is read.</summary>
    public ReadOnlySpan<byte> Cell(int place) => CsvCells.Trim(_csv.GetSpan(place));

    /// <summary>
    /// The bytes of the current row from the separator or quote before a cell to the end. Rows in which they are equal have
    /// equal cells from there on. Empty if the cell is empty, or is not a part of the row's bytes.
    /// </summary>
    public ReadOnlySpan<byte> RowFrom(int place)
    {
        var row = _csv.RawRecord;
        return
            row.Overlaps(_csv.GetSpan(place), out var start)
            && start > 0
            && (row[start - 1] == '"' || row[start - 1] == _separator)
            ? row[(start - 1)..]
            : [];
    }

    /// <summary>A cell as text, trimmed; empty if the row does not have it.</summary>
    public string Text(int place) => System.Text.Encoding.UTF8.GetString(Cell(place));

    public void Dispose() => _csv.Dispose();

    private int FirstValue(int from)
    {
        for (var place = from; place < CellCount; place++)
        {
            if (!Cell(place).IsEmpty)
            {
                return place;
            }
        }
        return -1;
    }
}
