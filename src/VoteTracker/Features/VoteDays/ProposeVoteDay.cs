using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.VoteDays;

/// <summary>Proposes the votes that were entered as the result.</summary>
internal sealed class ProposeVoteDay(Db db, VoteDayLoader loader)
    : Endpoint<ProposeVoteDayRequest, Results<Ok<VoteDay>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/resolutions/{id}/vote-day/propose");
        Description(route =>
            route
                .Requires(Right.EnterVotes)
                .AcceptsIdempotencyKey()
                .Described(
                    "Vote day",
                    "Proposes the result",
                    "After it no vote changes until it is confirmed or reopened. 409 if members that may vote have no entry, or if the announced totals differ, unless the request accepts that."
                )
                .Conditional<VoteDay>()
                .Writes()
                .Fails(StatusCodes.Status404NotFound, VoteDayProblems.NotFoundDescription)
                .Fails(
                    StatusCodes.Status409Conflict,
                    "The vote is recorded, the vote day has another status, members have no entry, or the totals differ; see `type`."
                )
        );
    }

    public override async Task<Results<Ok<VoteDay>, ProblemHttpResult>> ExecuteAsync(
        ProposeVoteDayRequest request,
        CancellationToken ct
    )
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
                var current = await loader.Load(write.Connection, resolution!, row);
                if (current.Status != VoteDayStatus.Entering)
                {
                    return VoteDayProblems.Closed(current.Status);
                }
                if (!seen.Holds(row.Version, nothing: false))
                {
                    return seen.VersionConflict(current, row.Version);
                }
                if (current.Tally.Remaining > 0 && request.MissingIsNonVoting != true)
                {
                    return VoteDayConflictTypes.VotesMissing.Create(current.Tally.Remaining);
                }
                if (current.Difference is { IsNone: false } difference && request.AcceptDifference != true)
                {
                    return VoteDayConflictTypes.TotalsDiffer.Create(difference);
                }
                var proposed = row.Next(write, caller) with
                {
                    Status = EnumWord<VoteDayStatus>.ToWord(VoteDayStatus.Proposed),
                    ProposedAt = write.Now,
                    ProposedBy = caller.Label,
                    ProposedKey = caller.KeyId,
                };
                await VoteDayStore.Save(write, caller, proposed);
                ETags.Set(HttpContext, ETags.FromVersion(proposed.Version));
                return TypedResults.Ok(await loader.Load(write.Connection, resolution!, proposed));
            });
    }
}

/// <summary>What the person who proposes the result accepts.</summary>
public sealed record ProposeVoteDayRequest : IOptionalBody
{
    /// <summary>Members that may vote and have no entry become non-voting.</summary>
    public bool? MissingIsNonVoting { get; init; }

    /// <summary>The announced totals differ from the votes, and both are saved.</summary>
    public bool? AcceptDifference { get; init; }
}

/// <summary>Every combination of the two flags is valid.</summary>
internal sealed class ProposeVoteDayValidator : AbstractValidator<ProposeVoteDayRequest>;
