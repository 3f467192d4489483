using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Assignments;
using VoteTracker.Features.Lists;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Stances;

/// <summary>Imports stances from a spreadsheet.</summary>
internal sealed class ImportStances(Db db, ReferenceData referenceData, TeamMembers members)
    : ListImportEndpoint<StanceSheet, StanceImport>(db)
{
    public override void Configure()
    {
        Post("/v1/resolutions/{id}/stances/import");
        RequestBinder(new StanceSheetBinder());
        Description(route =>
            route
                .Requires(Right.ImportStances)
                .AcceptsIdempotencyKey()
                .Described(
                    "Stances",
                    "Imports stances from a spreadsheet",
                    $"The exported stances.csv after editing, or any list with a column for the state and columns that an import changes. They are {string.Join(", ", StanceSheet.Changing)}. A state is identified by `iso3`, `iso2`, `m49`, or by its name in `member_state`. Usual headers and words such as `in favour` or `yes?` are understood. The column reason is for the history of a change. The import is one transaction. Only edited cells change: a row that equals the stance at its `version`, or the current stance if it has no version, changes nothing. A row in which all these cells are empty changes nothing. In other rows a missing column leaves the field as it is, and an empty cell clears a link or a note. `unknown` deletes a stance. Where nothing is recorded, and where the position changes, a missing certainty becomes leaning, and a missing evidence second-hand without a link and a contact. A row whose columns name different states, text damaged by a wrong encoding, and `NA` in a free text are a 400. With `dryRun` the changes are made and rolled back, and the response shows them."
                )
                .TakesList("one row for each member")
                .Takes(StanceSheet.EvidenceParameter)
                .Writes()
                .Fails(StatusCodes.Status404NotFound)
                .FailsWithLines<StanceConflict>(
                    StatusCodes.Status409Conflict,
                    "Another user changed a stance after the export, or a member may not vote on the day of the vote: see `lines`. Or the vote is over."
                )
        );
    }

    protected override async Task<(IListEdits<StanceImport>? Edits, ProblemHttpResult? Problem)> Compare(
        ListWrite list,
        StanceSheet sheet
    )
    {
        var (write, id) = (list.Write, Resolution!);
        if (await ResolutionStore.Find(write.Connection, id) is not { } resolution)
        {
            return (null, Problems.NoResolution(id));
        }
        if (resolution.Basis != Basis.Stances)
        {
            return (null, StanceProblems.VoteIsOver(resolution.Status));
        }
        var edits = await StanceEdits.Read(write, referenceData, list.Caller, id, sheet);
        var assignments = await AssignmentEdits.Read(write, list.Caller, members, id, edits.CheckedRows);
        foreach (var (row, detail) in assignments.Conflicts)
        {
            edits.AddConflict(write, id, row, detail);
        }
        return edits.Problem is { } problem
            ? (null, problem)
            : (new StanceListEdits(list, referenceData, id, sheet, edits, assignments), null);
    }
}

/// <summary>The changes of an import, or of a dry run.</summary>
public sealed record StanceImport
{
    /// <summary>Its id, to find it again and to revert it; null for a dry run, and if it changed nothing.</summary>
    public required string? Id { get; init; }

    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>Whether it was a dry run, which changes nothing.</summary>
    public required bool DryRun { get; init; }

    /// <summary>The number of lines that were read.</summary>
    public required int Lines { get; init; }

    /// <summary>The number of lines that change nothing.</summary>
    public required int Unchanged { get; init; }

    /// <summary>The lines that change a stance, in the order of the file.</summary>
    public required IReadOnlyList<StanceLineChange> Changes { get; init; }

    /// <summary>The tally before.</summary>
    public required Tally Before { get; init; }

    /// <summary>The tally after.</summary>
    public required Tally After { get; init; }

    /// <summary>Whether the result turns: the majority is reached before or after, but not both.</summary>
    public required bool Turns { get; init; }

    /// <summary>The line that was read as the header. Lines above it are titles, and are not read.</summary>
    public required long HeaderLine { get; init; }

    /// <summary>The columns of the file that were ignored, because their names are unknown.</summary>
    public required IReadOnlyList<IgnoredColumn> IgnoredColumns { get; init; }

    /// <summary>The columns that were read under another name than the file's.</summary>
    public required IReadOnlyList<MappedColumn> MappedColumns { get; init; }

    /// <summary>The sheets of a workbook that were not read.</summary>
    public required IReadOnlyList<string> OtherSheets { get; init; }
}

/// <summary>The change of one line.</summary>
public sealed record StanceLineChange
{
    /// <summary>Its number in the file; the first line is 1.</summary>
    public required long Line { get; init; }

    /// <summary>The member state's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>The cells that were edited; only the position if the stance is deleted.</summary>
    public required IReadOnlyList<StanceFieldChange> Fields { get; init; }

    /// <summary>The changes of stances with those of assignments, in the order of the file.</summary>
    internal static IReadOnlyList<StanceLineChange> Add(
        IReadOnlyList<StanceLineChange> changes,
        IReadOnlyList<AssignmentEdit> assignments
    )
    {
        var byLine = changes.ToDictionary(change => change.Line);
        foreach (var (row, from, to) in assignments)
        {
            var field = new StanceFieldChange
            {
                Field = AssignmentEdits.Column,
                From = from,
                To = to,
            };
            byLine[row.Line] = new StanceLineChange
            {
                Line = row.Line,
                MemberState = row.Iso3,
                Fields = byLine.TryGetValue(row.Line, out var change) ? [.. change.Fields, field] : [field],
            };
        }
        return [.. byLine.Values.OrderBy(change => change.Line)];
    }
}

/// <summary>A cell that was edited.</summary>
public sealed record StanceFieldChange
{
    /// <summary>The column.</summary>
    public required string Field { get; init; }

    /// <summary>The value before.</summary>
    public required string? From { get; init; }

    /// <summary>The value after.</summary>
    public required string? To { get; init; }

    internal static StanceFieldChange FromChange(FieldChange change) =>
        new()
        {
            Field = change.Field,
            From = change.From,
            To = change.To,
        };
}

/// <summary>Why a line conflicts with the current stance.</summary>
public enum StanceConflictKind
{
    /// <summary>Another user changed the stance after the export.</summary>
    MovedOn,

    /// <summary>The member may not vote on the day of the vote.</summary>
    MayNotVote,
}

/// <summary>A line that conflicts with the current stance.</summary>
public sealed record StanceConflict
{
    /// <summary>Its number in the file; the first line is 1.</summary>
    public required long Line { get; init; }

    /// <summary>The member state's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>The reason.</summary>
    public required StanceConflictKind Why { get; init; }

    /// <summary>The reason as a sentence.</summary>
    public required string Detail { get; init; }

    /// <summary>The current stance.</summary>
    public required Stance Current { get; init; }
}
