using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Lists;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Security.Audit;

namespace VoteTracker.Features.Contacts;

/// <summary>Imports contacts from a spreadsheet.</summary>
/// <remarks>
/// A dry run and a rejected import tell which names exist, without a write. So they have an entry of a read in the audit.
/// </remarks>
internal sealed class ImportContacts(Db db, ReferenceData referenceData)
    : ListImportEndpoint<ContactSheet, ContactImport>(db)
{
    public override void Configure()
    {
        Post("/v1/contacts/import");
        RequestBinder(new ContactSheetBinder());
        Description(route =>
            route
                .Requires(Right.EditContacts)
                .AcceptsIdempotencyKey()
                .Described(
                    "Contacts",
                    "Imports contacts from a spreadsheet",
                    $"Any list with a column for the state, a column `name`, and other fields of a contact: {string.Join(", ", ContactSheet.Editable)}. A row changes the contact with its `id`, otherwise the one with its state and name, otherwise it adds a contact. An empty cell keeps the field; a new contact without an office is at the mission. The import is one transaction. The response names fields and never shows their content."
                )
                .TakesList($"one row for each contact, {ContactSheet.MostRows} at most")
                .Writes()
                .Fails(StatusCodes.Status409Conflict, "More lines change something than `max` allows.")
        );
    }

    protected override string? Resolution => null;

    public override async Task<Results<Ok<ContactImport>, ProblemHttpResult>> ExecuteAsync(
        ContactSheet sheet,
        CancellationToken ct
    )
    {
        var response = await base.ExecuteAsync(sheet, ct);
        if (response.Result is not Ok<ContactImport> { Value.DryRun: false })
        {
            await Database.AddAudit(RequestScope.Create(HttpContext, AuditAction.Read));
        }
        return response;
    }

    protected override async Task<(IListEdits<ContactImport>? Edits, ProblemHttpResult? Problem)> Compare(
        ListWrite write,
        ContactSheet sheet
    )
    {
        write.Write.OverwriteDeleted();
        var edits = await ContactEdits.Read(write, referenceData, sheet);
        return edits.Problems.Count > 0 ? (null, edits.Problems.Problem) : (edits, null);
    }
}

/// <summary>The changes of an import of contacts, or of a dry run.</summary>
public sealed record ContactImport
{
    /// <summary>Whether it was a dry run, which changes nothing.</summary>
    public required bool DryRun { get; init; }

    /// <summary>The number of lines that were read.</summary>
    public required int Lines { get; init; }

    /// <summary>The number of lines that change nothing.</summary>
    public required int Unchanged { get; init; }

    /// <summary>The number of lines that add a contact.</summary>
    public required int Added { get; init; }

    /// <summary>The lines that add or change a contact, in the order of the file.</summary>
    public required IReadOnlyList<ContactLineChange> Changes { get; init; }

    /// <summary>The line that was read as the header. Lines above it are titles, and are not read.</summary>
    public required long HeaderLine { get; init; }

    /// <summary>The columns of the file that were ignored, because their names are unknown.</summary>
    public required IReadOnlyList<IgnoredColumn> IgnoredColumns { get; init; }

    /// <summary>The columns that were read under another name than the file's.</summary>
    public required IReadOnlyList<MappedColumn> MappedColumns { get; init; }

    /// <summary>The sheets of a workbook that were not read.</summary>
    public required IReadOnlyList<string> OtherSheets { get; init; }
}

/// <summary>The change of one line of a list of contacts. It shows nothing about the person.</summary>
public sealed record ContactLineChange
{
    /// <summary>Its number in the file; the first line is 1.</summary>
    public required long Line { get; init; }

    /// <summary>The code of the state.</summary>
    public required string MemberState { get; init; }

    /// <summary>Whether the line adds a contact.</summary>
    public required bool IsNew { get; init; }

    /// <summary>The fields that change.</summary>
    public required IReadOnlyList<string> Fields { get; init; }
}
