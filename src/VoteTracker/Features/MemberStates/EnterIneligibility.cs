using Dapper;
using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.MemberStates;

/// <summary>Enters that a member may not vote from a day to a day.</summary>
internal sealed class EnterIneligibility(Db db, ReferenceData facts)
    : Endpoint<EnterIneligibilityRequest, Results<Ok<Ineligibility>, Created<Ineligibility>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Put("/v1/member-states/{iso3}/ineligibility");
        Description(route =>
            route
                .Requires(Right.ManageEligibility)
                .Described(
                    "Member states",
                    "Enters that a member may not vote",
                    "From a day to a day, both included; it replaces what was entered before. Every text that is still to be voted on is counted anew. Lists of members in arrears (Charter, Article 19) are snapshots: members pay and vote again within days, so the service ships none."
                )
                .Writes()
                .Produces<Ineligibility>(StatusCodes.Status201Created)
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<Ok<Ineligibility>, Created<Ineligibility>, ProblemHttpResult>> ExecuteAsync(
        EnterIneligibilityRequest request,
        CancellationToken ct
    )
    {
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var caller = Caller.FromContext(HttpContext);
        if (facts.Roster.Find(iso3) is not { Kind: SeatKind.Member })
        {
            return Problems.NoMemberState(iso3, facts.Roster.Find(iso3)?.Kind);
        }
        var entry = new Ineligibility
        {
            MemberState = iso3,
            From = request.From!.Value,
            Until = request.Until,
            Reason = request.Reason!.Value,
            Note = request.Note,
        };
        var replaced = await db.Write(async write =>
        {
            var ended = await IneligibilityChange.End(write, iso3);
            await write.Connection.ExecuteAsync(
                """
                INSERT INTO ineligibility (member_state, from_day, until_day, reason, note, entered_at, entered_by)
                VALUES (@MemberState, @From, @Until, @reason, @Note, @Now, @Label)
                """,
                new
                {
                    entry.MemberState,
                    entry.From,
                    entry.Until,
                    reason = EnumWord<IneligibilityReason>.ToWord(entry.Reason),
                    entry.Note,
                    write.Now,
                    caller.Label,
                }
            );
            await IneligibilityChange.Publish(write, caller, iso3);
            return ended > 0;
        });
        return replaced ? TypedResults.Ok(entry) : TypedResults.Created(HttpContext.Request.Path, entry);
    }
}

/// <summary>From when to when a member may not vote, and why.</summary>
public sealed record EnterIneligibilityRequest
{
    /// <summary>The first day, New York's.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day; left out while it is open.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Why.</summary>
    public IneligibilityReason? Reason { get; init; }

    /// <summary>What else there is to say; 4,000 characters at most. Viewers and up see it.</summary>
    public string? Note { get; init; }
}

internal sealed class EnterIneligibilityValidator : AbstractValidator<EnterIneligibilityRequest>
{
    public EnterIneligibilityValidator()
    {
        RuleFor(r => r.From).Required();
        RuleFor(r => r.Until)
            .Must((r, until) => until is null || r.From is null || until >= r.From)
            .WithMessage("must not be before from");
        RuleFor(r => r.Reason).RequiredWord();
        RuleFor(r => r.Note).Text(4_000);
    }
}
