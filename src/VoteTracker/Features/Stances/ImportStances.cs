using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Stances;

/// <summary>Takes stances back from a spreadsheet.</summary>
internal sealed class ImportStances(Db db, ReferenceData facts)
    : Endpoint<StanceSheet, Results<Ok<StanceImport>, ProblemHttpResult>>
{
    private static readonly FlagParameter DryRunParameter = new(
        "dryRun",
        "`true`: nothing is changed, and the answer tells what would be."
    );

    public override void Configure()
    {
        Post("/v1/resolutions/{id}/stances/import");
        RequestBinder(new StanceSheetBinder());
        Description(route =>
            route
                .Needs(Role.Coordinator)
                .Repeatable()
                .Described(
                    "Stances",
                    "Takes stances back from a spreadsheet",
                    "The exported stances.csv, edited, or any CSV with `iso3` and columns that an import changes: position, certainty, evidence, evidence_url, note, contact, and reason for the history of a change. All of it is done, or nothing. Only edited cells change: a row that equals the stance at its `version`, or the current one if it has none, is no change. A row of a state with empty cells changes nothing. In other rows a missing column leaves the field, and an empty cell empties it, except for contact. `unknown` deletes a stance. A row that contradicts its `iso3`, and text damaged by a wrong encoding, is a 400, as is `NA` in a free text. With `dryRun` the same is done and rolled back, and the response shows what it was."
                )
                .Takes(DryRunParameter)
                .TakesFile(
                    "A header and a row for each member, in UTF-8, separated by commas, semicolons, tabs or bars. The export's other columns are not read; unknown columns are ignored and listed in `ignoredColumns`.",
                    Csv.MediaType
                )
                .Writes()
                .Fails(StatusCodes.Status404NotFound)
                .FailsWithLines<StanceConflict>(
                    StatusCodes.Status409Conflict,
                    "Somebody changed what was edited here too, or the member may not vote on the day of the vote: `lines` lists them. Or the vote is over."
                )
        );
    }

    public override async Task<Results<Ok<StanceImport>, ProblemHttpResult>> ExecuteAsync(
        StanceSheet sheet,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var dryRun = query.Read(DryRunParameter);
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var once = db.Once(HttpContext);
        try
        {
            return await once.Write<Results<Ok<StanceImport>, ProblemHttpResult>>(async write =>
            {
                if (await Resolution.Find(write.Connection, id) is not { } resolution)
                {
                    return Problems.NoResolution(id);
                }
                if (resolution.Basis != Basis.Stances)
                {
                    return StanceForUpdate.VoteIsOver(resolution.Status);
                }
                var before = await Count(write, id);
                var edits = await StanceEdits.Read(write, facts, id, sheet);
                if (edits.Problem is { } refusal)
                {
                    return refusal;
                }
                var changes = await edits.Save(write, caller, id);
                var after = await Count(write, id);
                var done = new StanceImport
                {
                    Resolution = id,
                    DryRun = dryRun,
                    Lines = sheet.Table.Rows.Count,
                    Unchanged = sheet.Table.Rows.Count - changes.Count,
                    Changes = changes,
                    Before = before,
                    After = after,
                    Turns = before.Reached != after.Reached,
                    IgnoredColumns = sheet.Table.IgnoredColumns,
                };
                return dryRun ? throw new Rehearsed(done) : TypedResults.Ok(done);
            });
        }
        catch (Rehearsed rehearsed)
        {
            return TypedResults.Ok(rehearsed.Import);
        }
    }

    private async Task<Tally> Count(Write write, string id) =>
        Tally.FromStandings((await StateReader.LoadNow(write.Connection, facts, id, write.Now))!);

    /// <summary>Thrown out of a write that did everything, so that nothing of it stays.</summary>
    private sealed class Rehearsed(StanceImport import) : Exception
    {
        public StanceImport Import => import;
    }
}

/// <summary>What an import changed, or would change.</summary>
public sealed record StanceImport
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>Whether it was only tried: then nothing is changed.</summary>
    public required bool DryRun { get; init; }

    /// <summary>The lines that were read.</summary>
    public required int Lines { get; init; }

    /// <summary>Those that change nothing.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Those that do, in their order.</summary>
    public required IReadOnlyList<StanceLineChange> Changes { get; init; }

    /// <summary>The tally before.</summary>
    public required Tally Before { get; init; }

    /// <summary>The tally after.</summary>
    public required Tally After { get; init; }

    /// <summary>Whether the result turns: what was reached no longer is, or the other way round.</summary>
    public required bool Turns { get; init; }

    /// <summary>The columns of the file that were not read, because their names are not known.</summary>
    public required IReadOnlyList<IgnoredColumn> IgnoredColumns { get; init; }
}

/// <summary>What a line changes.</summary>
public sealed record StanceLineChange
{
    /// <summary>Its number in the file; the header is 1.</summary>
    public required long Line { get; init; }

    /// <summary>The member state's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>The cells that were edited; where a stance is taken away, the position alone.</summary>
    public required IReadOnlyList<StanceFieldChange> Fields { get; init; }
}

/// <summary>A cell that was edited.</summary>
public sealed record StanceFieldChange
{
    /// <summary>The column.</summary>
    public required string Field { get; init; }

    /// <summary>What it said before.</summary>
    public required string? From { get; init; }

    /// <summary>What it says now.</summary>
    public required string? To { get; init; }
}

/// <summary>Why a line does not go with what stands.</summary>
public enum StanceConflictKind
{
    /// <summary>Somebody changed the stance after the table was made.</summary>
    MovedOn,

    /// <summary>The member may not vote on the day of the vote.</summary>
    MayNotVote,
}

/// <summary>A line that does not go with what stands.</summary>
public sealed record StanceConflict
{
    /// <summary>Its number in the file; the header is 1.</summary>
    public required long Line { get; init; }

    /// <summary>The member state's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>Why.</summary>
    public required StanceConflictKind Why { get; init; }

    /// <summary>The same in words.</summary>
    public required string Detail { get; init; }

    /// <summary>The stance as it stands now.</summary>
    public required Stance Current { get; init; }
}
