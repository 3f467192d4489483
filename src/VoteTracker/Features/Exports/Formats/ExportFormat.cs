using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Formats;

/// <summary>The format of an exported table.</summary>
internal enum ExportFormat
{
    /// <summary>RFC 4180: a header, commas, UTF-8.</summary>
    Csv,

    /// <summary>One array of objects.</summary>
    Json,

    /// <summary>One object per line.</summary>
    Ndjson,

    /// <summary>A spreadsheet: Office Open XML.</summary>
    Xlsx,
}

/// <summary>The formats by their media types.</summary>
internal static class ExportFormats
{
    public const string Ndjson = "application/x-ndjson";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly (string MediaType, ExportFormat Format)[] Offered =
    [
        (Csv.MediaType, ExportFormat.Csv),
        ("application/json", ExportFormat.Json),
        (Ndjson, ExportFormat.Ndjson),
        (Xlsx, ExportFormat.Xlsx),
        // Other names of NDJSON.
        ("application/ndjson", ExportFormat.Ndjson),
        ("application/jsonl", ExportFormat.Ndjson),
    ];

    private static readonly string[] OfferedTypes = [.. Offered.Select(offer => offer.MediaType)];

    /// <summary>The format of the address's ending; without one, that of the Accept header; CSV if that names none.</summary>
    public static ExportFormat Requested(HttpContext http, Query query)
    {
        if (http.Request.RouteValues["format"] is not string ending)
        {
            return Accepted(http.Request);
        }
        if (!EnumWord<ExportFormat>.TryParse(ending, out var format))
        {
            query.Wrong("format", WrongWord.Describe(EnumWord<ExportFormat>.All, ending));
        }
        return format;
    }

    public static string ContentType(this ExportFormat format) =>
        format switch
        {
            ExportFormat.Csv => $"{Csv.MediaType}; charset=utf-8; header=present",
            ExportFormat.Json => "application/json; charset=utf-8",
            ExportFormat.Ndjson => $"{Ndjson}; charset=utf-8",
            _ => Xlsx,
        };

    private static ExportFormat Accepted(HttpRequest request) =>
        Offered[ContentNegotiation.Choose(request.Headers.Accept, OfferedTypes)].Format;
}
