using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Lists;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Assignments;

/// <summary>Imports assignments from a spreadsheet.</summary>
internal sealed class ImportAssignments(Db db, ReferenceData referenceData, TeamMembers members)
    : Endpoint<AssignmentSheet, Results<Ok<ListImport>, ProblemHttpResult>>
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
                    "Any list with a column for the state and a column `assignee`, the label of a valid key, or `me`. The import is one transaction. A row whose assignee is empty changes nothing, so an import deletes no assignment."
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

    public override async Task<Results<Ok<ListImport>, ProblemHttpResult>> ExecuteAsync(
        AssignmentSheet sheet,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var dryRun = query.Read(ListRequest.DryRunParameter);
        var max = query.Read(ListRequest.MaxParameter);
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var once = db.Once(HttpContext);
        return await once.Write<Results<Ok<ListImport>, ProblemHttpResult>>(
            dryRun,
            async write =>
            {
                if (await ResolutionStore.Find(write.Connection, id) is null)
                {
                    return Problems.NoResolution(id);
                }
                var rows = sheet.CheckRows(referenceData, id);
                var edits = await AssignmentEdits.Read(write, caller, members, id, rows);
                if (sheet.Table.Problems.Count > 0)
                {
                    return sheet.Table.Problems.Problem;
                }
                if (edits.Conflicts.Count > 0)
                {
                    return LineConflict.ToProblem([.. edits.Conflicts.Select(ToConflict)]);
                }
                if (ListRequest.CheckMax(edits.Edits.Count, max) is { } refusal)
                {
                    return refusal;
                }
                await edits.Save(write, caller, id, import: null);
                return TypedResults.Ok(ListImport.Create(id, dryRun, sheet.Table, [.. edits.Edits.Select(ToChange)]));
            }
        );
    }

    private static LineConflict ToConflict((Endpoints.Tables.CsvRecord Row, string Detail) conflict) =>
        new()
        {
            Line = conflict.Row.Line,
            MemberState = conflict.Row.Iso3,
            Detail = conflict.Detail,
        };

    private static LineChange ToChange(AssignmentEdit edit) =>
        new()
        {
            Line = edit.Row.Line,
            MemberState = edit.Row.Iso3,
            Fields =
            [
                new FieldChange
                {
                    Field = AssignmentEdits.Column,
                    From = edit.From,
                    To = edit.To,
                },
            ],
        };
}
