using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Contacts;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting;

namespace VoteTracker.Features.Stances;

/// <summary>Records where a member state stands.</summary>
internal sealed class RecordStance(Db db, Facts facts)
    : Endpoint<RecordStanceRequest, Results<Ok<Stance>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Put("/v1/resolutions/{id}/stances/{iso3}");
        Description(route =>
            route
                .Needs(Role.Lobbyist)
                .Described(
                    "Stances",
                    "Records where a member state stands",
                    "Every recording is a change, also with the same content: somebody confirmed it that day. Answers the stance with its new version, after it is on disk and when the next tally shows it. 409 where the member may not vote on that day, or the vote is over."
                )
                .Conditional()
                .Writes()
                .Fails(StatusCodes.Status404NotFound)
                .Fails(
                    StatusCodes.Status409Conflict,
                    "The member may not vote on the day of the vote, or the vote is over; `type` tells which."
                )
        );
    }

    public override async Task<Results<Ok<Stance>, ProblemHttpResult>> ExecuteAsync(
        RecordStanceRequest request,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var seen = Precondition.Of(HttpContext);
        var caller = Caller.Of(HttpContext);
        return await db.Write<Results<Ok<Stance>, ProblemHttpResult>>(async write =>
        {
            var found = await StandingStance.Read(write.Connection, facts, id, iso3, write.Now);
            if ((found.Over ?? found.Barred) is { } refusal)
            {
                return refusal;
            }
            if (request.Contact is { } contact && !await Contact.Exists(write.Connection, contact))
            {
                return Problems.Invalid("contact", "must be the id of a contact");
            }
            var standing = found.Stance;
            if (!seen.Holds(standing.Version, nothing: standing.Position == Position.Unknown))
            {
                return seen.VersionConflict(standing.For(caller), standing.Version);
            }
            var (version, at) = await Change.Raise(write, caller, ChangeKind.Stance, id, iso3);
            var stance = new Stance
            {
                Resolution = id,
                MemberState = iso3,
                Position = request.Position!.Value,
                Certainty = request.Certainty,
                Evidence = request.Evidence,
                EvidenceUrl = request.EvidenceUrl,
                Note = request.Note,
                Contact = request.Contact,
                Version = version,
                ChangedBy = caller.Label,
                ChangedAt = at,
            };
            await StanceHistory.Keep(write, stance, request.Reason);
            ETags.Set(HttpContext, ETags.Of(version));
            return TypedResults.Ok(stance);
        });
    }
}

/// <summary>Where a member state stands, and how we know.</summary>
public sealed record RecordStanceRequest
{
    /// <summary>`yes`, `no`, `abstain`, `absent` or `undecided`.</summary>
    public Position? Position { get; init; }

    /// <summary>How firm that is.</summary>
    public Certainty? Certainty { get; init; }

    /// <summary>What it rests on.</summary>
    public Evidence? Evidence { get; init; }

    /// <summary>A link to it, https or http; 2,000 characters at most.</summary>
    public string? EvidenceUrl { get; init; }

    /// <summary>What else there is to say; 4,000 characters at most. Viewers and up see it.</summary>
    public string? Note { get; init; }

    /// <summary>The id of the contact who said it.</summary>
    public string? Contact { get; init; }

    /// <summary>Why it is recorded now; kept in the history. 1,000 characters at most.</summary>
    public string? Reason { get; init; }
}

internal sealed class RecordStanceValidator : AbstractValidator<RecordStanceRequest>
{
    public RecordStanceValidator()
    {
        RuleFor(r => r.Position)
            .Must(p => p is not null and not Position.Unknown)
            .WithMessage("is required: one of yes, no, abstain, absent, undecided; DELETE makes it unknown");
        RuleFor(r => r.Certainty).RequiredWord();
        RuleFor(r => r.Evidence).RequiredWord();
        RuleFor(r => r.EvidenceUrl).WebAddress();
        RuleFor(r => r.Note).Text(4_000);
        RuleFor(r => r.Contact).Text(64);
        RuleFor(r => r.Reason).Text(1_000);
    }
}
