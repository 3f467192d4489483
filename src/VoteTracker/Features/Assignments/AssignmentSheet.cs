using FastEndpoints;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Lists;
using VoteTracker.Features.MemberStates;
using VoteTracker.Live;

namespace VoteTracker.Features.Assignments;

/// <summary>A list of states and their assignees from a spreadsheet.</summary>
internal sealed record AssignmentSheet(CsvRows Table) : ICustomBody
{
    // Twice the number of states that can be assigned.
    private const int MostRows = 400;

    private static readonly CsvColumns Columns = new()
    {
        Required = ["iso3", AssignmentEdits.Column],
        Alternatives = [.. StateIdentity.All.Skip(1)],
        Changing = [AssignmentEdits.Column],
        Others = ["resolution", "regional_group", AssignmentEdits.VersionColumn],
    };

    /// <summary>Reads it from a request.</summary>
    public static async ValueTask<AssignmentSheet> Read(HttpContext http) =>
        new(await ListRequest.Read(http, Columns, MostRows));

    /// <summary>Lists the rows with an assignee whose state can be assigned. The faults of others are added.</summary>
    public IReadOnlyList<CsvRecord> CheckRows(ReferenceData referenceData, string resolution)
    {
        // A write can run again after a conflict.
        Table.Problems.Clear();
        var rows = new ListRows(Table.Rows, [AssignmentEdits.Column]);
        return [.. rows.List().Where(row => rows.CheckState(referenceData, resolution, row))];
    }
}

/// <summary>Binds a list of assignments.</summary>
internal sealed class AssignmentSheetBinder : IRequestBinder<AssignmentSheet>
{
    public ValueTask<AssignmentSheet> BindAsync(BinderContext ctx, CancellationToken ct) =>
        AssignmentSheet.Read(ctx.HttpContext);
}
