using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Http;
using VoteTracker.Security;

namespace VoteTracker.Features.Imports;

/// <summary>Shows how far an import is, or what it did.</summary>
internal static class GetImport
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/imports/{id}", Handle)
            .Needs(Role.Coordinator)
            .Described(
                "GetImport",
                "Imports",
                "Shows an import",
                "How far it is while it runs; then its report: what was read and changed, and everything that is wrong with the file, with line numbers."
            )
            .Fails(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Import>, ProblemHttpResult>> Handle(string id, RunningImports imports) =>
        await imports.Find(id) is { } import ? TypedResults.Ok(import) : Problems.NotFound("There is no such import.");
}
