using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Lists;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Endorsements;

/// <summary>Imports endorsements from a spreadsheet.</summary>
internal sealed class ImportEndorsements(Db db, ReferenceData referenceData)
    : ListImportEndpoint<EndorsementSheet, EndorsementImport>(db)
{
    public override void Configure()
    {
        Post("/v1/endorsements/import");
        RequestBinder(new EndorsementSheetBinder());
        Description(route =>
            route
                .Requires(Right.RecordSupport)
                .AcceptsIdempotencyKey()
                .Described(
                    "Support",
                    "Imports endorsements from a spreadsheet",
                    $"Any list with a column for the organisation, and other fields of an endorsement: {string.Join(", ", EndorsementSheet.Editable.Skip(1))}. A column for the state and a column `resolution` are optional. A row changes the endorsement of the same organisation for the same state and resolution, otherwise it adds one. An empty cell keeps the field; a new endorsement is not public unless the list says so. The import is one transaction."
                )
                .TakesList($"one row for each organisation, {EndorsementSheet.MostRows} at most")
                .Writes()
                .Fails(StatusCodes.Status409Conflict, "More lines change something than `max` allows.")
        );
    }

    protected override string? Resolution => null;

    protected override async Task<(IListEdits<EndorsementImport>? Edits, ProblemHttpResult? Problem)> Compare(
        ListWrite write,
        EndorsementSheet sheet
    )
    {
        var edits = await EndorsementEdits.Read(write, referenceData, sheet);
        return edits.Problems.Count > 0 ? (null, edits.Problems.Problem) : (edits, null);
    }
}

/// <summary>The changes of an import of endorsements, or of a dry run.</summary>
public sealed record EndorsementImport
{
    /// <summary>Whether it was a dry run, which changes nothing.</summary>
    public required bool DryRun { get; init; }

    /// <summary>The number of lines that were read.</summary>
    public required int Lines { get; init; }

    /// <summary>The number of lines that change nothing.</summary>
    public required int Unchanged { get; init; }

    /// <summary>The number of lines that add an endorsement.</summary>
    public required int Added { get; init; }

    /// <summary>The lines that add or change an endorsement, in the order of the file.</summary>
    public required IReadOnlyList<EndorsementLineChange> Changes { get; init; }

    /// <summary>The line that was read as the header. Lines above it are titles, and are not read.</summary>
    public required long HeaderLine { get; init; }

    /// <summary>The columns of the file that were ignored, because their names are unknown.</summary>
    public required IReadOnlyList<IgnoredColumn> IgnoredColumns { get; init; }

    /// <summary>The columns that were read under another name than the file's.</summary>
    public required IReadOnlyList<MappedColumn> MappedColumns { get; init; }

    /// <summary>The sheets of a workbook that were not read.</summary>
    public required IReadOnlyList<string> OtherSheets { get; init; }
}

/// <summary>The change of one line of a list of endorsements.</summary>
public sealed record EndorsementLineChange
{
    /// <summary>Its number in the file; the first line is 1.</summary>
    public required long Line { get; init; }

    /// <summary>The name of the organisation.</summary>
    public required string Organisation { get; init; }

    /// <summary>The code of the state; null if it has none.</summary>
    public required string? MemberState { get; init; }

    /// <summary>Whether the line adds an endorsement.</summary>
    public required bool IsNew { get; init; }

    /// <summary>The cells that change something.</summary>
    public required IReadOnlyList<FieldChange> Fields { get; init; }
}
