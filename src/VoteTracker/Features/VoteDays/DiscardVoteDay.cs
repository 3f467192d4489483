using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Resolutions;
using VoteTracker.Security;

namespace VoteTracker.Features.VoteDays;

/// <summary>Discards a vote day with its votes, such as a rehearsal.</summary>
internal sealed class DiscardVoteDay(Db db, VoteDayLoader loader)
    : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
{
    public override void Configure()
    {
        Delete("/v1/resolutions/{id}/vote-day");
        Description(route =>
            route
                .Requires(Right.RecordRollCalls)
                .Described(
                    "Vote day",
                    "Discards the vote day",
                    "With all its votes, such as after a rehearsal. If a vote day is opened again, its version continues. A confirmed one is reopened first."
                )
                .Conditional<VoteDay>()
                .Writes()
                .AnswersETag()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, VoteDayProblems.NotFoundDescription)
                .Fails(StatusCodes.Status409Conflict, "It is confirmed.")
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            if (await ResolutionStore.Find(write.Connection, id) is not { } resolution)
            {
                return Problems.NoResolution(id);
            }
            if (await VoteDayStore.Find(write.Connection, id) is not { State: { } status } row)
            {
                return VoteDayProblems.NotFound(id);
            }
            if (status == VoteDayStatus.Confirmed)
            {
                return VoteDayProblems.Closed(status);
            }
            if (!seen.Holds(row.Version, nothing: false))
            {
                return seen.VersionConflict(await loader.Load(write.Connection, resolution, row), row.Version);
            }
            var discarded = row.Next(write, caller) with
            {
                Status = null,
                Expected = null,
                ProposedAt = null,
                ProposedBy = null,
                ProposedKey = null,
            };
            await VoteDayStore.Save(write, caller, discarded);
            await VoteDayStore.RemoveVotes(write, caller, id, discarded.Version);
            ETags.Set(HttpContext, ETags.FromVersion(discarded.Version));
            return TypedResults.NoContent();
        });
    }
}
