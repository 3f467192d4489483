using System.Globalization;
using System.Text.Unicode;
using CsvHelper;
using FastEndpoints;
using FluentValidation;
using VoteTracker.Http;
using VoteTracker.Voting;

namespace VoteTracker.Features.RollCalls;

/// <summary>A roll call as it is sent: JSON, or CSV with the header `iso3,vote` or `iso3,vote,intended`.</summary>
internal sealed class RollCallBody : ICustomBody
{
    public static readonly DayParameter RecordedOnParameter = new(
        "recordedOn",
        "The day of the vote, New York's; with a CSV body.",
        "2026-11-20"
    );

    public static readonly WordParameter<Missing> MissingParameter = new(
        "missing",
        "`non-voting`: members that are not named did not vote. Without it they are a 400 that lists them."
    );

    public static readonly WordParameter<ResolutionStatus> StatusParameter = new(
        "status",
        "`adopted` or `not-adopted`, where the Assembly's word is not what the rule says; with a CSV body."
    )
    {
        Only = [ResolutionStatus.Adopted, ResolutionStatus.NotAdopted],
    };

    private RollCallBody(RecordRollCallRequest value, bool missingIsNonVoting) =>
        (Value, MissingIsNonVoting) = (value, missingIsNonVoting);

    public RecordRollCallRequest Value { get; }

    /// <summary>`?missing=non-voting`.</summary>
    public bool MissingIsNonVoting { get; }

    /// <summary>Reads it from a request.</summary>
    public static async ValueTask<RollCallBody> Read(HttpContext http)
    {
        var query = new Query(http);
        var missing = query.Read(MissingParameter) is not null;
        var validator = http.RequestServices.GetRequiredService<IValidator<RecordRollCallRequest>>();
        var isCsv = http.Request.ContentType?.StartsWith(Csv.MediaType, StringComparison.OrdinalIgnoreCase) == true;
        if (!isCsv && !http.Request.HasJsonContentType())
        {
            throw new Refusal(Problems.UnsupportedMediaType("application/json or text/csv"));
        }
        using var bytes = await RawBody.Read(http);
        if (!isCsv)
        {
            CheckNoneOfCsv(http, query);
            var json = JsonBody<RecordRollCallRequest>.Read(bytes.Memory.Span, validator);
            return query.Problem is { } wrong ? throw new Refusal(wrong) : new RollCallBody(json, missing);
        }
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var request = new RecordRollCallRequest
        {
            RecordedOn = query.Read(RecordedOnParameter),
            Status = query.Read(StatusParameter),
            Votes = Parse(bytes.Memory, errors),
        };
        if (query.Problem is { } problem)
        {
            throw new Refusal(problem);
        }
        JsonBody<RecordRollCallRequest>.Validate(request, validator, errors);
        return new RollCallBody(request, missing);
    }

    // JSON has them as fields: ignored in the query, they would be lost.
    private static void CheckNoneOfCsv(HttpContext http, Query query)
    {
        foreach (var parameter in (QueryParameter[])[RecordedOnParameter, StatusParameter])
        {
            if (http.Request.Query.ContainsKey(parameter.Name))
            {
                query.Wrong(parameter, "must be a field of the body if that is JSON; the parameter is for CSV");
            }
        }
    }

    private static List<RecordedVoteRequest> Parse(ReadOnlyMemory<byte> bytes, Dictionary<string, string[]> errors)
    {
        if (!Utf8.IsValid(bytes.Span))
        {
            throw new Refusal(Problems.Invalid("body", "must be UTF-8"));
        }
        var votes = new List<RecordedVoteRequest>();
        var wrong = new List<string>();
        try
        {
            using var csv = Csv.Read(bytes);
            CheckHeader([.. csv.Headers.Select(h => h.Trim().ToLowerInvariant())]);
            while (csv.Read())
            {
                votes.Add(Row(csv, wrong));
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
        if (wrong.Count > 0)
        {
            errors["lines"] = [.. wrong.Take(100)];
        }
        return votes;
    }

    private static void CheckHeader(List<string> header)
    {
        if (
            header.Except(["iso3", "vote", "intended"], StringComparer.Ordinal).Any()
            || !header.Contains("iso3")
            || !header.Contains("vote")
            || header.Distinct(StringComparer.Ordinal).Count() != header.Count
        )
        {
            throw new Refusal(Problems.Invalid("header", "must be iso3,vote or iso3,vote,intended"));
        }
    }

    private static RecordedVoteRequest Row(CsvReader csv, List<string> wrong)
    {
        var line = csv.LineNumber;
        if (csv.FieldCount > csv.Headers.Count)
        {
            wrong.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"line {line}: has {csv.FieldCount} fields, the header {csv.Headers.Count}"
                )
            );
        }
        var iso3 = csv.Text("iso3");
        if (iso3 is null)
        {
            wrong.Add(string.Create(CultureInfo.InvariantCulture, $"line {line}: iso3 is empty"));
        }
        return new RecordedVoteRequest
        {
            MemberState = iso3,
            Vote = Word(csv.Text("vote"), "vote", required: true, line, wrong),
            Intended = Word(csv.Text("intended"), "intended", required: false, line, wrong),
        };
    }

    private static Vote? Word(string? text, string column, bool required, long line, List<string> wrong)
    {
        if (Words<Vote>.TryParse(text, out var vote))
        {
            return vote;
        }
        if (text is not null || required)
        {
            wrong.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"line {line}: {column} must be one of {string.Join(", ", Words<Vote>.All)}"
                )
            );
        }
        return null;
    }

    /// <summary>What members that are not named did.</summary>
    internal enum Missing
    {
        /// <summary>They did not vote.</summary>
        NonVoting,
    }
}

/// <summary>Binds a roll call.</summary>
internal sealed class RollCallBinder : IRequestBinder<RollCallBody>
{
    public ValueTask<RollCallBody> BindAsync(BinderContext ctx, CancellationToken ct) =>
        RollCallBody.Read(ctx.HttpContext);
}
