using System.Net.Http.Headers;
using System.Text;

namespace VoteTracker.Tests.Endpoints.Tables;

/// <summary>A CSV file of a user: its cells, and how a program writes them.</summary>
internal sealed record CsvFile(IReadOnlyList<IReadOnlyList<string>> Rows)
{
    public char Separator { get; init; } = ',';

    public string LineEnd { get; init; } = "\r\n";

    public string Before { get; init; } = "";

    public string After { get; init; } = "";

    public bool QuotesAll { get; init; }

    public Encoding Encoding { get; init; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    public byte[] Bytes =>
        Encoding.GetBytes(
            Before
                + string.Concat(Rows.Select(row => string.Join(Separator, row.Select(Quote)) + LineEnd))
                + After.ReplaceLineEndings(LineEnd)
        );

    /// <summary>Reads what this suite writes: no line breaks in cells.</summary>
    public static CsvFile Parse(string csv) =>
        new([.. csv.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Cells)]);

    /// <summary>Changes each cell; the header is row 0.</summary>
    public CsvFile Each(Func<int, string, string> change) =>
        this with
        {
            Rows = [.. Rows.Select((row, i) => (IReadOnlyList<string>)[.. row.Select(cell => change(i, cell))])],
        };

    /// <summary>Changes each row; the header is row 0.</summary>
    public CsvFile EachRow(Func<int, IReadOnlyList<string>, IEnumerable<string>> change) =>
        this with
        {
            Rows = [.. Rows.Select((row, i) => (IReadOnlyList<string>)[.. change(i, row)])],
        };

    private static IReadOnlyList<string> Cells(string line)
    {
        var cells = new List<string> { "" };
        var isQuoted = false;
        foreach (var c in line)
        {
            isQuoted ^= c == '"';
            if (c == ',' && !isQuoted)
            {
                cells.Add("");
            }
            else if (c != '"')
            {
                cells[^1] += c;
            }
        }
        return cells;
    }

    private string Quote(string cell) =>
        QuotesAll || cell.IndexOfAny([Separator, '"', '\r', '\n']) >= 0
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : cell;
}

/// <summary>Sends CSV files to the three endpoints that read them.</summary>
internal static class CsvHelp
{
    public const string CsvType = "text/csv";

    public static Task<HttpResponseMessage> ImportStances(
        this HttpClient client,
        string id,
        byte[] csv,
        string query = "",
        string type = CsvType
    ) => client.SendCsv(HttpMethod.Post, $"/v1/resolutions/{id}/stances/import{query}", csv, type);

    public static Task<HttpResponseMessage> ImportStances(this HttpClient client, string id, string csv) =>
        client.ImportStances(id, Encoding.UTF8.GetBytes(csv));

    public static Task<HttpResponseMessage> PutRollCall(
        this HttpClient client,
        string id,
        byte[] csv,
        string query = "?recordedOn=2026-11-21&missing=non-voting",
        string type = CsvType
    ) => client.SendCsv(HttpMethod.Put, $"/v1/resolutions/{id}/roll-call{query}", csv, type);

    /// <summary>The messages of a 400 about lines.</summary>
    public static async Task<IReadOnlyList<string>> WrongLines(this HttpResponseMessage answer)
    {
        var problem = await answer.ShouldBeProblem(400, "lines");
        return [.. problem["errors"]!["lines"]!.AsArray().Select(line => line!.GetValue<string>())];
    }

    private static Task<HttpResponseMessage> SendCsv(
        this HttpClient client,
        HttpMethod method,
        string path,
        byte[] csv,
        string type
    )
    {
        var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(csv) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        request.Headers.TryAddWithoutValidation("If-Match", "*").ShouldBeTrue();
        return client.SendAsync(request);
    }
}
