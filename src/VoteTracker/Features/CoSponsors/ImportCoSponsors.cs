using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Features.Lists;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.CoSponsors;

/// <summary>Imports co-sponsors from a spreadsheet.</summary>
internal sealed class ImportCoSponsors(Db db, ReferenceData referenceData)
    : ListImportEndpoint<CoSponsorSheet, ListImport>(db)
{
    public override void Configure()
    {
        Post("/v1/resolutions/{id}/co-sponsors/import");
        RequestBinder(new CoSponsorSheetBinder());
        Description(route =>
            route
                .Requires(Right.RecordCoSponsors)
                .AcceptsIdempotencyKey()
                .Described(
                    "Co-sponsors",
                    "Imports co-sponsors from a spreadsheet",
                    $"The exported co-sponsors.csv after editing, or any list with a column for the state and columns that an import changes: {string.Join(", ", CoSponsorSheet.Editable)}. The import is one transaction. Only edited cells change. A row in which all these cells are empty changes nothing, so an import deletes no co-sponsor. In other rows a missing column leaves the field as it is, and an empty cell clears it; a new co-sponsor without a role is additional. Without a `text_version`, the text is the same as by default in PUT."
                )
                .TakesList("one row for each member or observer")
                .Writes()
                .Fails(StatusCodes.Status404NotFound)
                .FailsWithLines<LineConflict>(
                    StatusCodes.Status409Conflict,
                    "Another user changed a co-sponsor after the export: see `lines`. Or more lines change something than `max` allows."
                )
        );
    }

    protected override async Task<(IListEdits<ListImport>? Edits, ProblemHttpResult? Problem)> Compare(
        ListWrite write,
        CoSponsorSheet sheet
    )
    {
        if (await ResolutionStore.Find(write.Write.Connection, Resolution!) is not { } resolution)
        {
            return (null, Problems.NoResolution(Resolution!));
        }
        var edits = await CoSponsorEdits.Read(write, referenceData, resolution, sheet);
        return edits.Problem is { } problem ? (null, problem) : (edits, null);
    }
}
