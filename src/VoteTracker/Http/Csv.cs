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
        var csv = CsvReader.Create(bytes, Reading);
        csv.ReadHeader();
        return csv;
    }

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
