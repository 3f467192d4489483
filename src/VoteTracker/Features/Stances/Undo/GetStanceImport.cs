using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Assignments;
using VoteTracker.Features.Resolutions;
using VoteTracker.Security;
using VoteTracker.Security.Audit;

namespace VoteTracker.Features.Stances.Undo;

/// <summary>Shows an import of stances, with the stances that it changed.</summary>
internal sealed class GetStanceImport(Db db)
    : EndpointWithoutRequest<Results<Ok<StoredStanceImport>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/stances/imports/{importId}");
        Description(route =>
            route
                .Requires(Right.SeeStances, hidesExistence: true)
                .ReadsPersonalData(Right.SeeContacts)
                .Described(
                    "Stances",
                    "Shows an import of stances",
                    "Its author, its moment, the stances and assignments that it changed, and whether it was reverted."
                )
                .Fails(StatusCodes.Status404NotFound, StanceImportProblems.NotFoundDescription)
        );
    }

    public override async Task<Results<Ok<StoredStanceImport>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var importId = HttpContext.Part(PathParameters.StanceImport);
        var caller = Caller.FromContext(HttpContext);
        var (import, changes, assignments) = await db.Read(async connection =>
        {
            await RouteResolution.LoadWithRole(connection, id, HttpContext);
            return await StoredStanceImport.Find(connection, id, importId) is not { } found
                ? (null, [], [])
                : (found, await found.ListChanges(connection), await ImportedAssignment.List(connection, importId));
        });
        return import is null
            ? StanceImportProblems.NotFound(id, importId)
            : TypedResults.Ok(
                import with
                {
                    Stances = [.. changes.Select(change => ImportedStance.FromChange(change, caller))],
                    Assignments = [.. assignments.Select(ImportedAssignee.FromChange)],
                }
            );
    }
}
