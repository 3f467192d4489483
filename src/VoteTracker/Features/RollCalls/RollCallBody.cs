using FastEndpoints;
using FluentValidation;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.RollCalls;

/// <summary>
/// The body of a roll call: JSON, or CSV with the columns `iso3` and `vote`, such as the exported `roll-call.csv`.
/// </summary>
internal sealed class RollCallBody : ICustomBody
{
    public static readonly DayParameter RecordedOnParameter = new(
        "recordedOn",
        "The day of the vote in New York; only with a CSV body.",
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

    // More rows than there are current and former members.
    private const int MostRows = 1_000;

    private static readonly CsvColumns Columns = new()
    {
        Required = ["iso3", "vote"],
        Changing = ["vote", "intended"],
        // The other columns of the export, because users edit the file of one vote to make another.
        Others =
        [
            "resolution",
            "symbol",
            "session",
            "voted_on",
            "iso2",
            "m49",
            "un_name",
            "regional_group",
            "vote_undl",
            "vote_voeten",
            "source",
        ],
    };

    private RollCallBody(RecordRollCallRequest value, bool missingIsNonVoting, CsvRows? table) =>
        (Value, MissingIsNonVoting, Table) = (value, missingIsNonVoting, table);

    public RecordRollCallRequest Value { get; }

    /// <summary>The rows, if the body is CSV.</summary>
    public CsvRows? Table { get; }

    /// <summary>`?missing=non-voting`.</summary>
    public bool MissingIsNonVoting { get; }

    /// <summary>Reads the body of a request.</summary>
    public static async ValueTask<RollCallBody> Read(HttpContext http)
    {
        var query = new Query(http);
        var missing = query.Read(MissingParameter) is not null;
        var validator = http.RequestServices.GetRequiredService<IValidator<RecordRollCallRequest>>();
        var isCsv = ContentTypes.Is(http.Request, Csv.MediaType);
        if (!isCsv && !http.Request.HasJsonContentType())
        {
            throw new ProblemException(Problems.UnsupportedMediaType("application/json or text/csv"));
        }
        using var bytes = await RawBody.Read(http);
        if (!isCsv)
        {
            CheckNoneOfCsv(http, query);
            var json = JsonBody<RecordRollCallRequest>.Read(bytes.Memory.Span, validator);
            return query.Problem is { } wrong
                ? throw new ProblemException(wrong)
                : new RollCallBody(json, missing, table: null);
        }
        var table = CsvRows.Read(bytes.Memory, Columns, MostRows);
        var votes = table.Rows.Select(Vote).OfType<RecordedVoteRequest>().ToList();
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (table.Problems.Count > 0)
        {
            errors["lines"] = table.Problems.Messages;
        }
        var request = new RecordRollCallRequest
        {
            RecordedOn = query.Read(RecordedOnParameter),
            Status = query.Read(StatusParameter),
            Votes = votes,
        };
        if (query.Problem is { } problem)
        {
            throw new ProblemException(problem);
        }
        JsonBody<RecordRollCallRequest>.Validate(request, validator, errors);
        return new RollCallBody(request, missing, table);
    }

    // In JSON these are fields. In the query they would be ignored, and so lost.
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

    // A row without a vote names no member: the export has such rows for members that the roll call does not name. Rows with
    // a problem are in the list of lines, and not validated again.
    private static RecordedVoteRequest? Vote(CsvRecord row)
    {
        if (!row.HasAny(Columns.Changing))
        {
            return null;
        }
        var isNamed = row.Iso3.Length > 0;
        if (!isNamed)
        {
            row.Wrong("iso3", "is empty; it must be the code of the state that voted");
        }
        var (vote, intended) = (Word(row, "vote", isRequired: true), Word(row, "intended", isRequired: false));
        return isNamed && vote is not null
            ? new RecordedVoteRequest
            {
                MemberState = row.Iso3,
                Vote = vote,
                Intended = intended,
            }
            : null;
    }

    private static Vote? Word(CsvRecord row, string column, bool isRequired)
    {
        var text = row[column];
        if (EnumWord<Vote>.TryParse(text, out var vote))
        {
            return vote;
        }
        if (text is not null || isRequired)
        {
            row.Wrong(column, CsvRecord.NotOneOf(EnumWord<Vote>.All, text));
        }
        return null;
    }

    /// <summary>The vote of members that are not named.</summary>
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
