using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Imports;

/// <summary>Cancels an import.</summary>
internal sealed class CancelImport(RunningImports imports)
    : EndpointWithoutRequest<Results<Ok<Import>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Delete("/v1/imports/{id}");
        Description(route =>
            route
                .Requires(Right.ImportRecord)
                .Described(
                    "Imports",
                    "Cancels an import",
                    "A running import ends as `cancelled` and changes nothing. The response is the import. The next import can begin then; an import at another replica ends a moment later. Cancelling it again returns the same. An import has no version, so the request names none."
                )
                .Writes()
                .Fails(StatusCodes.Status404NotFound)
                .Fails(StatusCodes.Status409Conflict, "The import had already ended; it is not changed.")
        );
    }

    public override async Task<Results<Ok<Import>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct) =>
        await imports.Cancel(HttpContext.Part(PathParameters.Import)) switch
        {
            null => Problems.NotFound("There is no such import."),
            { Status: ImportStatus.Cancelled } import => TypedResults.Ok(import),
            var import => ConflictTypes.ImportEnded.Create(EnumWord<ImportStatus>.ToWord(import.Status)),
        };
}
