using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Sessions.Convening;

/// <summary>Records the vote of the Security Council on a session.</summary>
internal sealed class RecordCouncilVote(Db db, ReferenceData referenceData)
    : Endpoint<RecordCouncilVoteRequest, Results<Ok<CouncilVote>, Created<CouncilVote>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Put("/v1/sessions/{id}/council-vote");
        Description(route =>
            route
                .Requires(Right.ManageSessions)
                .Described(
                    "Sessions",
                    "Records the vote of the Security Council on a session",
                    "Either every member of the Council by name, or the totals. The five permanent members of that day must be among the names. 201 if no vote was recorded."
                )
                .Conditional<CouncilVote>()
                .Writes()
                .Produces<CouncilVote>(StatusCodes.Status201Created)
                .Fails(StatusCodes.Status404NotFound, SessionProblems.NotFoundDescription)
                .Fails(StatusCodes.Status409Conflict, ConveningProblems.NotCountedDescription)
        );
    }

    public override async Task<Results<Ok<CouncilVote>, Created<CouncilVote>, ProblemHttpResult>> ExecuteAsync(
        RecordCouncilVoteRequest request,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Session);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<Ok<CouncilVote>, Created<CouncilVote>, ProblemHttpResult>>(async write =>
        {
            if (await SessionStore.Find(write.Connection, id, caller, write.Now) is not { } session)
            {
                return SessionProblems.NotFound(id);
            }
            if (ConveningProblems.FindUncountedVote(session) is { } fault)
            {
                return fault;
            }
            var errors = CouncilRoll.FindErrors(request, session, referenceData.Roster, NewYork.DayOf(write.Now));
            if (errors.Count > 0)
            {
                return Problems.Invalid(errors);
            }
            var current = await ConveningStore.FindVote(write.Connection, id);
            if (!seen.Holds(current?.Version, nothing: current is null))
            {
                return seen.VersionConflict(current, current?.Version);
            }
            var saved = await ConveningStore.SaveVote(write, caller, id, request);
            ETags.Set(HttpContext, ETags.FromVersion(saved.Version));
            return current is null ? TypedResults.Created(HttpContext.Request.Path, saved) : TypedResults.Ok(saved);
        });
    }
}
