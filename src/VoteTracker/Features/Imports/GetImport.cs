using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Security;

namespace VoteTracker.Features.Imports;

/// <summary>Shows how far an import is, or what it did.</summary>
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
                    "How far it is while it runs; then its report: what was read and changed, and everything that is wrong with the file, with line numbers."
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
