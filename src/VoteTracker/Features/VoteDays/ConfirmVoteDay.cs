using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Features.RollCalls;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.VoteDays;

/// <summary>Confirms the proposed result, which becomes the campaign's roll call.</summary>
internal sealed class ConfirmVoteDay(Db db, VoteDayLoader loader, ReferenceData referenceData, Settings settings)
    : Endpoint<ConfirmVoteDayRequest, Results<Ok<VoteDay>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/resolutions/{id}/vote-day/confirm");
        Description(route =>
            route
                .Requires(Right.RecordRollCalls)
                .AcceptsIdempotencyKey()
                .Described(
                    "Vote day",
                    "Confirms the result",
                    "The votes become the campaign's roll call, as with `PUT …/roll-call`: it makes the vote public and decides the resolution. Another key than the one that proposed the result confirms it, unless the setting `VoteDayConfirmation` is false. To undo it, remove the roll call, which reopens the vote day."
                )
                .Conditional<VoteDay>()
                .Writes()
                .Fails(StatusCodes.Status404NotFound, VoteDayProblems.NotFoundDescription)
                .Fails(
                    StatusCodes.Status409Conflict,
                    "The vote is recorded, no result is proposed, the same key proposed it, or the totals differ; see `type`."
                )
        );
    }

    public override async Task<Results<Ok<VoteDay>, ProblemHttpResult>> ExecuteAsync(
        ConfirmVoteDayRequest request,
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
                if (current.Status != VoteDayStatus.Proposed)
                {
                    return VoteDayProblems.NotProposed(current.Status);
                }
                if (!seen.Holds(row.Version, nothing: false))
                {
                    return seen.VersionConflict(current, row.Version);
                }
                if (settings.VoteDayConfirmation && IsProposer(caller, row))
                {
                    return VoteDayConflictTypes.SamePerson.Create(row.ProposedBy);
                }
                if (current.Difference is { IsNone: false } difference && request.AcceptDifference != true)
                {
                    return VoteDayConflictTypes.TotalsDiffer.Create(difference);
                }
                var rollCall = ToRollCall(current, request.Status);
                var names = new RollOfNames(rollCall, referenceData.Roster, missingIsNonVoting: true);
                var errors = await RollCallRecorder.FindErrors(write, caller, resolution!, rollCall, names);
                if (errors.Count > 0)
                {
                    return Problems.Invalid(errors);
                }
                await RollCallRecorder.Save(
                    write,
                    caller,
                    referenceData,
                    resolution!,
                    rollCall,
                    names,
                    current.Announced?.NonVoting
                );
                var confirmed = row.Next(write, caller) with
                {
                    Status = EnumWord<VoteDayStatus>.ToWord(VoteDayStatus.Confirmed),
                    ConfirmedAt = write.Now,
                    ConfirmedBy = caller.Label,
                };
                await VoteDayStore.Save(write, caller, confirmed);
                ETags.Set(HttpContext, ETags.FromVersion(confirmed.Version));
                return TypedResults.Ok(await loader.Load(write.Connection, resolution!, confirmed));
            });
    }

    // A replaced key has the label of the old one.
    private static bool IsProposer(Caller caller, VoteDayRow row) =>
        caller.Label == row.ProposedBy || (caller.KeyId is { } key && key == row.ProposedKey);

    private static RecordRollCallRequest ToRollCall(VoteDay day, ResolutionStatus? status) =>
        new()
        {
            RecordedOn = day.On,
            Votes =
            [
                .. day.Votes.Select(vote => new RecordedVoteRequest
                {
                    MemberState = vote.MemberState,
                    Vote = vote.Vote,
                }),
            ],
            Announced = day.Announced is { } announced
                ? new AnnouncedTotalsRequest
                {
                    Yes = announced.Yes,
                    No = announced.No,
                    Abstain = announced.Abstain,
                }
                : null,
            Status = status,
        };
}

/// <summary>What the person who confirms the result accepts.</summary>
public sealed record ConfirmVoteDayRequest : IOptionalBody
{
    /// <summary>The announced totals differ from the votes, and both are saved.</summary>
    public bool? AcceptDifference { get; init; }

    /// <summary>`adopted` or `not-adopted`, if the Assembly's decision differs from the rule, or the rule is not recorded.</summary>
    public ResolutionStatus? Status { get; init; }
}

internal sealed class ConfirmVoteDayValidator : AbstractValidator<ConfirmVoteDayRequest>
{
    public ConfirmVoteDayValidator() =>
        RuleFor(r => r.Status)
            .Must(s => s is null or ResolutionStatus.Adopted or ResolutionStatus.NotAdopted)
            .WithMessage(
                (_, s) => WrongWord.Describe(["adopted", "not-adopted"], EnumWord<ResolutionStatus>.ToWord(s)!)
            );
}
