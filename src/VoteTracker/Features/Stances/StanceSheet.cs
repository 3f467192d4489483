using System.Globalization;
using System.Text.Unicode;
using CsvHelper;
using FastEndpoints;
using FluentValidation;
using VoteTracker.Http;

namespace VoteTracker.Features.Stances;

/// <summary>
/// A table of stances as it came back from a spreadsheet: the export of this resolution, or any CSV with `iso3` and the
/// columns that change. Commas or semicolons, a byte order mark, CRLF or LF, more or fewer empty cells than the header.
/// </summary>
internal sealed record StanceSheet(IReadOnlyList<StanceLine> Lines, IValidator<RecordStanceRequest> Validator)
    : ICustomBody
{
    /// <summary>The columns that an import changes; `reason` goes into the history and is never exported.</summary>
    public static readonly IReadOnlyList<string> Editable =
    [
        "position",
        "certainty",
        "evidence",
        "evidence_url",
        "note",
        "contact",
        "reason",
    ];

    /// <summary>What the export has besides: looked at, or passed over. Who wants to change it goes elsewhere.</summary>
    public static readonly IReadOnlyList<string> Others =
    [
        "resolution",
        "iso3",
        "iso2",
        "m49",
        "un_name",
        "regional_group",
        "ineligible",
        "version",
        "changed_by",
        "changed_at",
        "vote",
        "vote_undl",
        "vote_voeten",
        "intended",
    ];

    // Twice as many as there ever were members: what is longer is another file.
    private const int MostLines = 400;

    /// <summary>Reads it from a request.</summary>
    public static async ValueTask<StanceSheet> Read(HttpContext http)
    {
        if (http.Request.ContentType?.StartsWith(Csv.MediaType, StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new Refusal(Problems.UnsupportedMediaType(Csv.MediaType));
        }
        using var bytes = await RawBody.Read(http);
        return Read(bytes.Memory, http.RequestServices.GetRequiredService<IValidator<RecordStanceRequest>>());
    }

    private static StanceSheet Read(ReadOnlyMemory<byte> bytes, IValidator<RecordStanceRequest> validator)
    {
        if (bytes.Span.StartsWith("PK"u8))
        {
            throw new Refusal(Problems.Invalid("body", "is a workbook or an archive: save the sheet as CSV, UTF-8"));
        }
        if (!Utf8.IsValid(bytes.Span))
        {
            throw new Refusal(Problems.Invalid("body", "must be UTF-8: save the sheet as CSV, UTF-8"));
        }
        var lines = new List<StanceLine>();
        var wrong = new List<string>();
        try
        {
            using var csv = Csv.Read(bytes);
            var header = csv.Headers.Select(name => name.Trim().ToLowerInvariant()).ToList();
            CheckHeader(header);
            while (csv.Read() && lines.Count <= MostLines)
            {
                Take(csv, header, lines, wrong);
            }
        }
        catch (CsvFormatException exception)
        {
            wrong.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"line {exception.LineNumber}: is not well-formed CSV (RFC 4180)"
                )
            );
        }
        if (lines.Count > MostLines)
        {
            wrong.Add(string.Create(CultureInfo.InvariantCulture, $"there are more than {MostLines}: a line a member"));
        }
        return wrong.Count == 0
            ? new StanceSheet(lines, validator)
            : throw new Refusal(
                Problems.Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["lines"] = [.. wrong] })
            );
    }

    private static void CheckHeader(List<string> header)
    {
        var named = header.Where(name => name.Length > 0).ToList();
        var unknown = named.Except(Editable).Except(Others).Select(Shown).ToList();
        var twice = named.CountBy(name => name).Where(c => c.Value > 1).Select(c => Shown(c.Key)).ToList();
        var mends = new List<string>();
        if (!named.Contains("iso3"))
        {
            mends.Add("must have the column iso3");
        }
        if (!named.Intersect(Editable).Any())
        {
            mends.Add($"must have a column that changes: {string.Join(", ", Editable)}");
        }
        if (unknown.Count > 0)
        {
            mends.Add($"must not have columns that the export has not: {string.Join(", ", unknown)}");
        }
        if (twice.Count > 0)
        {
            mends.Add($"must have each column once; more often there are: {string.Join(", ", twice)}");
        }
        if (mends.Count > 0)
        {
            throw new Refusal(
                Problems.Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["header"] = [.. mends] })
            );
        }
    }

    private static void Take(CsvReader csv, List<string> header, List<StanceLine> lines, List<string> wrong)
    {
        var fields = Enumerable.Range(0, csv.FieldCount).Select(csv.GetString).ToList();
        if (fields.TrueForAll(string.IsNullOrEmpty))
        {
            return;
        }
        // Spreadsheets leave out empty cells at the end of a line, or add some: a cell that is not there says nothing.
        if (fields.Where((text, i) => text.Length > 0 && (i >= header.Count || header[i].Length == 0)).Any())
        {
            wrong.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"line {csv.LineNumber}: has a value outside the header's columns"
                )
            );
            return;
        }
        lines.Add(
            new StanceLine
            {
                Line = csv.LineNumber,
                Cells = header
                    .Zip(fields)
                    .Where(cell => cell.First.Length > 0)
                    .ToDictionary(cell => cell.First, cell => cell.Second, StringComparer.Ordinal),
            }
        );
    }

    // A name of a column that nobody knows is said back short, and only what can be one.
    private static string Shown(string name) =>
        new([.. name.Take(40).Select(c => char.IsLetterOrDigit(c) || c is '_' or '-' or ' ' ? c : '?')]);
}

/// <summary>A line of the table: its number in the file, and its cells by the column's name.</summary>
internal sealed record StanceLine
{
    public required long Line { get; init; }

    public required IReadOnlyDictionary<string, string> Cells { get; init; }

    /// <summary>The member's code; empty where the line has none.</summary>
    public string Iso3 => Cells.GetValueOrDefault("iso3") ?? "";

    /// <summary>A cell's text, null where it is empty; false where the line has no such cell.</summary>
    public bool TryGet(string column, out string? text)
    {
        var isThere = Cells.TryGetValue(column, out var found);
        text = string.IsNullOrWhiteSpace(found) ? null : found;
        return isThere;
    }
}

/// <summary>Binds a table of stances.</summary>
internal sealed class StanceSheetBinder : IRequestBinder<StanceSheet>
{
    public ValueTask<StanceSheet> BindAsync(BinderContext ctx, CancellationToken ct) =>
        StanceSheet.Read(ctx.HttpContext);
}
