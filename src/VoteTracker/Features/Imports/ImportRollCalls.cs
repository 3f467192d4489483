using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Imports.Reading;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Imports;

/// <summary>Imports the Library's file of recorded votes.</summary>
internal sealed class ImportRollCalls(
    Uploads uploads,
    ReferenceData facts,
    RunningImports imports,
    Settings settings,
    TimeProvider clock
) : EndpointWithoutRequest<Results<Accepted<Import>, ProblemHttpResult>>
{
    private static readonly FlagParameter StrictParameter = new(
        "strict",
        "`true`: anything wrong with the file makes the import fail, and nothing is changed."
    );

    public override void Configure()
    {
        Post("/v1/imports/roll-calls");
        Description(route =>
            route
                .Requires(Right.ImportRecord)
                .Repeatable()
                .Described(
                    "Imports",
                    "Imports the whole record",
                    "The UN Digital Library's file of General Assembly voting data, a line a member and a vote, as CSV or as gzip of it: the columns of its layout of 2025 or 2026, in any order. The answer comes when the file was received; the import then runs by itself, and is to be seen as a whole or not at all. Lines that cannot be used, and texts whose names do not count to their totals, are counted and listed in the report; with `strict` they make it fail. Texts that stand already are brought up to date, those that a user wrote are left. The file may be as large as the setting `MaxImportBytes` says, and must not arrive more slowly than `MinUploadBytesPerSecond`. To cancel an import, delete it; to cancel an upload, close the connection. A file that has over 100,000 lines without a usable vote, and more of them than lines with one, or over 100,000 texts, is refused."
                )
                .Takes(StrictParameter)
                .TakesFile("The file, plain or packed.", Uploads.MediaTypes)
                .Writes()
                .Produces<Import>(StatusCodes.Status202Accepted)
                .Fails(
                    StatusCodes.Status408RequestTimeout,
                    "The file arrives more slowly than `MinUploadBytesPerSecond`."
                )
                .Fails(StatusCodes.Status409Conflict, "Another import is running; wait for its end.")
        );
    }

    public override async Task<Results<Accepted<Import>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var strict = query.Read(StrictParameter);
        if (query.Problem is { } problem)
        {
            return problem;
        }
        Uploads.CheckType(HttpContext.Request);
        // Known before the file is sent; what counts is whether the turn can be taken once it has been received.
        if (imports.IsTaken)
        {
            return Running();
        }
        var file = await uploads.Receive(HttpContext);
        var hasTurn = false;
        try
        {
            // A file that is not the Library's at all is refused at once.
            VotingDataReader.CheckHeader(
                new VotingDataStream(file, settings.MaxImportBytes, ct),
                facts.Roster,
                NewYork.DayOf(clock.GetUtcNow())
            );
            hasTurn = await imports.TryTake();
            if (!hasTurn)
            {
                await file.DisposeAsync();
                return Running();
            }
            var import = await imports.Begin(file, strict, caller);
            return TypedResults.Accepted($"/v1/imports/{import.Id}", import);
        }
        catch (Exception exception)
        {
            await file.DisposeAsync();
            if (hasTurn)
            {
                await imports.GiveBack();
            }
            if (exception is ImportRefused refused)
            {
                return Problems.Invalid("body", refused.Message);
            }
            throw;
        }
    }

    private static ProblemHttpResult Running() => ConflictTypes.ImportRunning.Create();
}
