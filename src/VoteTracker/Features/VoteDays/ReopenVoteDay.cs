using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Security;

namespace VoteTracker.Features.VoteDays;

/// <summary>Reopens a vote day, so that its votes can be corrected.</summary>
internal sealed class ReopenVoteDay(Db db, VoteDayLoader loader)
    : EndpointWithoutRequest<Results<Ok<VoteDay>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/resolutions/{id}/vote-day/reopen");
        Description(route =>
            route
                .Requires(Right.EnterVotes)
                .AcceptsIdempotencyKey()
                .Described(
                    "Vote day",
                    "Reopens the vote day",
                    "The proposal is withdrawn, and the votes can be corrected. A confirmed vote day is reopened when the campaign's roll call is removed."
                )
                .Conditional<VoteDay>()
                .Writes()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, VoteDayProblems.NotFoundDescription)
                .Fails(StatusCodes.Status409Conflict, VoteDayProblems.ConflictDescription)
        );
    }

    public override async Task<Results<Ok<VoteDay>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Once(HttpContext)
            .Write<Results<Ok<VoteDay>, ProblemHttpResult>>(async write =>
            {
                var (resolution, row, problem) = await VoteDayAccess.Find(write, id);
                if (row is null)
                {
                    return problem!;
                }
                if (row.State == VoteDayStatus.Entering)
                {
                    return VoteDayProblems.NotClosed();
                }
                if (!seen.Holds(row.Version, nothing: false))
                {
                    return seen.VersionConflict(await loader.Load(write.Connection, resolution!, row), row.Version);
                }
                var reopened = row.Reopened(write, caller);
                await VoteDayStore.Save(write, caller, reopened);
                ETags.Set(HttpContext, ETags.FromVersion(reopened.Version));
                return TypedResults.Ok(await loader.Load(write.Connection, resolution!, reopened));
            });
    }
}
