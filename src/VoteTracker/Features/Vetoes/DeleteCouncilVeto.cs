using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Engagements;
using VoteTracker.Security;

namespace VoteTracker.Features.Vetoes;

/// <summary>Deletes a veto.</summary>
internal sealed class DeleteCouncilVeto(Db db) : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
{
    public override void Configure()
    {
        Delete("/v1/council-vetoes/{id}");
        Description(route =>
            route
                .Requires(Right.ManageSessions)
                .Described("Council vetoes", "Deletes a veto", "For an entry made by mistake.")
                .Conditional<CouncilVeto>()
                .Writes()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, VetoRules.NotFoundDescription)
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Number(PathParameters.CouncilVeto);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            if (await VetoStore.Find(write.Connection, id, caller) is not { } current)
            {
                return Problems.NotFound("There is no such veto.");
            }
            if (!seen.Holds(current.Version, nothing: false))
            {
                return seen.VersionConflict(current, current.Version);
            }
            await VetoStore.Delete(write, caller, id);
            return TypedResults.NoContent();
        });
    }
}
