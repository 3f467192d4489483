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

/// <summary>Imports the UN Digital Library's file of recorded votes.</summary>
internal sealed class ImportRollCalls(
    Uploads uploads,
    ReferenceData referenceData,
    RunningImports imports,
    Settings settings,
    TimeProvider clock
) : EndpointWithoutRequest<Results<Accepted<Import>, ProblemHttpResult>>
{
    private static readonly FlagParameter StrictParameter = new(
        "strict",
        "`true`: any problem of the file makes the import fail, and nothing is changed."
    );

    public override void Configure()
    {
        Post("/v1/imports/roll-calls");
        Description(route =>
            route
                .Requires(Right.ImportRecord)
                .AcceptsIdempotencyKey()
                .Described(
                    "Imports",
                    "Imports the whole record",
                    "The UN Digital Library's file of General Assembly voting data, as CSV or gzip. It has a line for each member and vote, and the columns of the layout of 2025 or 2026 in any order. The response is sent when the file was received. The import then runs in the background, and becomes visible as a whole when it commits. The report counts and lists lines that cannot be used, and resolutions whose names do not add up to their totals. With `strict`, each of them makes the import fail. Existing resolutions are updated, except those that a user wrote. The settings `MaxImportBytes` and `MinUploadBytesPerSecond` limit the size and the rate of the upload. To cancel an import, delete it; to cancel an upload, close the connection. A file is rejected if it has over 100,000 lines without a usable vote, and more of them than lines with one. It is also rejected if it has over 100,000 resolutions."
                )
                .Takes(StrictParameter)
                .TakesFile("The file, plain or compressed.", Uploads.MediaTypes)
                .Writes()
                .Produces<Import>(StatusCodes.Status202Accepted)
                .Fails(
                    StatusCodes.Status408RequestTimeout,
                    "The file arrives more slowly than `MinUploadBytesPerSecond`."
                )
                .Fails(StatusCodes.Status409Conflict, "Another import is running; wait until it ends.")
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
        // An early answer. Whether the import can start is decided when the file was received.
        if (imports.IsBusy)
        {
            return Running();
        }
        var file = await uploads.Receive(HttpContext);
        var isAcquired = false;
        try
        {
            // A file of another kind is rejected at once.
            VotingDataReader.CheckHeader(
                new VotingDataStream(file, settings.MaxImportBytes, ct),
                referenceData.Roster,
                NewYork.DayOf(clock.GetUtcNow())
            );
            isAcquired = await imports.TryAcquire();
            if (!isAcquired)
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
            if (isAcquired)
            {
                await imports.Release();
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
