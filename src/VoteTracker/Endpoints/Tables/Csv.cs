using System.Globalization;
using CsvHelper;

namespace VoteTracker.Endpoints.Tables;

/// <summary>CSV as RFC 4180 describes it, as the service writes it: a header, commas, CRLF.</summary>
internal static class Csv
{
    public const string MediaType = "text/csv";

    private static readonly CsvReaderOptions Reading = new()
    {
        Separator = ',',
        TrimWhitespace = true,
        MalformedData = CsvMalformedDataHandling.Throw,
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

    /// <summary>
    /// A reader of one of the service's own files, before the first row. Files of users are read as a
    /// <see cref="Tables.CsvTable"/>.
    /// </summary>
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
