using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Security;

namespace VoteTracker.Features.Sessions.Convening;

/// <summary>Deletes the vote of the Security Council on a session. Its history stays.</summary>
internal sealed class DeleteCouncilVote(Db db) : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
{
    public override void Configure()
    {
        Delete("/v1/sessions/{id}/council-vote");
        Description(route =>
            route
                .Requires(Right.ManageSessions)
                .Described(
                    "Sessions",
                    "Deletes the vote of the Security Council on a session",
                    "For a vote that was recorded by mistake. Its history stays."
                )
                .Conditional<CouncilVote>()
                .Writes()
                .AnswersETag()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, ConveningProblems.NoVoteDescription)
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Session);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            if (await SessionStore.Find(write.Connection, id, caller, write.Now) is null)
            {
                return SessionProblems.NotFound(id);
            }
            if (await ConveningStore.FindVote(write.Connection, id) is not { } current)
            {
                return ConveningProblems.NoVote();
            }
            if (!seen.Holds(current.Version, nothing: false))
            {
                return seen.VersionConflict(current, current.Version);
            }
            ETags.Set(HttpContext, ETags.FromVersion(await ConveningStore.DeleteVote(write, caller, id)));
            return TypedResults.NoContent();
        });
    }
}
