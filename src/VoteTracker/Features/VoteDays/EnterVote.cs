using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.MemberStates;
using VoteTracker.Features.Stances;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.VoteDays;

/// <summary>Enters the vote of a member, as the board shows it.</summary>
internal sealed class EnterVote(Db db, ReferenceData referenceData)
    : Endpoint<EnterVoteRequest, Results<Ok<EnteredVote>, Created<EnteredVote>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Put("/v1/resolutions/{id}/vote-day/votes/{iso3}");
        Description(route =>
            route
                .Requires(Right.EnterVotes)
                .Described(
                    "Vote day",
                    "Enters a vote",
                    "Or corrects it. The response is sent after the vote is on disk. Each vote has its own version: `If-None-Match: *` enters the first one, and `If-Match` with its ETag corrects it. 409 if the member was not one on that day, or if it may not vote and the request does not accept that."
                )
                .Conditional<EnteredVote>()
                .Writes()
                .Produces<EnteredVote>(StatusCodes.Status201Created)
                .Fails(
                    StatusCodes.Status404NotFound,
                    "No resolution has that id, no vote day is open, or no member has that code."
                )
                .Fails(StatusCodes.Status409Conflict, VoteDayProblems.ConflictDescription)
        );
    }

    public override async Task<Results<Ok<EnteredVote>, Created<EnteredVote>, ProblemHttpResult>> ExecuteAsync(
        EnterVoteRequest request,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        var vote = request.Vote!.Value;
        return await db.Write<Results<Ok<EnteredVote>, Created<EnteredVote>, ProblemHttpResult>>(async write =>
        {
            var (row, problem) = await VoteDayAccess.FindOpen(write, id);
            if (row is null)
            {
                return problem!;
            }
            if (referenceData.Roster.Find(iso3) is not { Kind: SeatKind.Member } seat)
            {
                return StanceProblems.NoStance(referenceData, iso3);
            }
            if (!seat.IsMemberOn(row.HeldOn))
            {
                return ConflictTypes.NotAMember.Create(iso3, row.HeldOn);
            }
            var current = await VoteDayStore.FindVote(write.Connection, id, iso3);
            if (!seen.Holds(current?.Version, nothing: current is null))
            {
                return seen.VersionConflict(current, current?.Version);
            }
            if (
                vote != Vote.NonVoting
                && request.AcceptIneligible != true
                && await IneligibilityStore.Find(write.Connection, iso3) is { } ineligibility
                && new Spell(ineligibility.From, ineligibility.Until).Contains(row.HeldOn)
            )
            {
                return VoteDayConflictTypes.IneligibleVote.Create(
                    iso3,
                    row.HeldOn,
                    EnumWord<IneligibilityReason>.ToWord(ineligibility.Reason)
                );
            }
            var entered = await VoteDayStore.SaveVote(write, caller, id, iso3, vote);
            ETags.Set(HttpContext, ETags.FromVersion(entered.Version));
            return current is null ? TypedResults.Created(HttpContext.Request.Path, entered) : TypedResults.Ok(entered);
        });
    }
}

/// <summary>The vote of a member.</summary>
public sealed record EnterVoteRequest
{
    /// <summary>`yes`, `no`, `abstain` or `non-voting`.</summary>
    public Vote? Vote { get; init; }

    /// <summary>Enters the vote of a member that may not vote on that day, because the board shows it.</summary>
    public bool? AcceptIneligible { get; init; }
}

internal sealed class EnterVoteValidator : AbstractValidator<EnterVoteRequest>
{
    public EnterVoteValidator() => RuleFor(r => r.Vote).RequiredWord();
}
