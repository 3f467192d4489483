using FastEndpoints;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Lists;
using VoteTracker.Features.MemberStates;
using VoteTracker.Live;

namespace VoteTracker.Features.Assignments;

/// <summary>A list of assignments from a spreadsheet: states, and the labels of team members.</summary>
internal sealed record AssignmentSheet(CsvRows Table) : ICustomBody
{
    // Twice the number of states that can be assigned.
    private const int MostRows = 400;

    private static readonly CsvColumns Columns = new()
    {
        Required = ["iso3"],
        Alternatives = [.. StateIdentity.All.Skip(1)],
        Changing = [AssignmentEdits.Column],
        Others = ["resolution", AssignmentEdits.VersionColumn],
    };

    /// <summary>Lists the rows of a member or observer, each once. The faults of the others are added to the problems.</summary>
    public IReadOnlyList<CsvRecord> ListRows(ReferenceData referenceData, string resolution)
    {
        // A write can run again after a conflict.
        Table.Problems.Clear();
        var rows = new ListRows(Table.Rows, [AssignmentEdits.Column]);
        return [.. rows.List().Where(row => Check(referenceData, resolution, row, rows))];
    }

    /// <summary>Reads it from a request.</summary>
    public static async ValueTask<AssignmentSheet> Read(HttpContext http) =>
        new(await ListRequest.Read(http, Columns, MostRows));

    private static bool Check(ReferenceData referenceData, string resolution, CsvRecord row, ListRows rows)
    {
        if (!AssignmentProblems.MayBeAssigned(referenceData, row.Iso3))
        {
            row.Wrong(
                row.StateColumn,
                $"must name a member of today or an observer; found {SafeText.Quote(row[row.StateColumn] ?? "")}"
            );
            return false;
        }
        if (!rows.CheckUnique(row))
        {
            return false;
        }
        if (row["resolution"] is { } found && found != resolution)
        {
            row.Wrong(
                "resolution",
                $"must be {resolution}, the resolution of this address; found {SafeText.Quote(found)}"
            );
            return false;
        }
        return !StateIdentity.Contradicts(row, StateIdentity.All);
    }
}

/// <summary>Binds a list of assignments.</summary>
internal sealed class AssignmentSheetBinder : IRequestBinder<AssignmentSheet>
{
    public ValueTask<AssignmentSheet> BindAsync(BinderContext ctx, CancellationToken ct) =>
        AssignmentSheet.Read(ctx.HttpContext);
}
