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
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Stances.Undo;

/// <summary>Reverts an import of stances.</summary>
internal sealed class RevertStanceImport(Db db, ReferenceData referenceData)
    : EndpointWithoutRequest<Results<Ok<StanceImportRevert>, ProblemHttpResult>>
{
    private static readonly FlagParameter DryRunParameter = new(
        "dryRun",
        "`true`: nothing is changed, and the response shows what the revert would change."
    );

    private static readonly FlagParameter SkipChangedParameter = new(
        "skipChanged",
        "`true`: stances that have changed since, or that may not be restored, stay as they are, and are listed."
    );

    public override void Configure()
    {
        Post("/v1/resolutions/{id}/stances/imports/{importId}/revert");
        Description(route =>
            route
                .Requires(Right.ImportStances)
                .AcceptsIdempotencyKey()
                .Described(
                    "Stances",
                    "Reverts an import of stances",
                    "Every stance and assignment that the import changed gets the content that it had before, as a new change. It is one transaction: all of them, or none. A stance that another request has changed since is a 409 that names it; with `skipChanged` it stays as it is. A stance that was changed and then restored to the version of the import counts as not changed. An import is reverted once; a second revert is a 409. With `dryRun` the changes are made and rolled back, and the response shows them."
                )
                .Takes(DryRunParameter, SkipChangedParameter)
                .Writes()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, StanceImportProblems.NotFoundDescription)
                .FailsWithStances<StanceRevertConflict>(
                    StatusCodes.Status409Conflict,
                    "Stances have changed since the import, or a member may not vote on the day of the vote: see `stances`. Or the import is already reverted, or the vote is over."
                )
        );
    }

    public override async Task<Results<Ok<StanceImportRevert>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var importId = HttpContext.Part(PathParameters.StanceImport);
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var dryRun = query.Read(DryRunParameter);
        var skipChanged = query.Read(SkipChangedParameter);
        if (query.Problem is { } problem)
        {
            return problem;
        }
        return await db.Once(HttpContext)
            .Write<Results<Ok<StanceImportRevert>, ProblemHttpResult>>(
                dryRun,
                async write =>
                {
                    if (await ResolutionStore.Find(write.Connection, id) is not { } resolution)
                    {
                        return Problems.NoResolution(id);
                    }
                    if (await StoredStanceImport.Find(write.Connection, id, importId) is not { } import)
                    {
                        return StanceImportProblems.NotFound(id, importId);
                    }
                    if (import.Changes > 0 && resolution.Basis != Basis.Stances)
                    {
                        return StanceProblems.VoteIsOver(resolution.Status);
                    }
                    if (import.RevertedAt is not null)
                    {
                        return StanceImportProblems.Reverted(import);
                    }
                    var undo = await StanceImportUndo.Read(write, referenceData, import);
                    if (undo.Conflicts.Count > 0 && !skipChanged)
                    {
                        return StanceImportProblems.ChangedSince(undo.Conflicts);
                    }
                    var before = await Count(write, id);
                    var changes = await undo.Save(write, caller);
                    var after = await Count(write, id);
                    var done = new StanceImportRevert
                    {
                        Import = import.Id,
                        Resolution = id,
                        DryRun = dryRun,
                        Changes = changes,
                        Assignments = undo.Assignments,
                        Unchanged = undo.Unchanged,
                        Skipped = undo.Conflicts,
                        Before = before,
                        After = after,
                        Turns = before.Reached != after.Reached,
                    };
                    return TypedResults.Ok(done);
                }
            );
    }

    private async Task<Tally> Count(Write write, string id) =>
        Tally.FromStandings((await StateReader.LoadNow(write.Connection, referenceData, id, write.Now))!);
}
