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
    : Endpoint<CoSponsorSheet, Results<Ok<ListImport>, ProblemHttpResult>>
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
                    $"The exported co-sponsors.csv after editing, or any list with a column for the state and columns that an import changes: {string.Join(", ", CoSponsorSheet.Editable)}. The import is one transaction. Only edited cells change. A row in which all these cells are empty changes nothing, so an import deletes no co-sponsor. In other rows a missing column leaves the field as it is, and an empty cell clears it; a new co-sponsor without a role is additional."
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

    public override async Task<Results<Ok<ListImport>, ProblemHttpResult>> ExecuteAsync(
        CoSponsorSheet sheet,
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
                var edits = await CoSponsorEdits.Read(write, referenceData, id, sheet);
                if ((edits.Problem ?? ListRequest.CheckMax(edits.Count, max)) is { } refusal)
                {
                    return refusal;
                }
                var changes = await edits.Save(write, caller, id);
                return TypedResults.Ok(ListImport.Create(id, dryRun, sheet.Table, changes));
            }
        );
    }
}
