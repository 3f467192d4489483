using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Security;

namespace VoteTracker.Features.Imports;

/// <summary>Shows the progress or the report of an import.</summary>
internal sealed class GetImport(RunningImports imports) : EndpointWithoutRequest<Results<Ok<Import>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/imports/{id}");
        Description(route =>
            route
                .Requires(Right.ImportRecord)
                .Described(
                    "Imports",
                    "Shows an import",
                    "The progress while it runs; then the report: what was read and changed, and the problems of the file with line numbers."
                )
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<Ok<Import>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Import);
        return await imports.Find(id) is { } import
            ? TypedResults.Ok(import)
            : Problems.NotFound("There is no such import.");
    }
}
