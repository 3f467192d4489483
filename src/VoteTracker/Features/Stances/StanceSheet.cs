using FastEndpoints;
using FluentValidation;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Assignments;
using VoteTracker.Features.Lists;
using VoteTracker.Features.MemberStates;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>
/// A table of stances from a spreadsheet: the export of this resolution, or any CSV with `iso3` and columns that an import
/// changes.
/// </summary>
internal sealed record StanceSheet(CsvRows Table, Evidence? Evidence, IValidator<RecordStanceRequest> Validator)
    : ICustomBody
{
    /// <summary>The parameter for the evidence of rows without one.</summary>
    public static readonly WordParameter<Evidence> EvidenceParameter = new(
        "evidence",
        $"The evidence of a changed position whose row has none. Without it, a new stance, and a changed position whose cell is empty, get `{EnumWord<Evidence>.ToWord(StanceRowReader.DefaultEvidence)}`, and other stances keep theirs."
    );

    /// <summary>The columns that an import changes, and `reason`, which is stored in the history of a change.</summary>
    public static readonly IReadOnlyList<string> Editable = [.. StanceContent.Columns, "reason"];

    /// <summary>The columns that change something: of stances and of assignments.</summary>
    public static readonly IReadOnlyList<string> Changing = [.. StanceContent.Columns, AssignmentEdits.Column];

    /// <summary>The other columns of the export. They are compared or not read, and an import does not change them.</summary>
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
        AssignmentEdits.VersionColumn,
    ];

    // Twice the number of members. A longer file is not a table of stances.
    private const int MostRows = 400;

    private static readonly CsvColumns Columns = new()
    {
        Required = ["iso3"],
        Alternatives = [.. StateIdentity.All.Skip(1)],
        // A reason alone changes nothing: it belongs to a change.
        Changing = Changing,
        Others = [.. Others, "reason"],
        // The export's column `vote` is the recorded vote. In other lists it is the position. An export has these columns.
        Replaceable = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            ["vote"] = ["position", "vote_undl", "version"],
        },
    };

    /// <summary>Reads it from a request.</summary>
    public static async ValueTask<StanceSheet> Read(HttpContext http)
    {
        var query = new Query(http);
        var evidence = query.Read(EvidenceParameter);
        return query.Problem is { } problem
            ? throw new ProblemException(problem)
            : new StanceSheet(
                await ListRequest.Read(http, Columns, MostRows),
                evidence,
                http.RequestServices.GetRequiredService<IValidator<RecordStanceRequest>>()
            );
    }
}

/// <summary>Binds a table of stances.</summary>
internal sealed class StanceSheetBinder : IRequestBinder<StanceSheet>
{
    public ValueTask<StanceSheet> BindAsync(BinderContext ctx, CancellationToken ct) =>
        StanceSheet.Read(ctx.HttpContext);
}
