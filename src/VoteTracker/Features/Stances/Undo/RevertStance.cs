using System.Globalization;
using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Features.Changes;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances.Undo;

/// <summary>Restores an earlier version of a stance, as a new change.</summary>
internal sealed class RevertStance(Db db, ReferenceData referenceData)
    : Endpoint<RevertStanceRequest, Results<Ok<Stance>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/resolutions/{id}/stances/{iso3}/revert");
        Description(route =>
            route
                .Requires(Right.RecordStances)
                .AcceptsIdempotencyKey()
                .Described(
                    "Stances",
                    "Restores an earlier version of a stance",
                    "The stance gets the content of one of its versions, as the history shows them. Version 0 is `unknown`, before anything was recorded. It is a new change with its own version, and the history says which version was restored. If-Match names the current version. The rules of PUT apply, except that a contact that was erased since then stays as it was. If the stance is unknown, and version 0 is restored, nothing changes."
                )
                .Conditional<Stance>()
                .Writes()
                .Fails(StatusCodes.Status404NotFound)
                .Fails(
                    StatusCodes.Status409Conflict,
                    "The member may not vote on the day of the vote, or the vote is over; see `type`."
                )
        );
    }

    public override async Task<Results<Ok<Stance>, ProblemHttpResult>> ExecuteAsync(
        RevertStanceRequest request,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        var version = request.Version!.Value;
        var once = db.Once(HttpContext);
        return await once.Write<Results<Ok<Stance>, ProblemHttpResult>>(async write =>
        {
            var revision = version == 0 ? null : await StanceStore.FindRevision(write.Connection, id, iso3, version);
            var content = revision?.Stance ?? StanceContent.Unknown;
            var (found, problem) = StanceRecorder.CheckState(
                write,
                referenceData,
                id,
                iso3,
                stance =>
                    !seen.Holds(stance.Version, nothing: stance.Position == Position.Unknown)
                        ? seen.VersionConflict(stance.For(caller), stance.Version)
                    : version != 0 && revision is null ? NoVersion(version)
                    : null,
                becomesUnknown: content.Position == Position.Unknown
            );
            if (found is not { } current)
            {
                return problem!;
            }
            if (content.Position == Position.Unknown && current.Position == Position.Unknown)
            {
                ETags.Set(HttpContext, ETags.FromVersion(current.Version));
                return TypedResults.Ok(current);
            }
            var (raised, at) = await ResolutionVersion.Raise(write, caller, ChangeKind.Stance, id, iso3);
            var stance = new Stance(id, iso3, content, raised, caller.Label, at);
            StanceStore.Save(
                write,
                stance,
                DescribeReason(request),
                new StanceOrigin { Restored = revision?.FirstVersion ?? 0 }
            );
            ETags.Set(HttpContext, ETags.FromVersion(raised));
            return TypedResults.Ok(stance);
        });
    }

    private static ProblemHttpResult NoVersion(long version) =>
        Problems.Invalid(
            "version",
            string.Create(
                CultureInfo.InvariantCulture,
                $"must be a version of this stance, as in its history, or 0 for unknown; found {version}"
            )
        );

    private static string DescribeReason(RevertStanceRequest request) =>
        string.Create(CultureInfo.InvariantCulture, $"version {request.Version} restored")
        + (request.Reason is { } reason ? $": {reason}" : "");
}

/// <summary>The version of a stance to restore.</summary>
public sealed record RevertStanceRequest
{
    /// <summary>A version of the stance, as in its history; 0 for `unknown`.</summary>
    public long? Version { get; init; }

    /// <summary>The reason; stored in the history after the version. 900 characters at most.</summary>
    public string? Reason { get; init; }
}

internal sealed class RevertStanceValidator : AbstractValidator<RevertStanceRequest>
{
    public RevertStanceValidator()
    {
        RuleFor(r => r.Version)
            .Required()
            .Must(version => version is null or >= 0)
            .WithMessage("must be a version of this stance, as in its history, or 0 for unknown");
        RuleFor(r => r.Reason).Text(900);
    }
}
