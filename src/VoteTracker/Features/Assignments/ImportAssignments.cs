using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Lists;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Stances;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Assignments;

/// <summary>Imports assignments from a spreadsheet.</summary>
internal sealed class ImportAssignments(Db db, ReferenceData referenceData, TeamMembers members)
    : ListImportEndpoint<AssignmentSheet, ListImport>(db)
{
    public override void Configure()
    {
        Post("/v1/resolutions/{id}/assignments/import");
        RequestBinder(new AssignmentSheetBinder());
        Description(route =>
            route
                .Requires(Right.AssignStates)
                .AcceptsIdempotencyKey()
                .Described(
                    "Assignments",
                    "Imports assignments from a spreadsheet",
                    "Any list with a column for the state and a column `assignee`, the label of a valid key, or `me`. The import is one transaction. A row whose assignee is empty changes nothing, so an import deletes no assignment. An import has an id, and is reverted at the address of imports of stances."
                )
                .TakesList("one row for each member or observer")
                .Writes()
                .Fails(StatusCodes.Status404NotFound)
                .FailsWithLines<LineConflict>(
                    StatusCodes.Status409Conflict,
                    "Another user changed an assignment after the export: see `lines`. Or more lines change something than `max` allows."
                )
        );
    }

    protected override async Task<(IListEdits<ListImport>? Edits, ProblemHttpResult? Problem)> Compare(
        ListWrite list,
        AssignmentSheet sheet
    )
    {
        var (write, id) = (list.Write, Resolution!);
        if (await ResolutionStore.Find(write.Connection, id) is null)
        {
            return (null, Problems.NoResolution(id));
        }
        var edits = await AssignmentEdits.Read(write, list.Caller, members, id, sheet.CheckRows(referenceData, id));
        return sheet.Table.Problems.Count > 0 ? (null, sheet.Table.Problems.Problem)
            : edits.Conflicts.Count > 0 ? (null, LineConflict.ToProblem([.. edits.Conflicts.Select(ToConflict)]))
            : (new AssignmentListEdits(list, id, sheet, edits), null);
    }

    private static LineConflict ToConflict((CsvRecord Row, string Detail) conflict) =>
        new()
        {
            Line = conflict.Row.Line,
            MemberState = conflict.Row.Iso3,
            Detail = conflict.Detail,
        };
}

/// <summary>The assignments that a list changes.</summary>
internal sealed class AssignmentListEdits(
    ListWrite list,
    string resolution,
    AssignmentSheet sheet,
    AssignmentEdits assignments
) : IListEdits<ListImport>
{
    /// <summary>The lines that change something.</summary>
    public IReadOnlyList<ComparedLine> Lines =>
        [.. assignments.Edits.Select(edit => new ComparedLine(edit.Row.Line, edit.Row.Iso3, ChangeKind.Assignment))];

    /// <summary>Saves them.</summary>
    public async Task<ListImport> Save()
    {
        var import = await StoredStanceImport.Insert(
            list.Write,
            list.Caller,
            resolution,
            changes: 0,
            assignments.Edits.Count
        );
        await assignments.Save(list.Write, list.Caller, resolution, import);
        return ListImport.Create(
            resolution,
            list.IsDryRun,
            sheet.Table,
            [.. assignments.Edits.Select(edit => edit.ToChange())],
            import
        );
    }
}
