using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Localization;
using VoteTracker.Security;

namespace VoteTracker.Features.Exports;

/// <summary>The parameters of an export: its format, and its moment.</summary>
internal sealed record ExportRequest
{
    public required HttpContext Http { get; init; }

    /// <summary>The query, for the export's own parameters; <see cref="Check"/> when all have been read.</summary>
    public required Query Query { get; init; }

    public required ExportFormat Format { get; init; }

    /// <summary>The language of the names in a spreadsheet.</summary>
    public required Language Language { get; init; }

    /// <summary>The moment that is exported; null for the current state.</summary>
    public required DateTimeOffset? AsOf { get; init; }

    /// <summary>Whether the request names a moment.</summary>
    public required bool IsPast { get; init; }

    /// <summary>Whether that moment is in the future, so that it means now: later the same address means another moment.</summary>
    public required bool IsAhead { get; init; }

    /// <summary>The moment that is exported, or now. Its day decides who is a member.</summary>
    public required DateTimeOffset Moment { get; init; }

    /// <summary>The moment of the request.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The upper bound of what was known.</summary>
    public DateTimeOffset KnownUntil => AsOf ?? DateTimeOffset.MaxValue;

    public Caller Caller => Caller.FromContext(Http);

    /// <summary>Reads the parameters that all exports have.</summary>
    public static ExportRequest Parse(HttpContext http)
    {
        var now = http.RequestServices.GetRequiredService<TimeProvider>().Moment();
        var query = new Query(http);
        var asOf = query.Read(ExportDescription.AsOfParameter, now, out var isAhead);
        var format = ExportFormats.Requested(http, query);
        var language = query.Read(ExportDescription.LanguageParameter);
        if (language is not null && format != ExportFormat.Xlsx)
        {
            query.Wrong(
                ExportDescription.LanguageParameter,
                "is for spreadsheets (xlsx) only, because the columns of the other formats do not depend on a language"
            );
        }
        return new ExportRequest
        {
            Http = http,
            Query = query,
            Format = format,
            Language = Language.From(language ?? LanguageCode.En),
            AsOf = asOf,
            IsPast = asOf is not null,
            IsAhead = isAhead,
            Moment = asOf ?? now,
            Now = now,
        };
    }

    /// <summary>A <see cref="ProblemException"/> with 400 that names every wrong parameter.</summary>
    public void Check()
    {
        if (Query.Problem is { } problem)
        {
            throw new ProblemException(problem);
        }
    }
}
