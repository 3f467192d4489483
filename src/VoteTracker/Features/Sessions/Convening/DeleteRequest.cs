using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Sessions.Convening;

/// <summary>Deletes the request of a member for a session. Its history stays.</summary>
internal sealed class DeleteRequest(Db db, ReferenceData referenceData)
    : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
{
    public override void Configure()
    {
        Delete("/v1/sessions/{id}/requests/{iso3}");
        Description(route =>
            route
                .Requires(Right.RecordRequests)
                .Described(
                    "Sessions",
                    "Deletes the request of a member for a session",
                    "For a request that was withdrawn, or recorded by mistake. Its history stays."
                )
                .Conditional<SessionRequest>()
                .Writes()
                .AnswersETag()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, ConveningProblems.NoRequestDescription)
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Session);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            if (await SessionStore.Find(write.Connection, id, caller, write.Now) is null)
            {
                return SessionProblems.NotFound(id);
            }
            if (ConveningProblems.FindState(referenceData, iso3) is { } fault)
            {
                return fault;
            }
            if (await SessionRequestStore.Find(write.Connection, id, iso3) is not { } current)
            {
                return ConveningProblems.NoRequest(iso3);
            }
            if (!seen.Holds(current.Version, nothing: false))
            {
                return seen.VersionConflict(current, current.Version);
            }
            ETags.Set(HttpContext, ETags.FromVersion(await SessionRequestStore.Delete(write, caller, current)));
            return TypedResults.NoContent();
        });
    }
}
