using System.Globalization;
using CsvHelper;

namespace VoteTracker.Http;

/// <summary>
/// CSV as RFC 4180 has it: a header, commas, CRLF when written. When read also what spreadsheets make of it: a byte
/// order mark, LF or CRLF, semicolons.
/// </summary>
internal static class Csv
{
    public const string MediaType = "text/csv";

    private static readonly CsvReaderOptions Reading = new()
    {
        TrimWhitespace = true,
        TrackLineNumbers = true,
        IncludeValuesInExceptions = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        MissingField = CsvMissingFieldHandling.ReturnEmpty,
    };

    /// <summary>Writes a header and rows; a null is an empty field.</summary>
    public static byte[] Write(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<object?>> rows)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, CsvWriterOptions.Default, leaveOpen: true))
        {
            WriteRow(csv, header);
            foreach (var row in rows)
            {
                WriteRow(csv, row);
            }
        }
        return bytes.ToArray();
    }

    /// <summary>A reader before the first row; a column's name is the header's, whatever its case.</summary>
    public static CsvReader Read(ReadOnlyMemory<byte> bytes)
    {
        var csv = CsvReader.Create(bytes, Reading with { Separator = SeparatorOf(bytes.Span) });
        csv.ReadHeader();
        return csv;
    }

    // The header says it, for no column's name has one in it; what is written in the lines below has.
    private static char? SeparatorOf(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
        var header = end < 0 ? bytes : bytes[..end];
        if (header.IndexOf("sep="u8) is 0 or 3)
        {
            // A first line of Excel's, which says it itself.
            return null;
        }
        var (separator, most) = (',', header.Count((byte)','));
        foreach (var other in ";\t|")
        {
            if (header.Count((byte)other) is var count && count > most)
            {
                (separator, most) = (other, count);
            }
        }
        return separator;
    }

    /// <summary>
    /// A reader of a long file, as it comes and as it is: a line whose quotes are wrong is told and passed over, one that
    /// is longer than a limit is thrown.
    /// </summary>
    public static CsvReader Stream(
        Stream bytes,
        char separator,
        int longestLine,
        Action<CsvMalformedRecord> malformed
    ) =>
        CsvReader.Create(
            bytes,
            Reading with
            {
                Separator = separator,
                TrimWhitespace = false,
                MaxRecordSize = longestLine,
                MalformedData = CsvMalformedDataHandling.Skip,
                OnMalformedRecord = malformed,
            },
            leaveOpen: true
        );

    /// <summary>A field as a text; null where it is empty or not there.</summary>
    public static string? Text(this CsvReader csv, string column) =>
        csv.TryGetFieldIndex(column, out var i) && csv.GetString(i) is { Length: > 0 } text ? text : null;

    /// <summary>A field as a day.</summary>
    public static DateOnly? Day(this CsvReader csv, string column) =>
        csv.Text(column) is { } text ? DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture) : null;

    /// <summary>A field as a whole number.</summary>
    public static int? Number(this CsvReader csv, string column) =>
        csv.Text(column) is { } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    private static void WriteRow(CsvWriter csv, IReadOnlyList<object?> fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field);
        }
        csv.EndRecord();
    }
}
