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

/// <summary>Enters that a member may not vote from one day to another.</summary>
internal sealed class EnterIneligibility(Db db, ReferenceData referenceData)
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
                    "From one day to another, both included. It replaces the previous entry. Every resolution before its vote is counted again. The service has no list of members in arrears (Charter, Article 19), because members pay and may vote again within days."
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
        if (referenceData.Roster.Find(iso3) is not { Kind: SeatKind.Member })
        {
            return Problems.NoMemberState(iso3, referenceData.Roster.Find(iso3)?.Kind);
        }
        var entry = new Ineligibility
        {
            MemberState = iso3,
            From = request.From!.Value,
            Until = request.Until,
            Reason = request.Reason!.Value,
            Note = request.Note,
        };
        var replaced = await db.Write(write => IneligibilityStore.Replace(write, caller, entry));
        return replaced ? TypedResults.Ok(entry) : TypedResults.Created(HttpContext.Request.Path, entry);
    }
}

/// <summary>The days on which a member may not vote, and the reason.</summary>
public sealed record EnterIneligibilityRequest
{
    /// <summary>The first day, New York's.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day; left out if it is not known.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The reason.</summary>
    public IneligibilityReason? Reason { get; init; }

    /// <summary>A note; 4,000 characters at most. Viewers and up see it.</summary>
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
