using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Security;

namespace VoteTracker.Features.VoteDays;

/// <summary>Removes the vote of a member that was entered by mistake.</summary>
internal sealed class RemoveVote(Db db) : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
{
    public override void Configure()
    {
        Delete("/v1/resolutions/{id}/vote-day/votes/{iso3}");
        Description(route =>
            route
                .Requires(Right.EnterVotes)
                .Described(
                    "Vote day",
                    "Removes a vote",
                    "The member then has no entry. If-Match names the version of the vote."
                )
                .Conditional<EnteredVote>()
                .Writes()
                .AnswersETag()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(
                    StatusCodes.Status404NotFound,
                    "No resolution has that id, no vote day is open, or the member has no entry."
                )
                .Fails(StatusCodes.Status409Conflict, VoteDayProblems.ConflictDescription)
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            var (row, problem) = await VoteDayAccess.FindOpen(write, id);
            if (row is null)
            {
                return problem!;
            }
            if (await VoteDayStore.FindVote(write.Connection, id, iso3) is not { } current)
            {
                return Problems.NotFound($"No vote of {iso3} is entered.");
            }
            if (!seen.Holds(current.Version, nothing: false))
            {
                return seen.VersionConflict(current, current.Version);
            }
            var removed = await VoteDayStore.SaveVote(write, caller, id, iso3, vote: null);
            ETags.Set(HttpContext, ETags.FromVersion(removed.Version));
            return TypedResults.NoContent();
        });
    }
}
