using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Features.Webhooks.Sending;
using VoteTracker.Security;

namespace VoteTracker.Features.Webhooks;

/// <summary>Replaces the secret of a webhook.</summary>
internal sealed class RotateWebhookSecret(Db db)
    : Endpoint<RotateSecretRequest, Results<Ok<Webhook>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/webhooks/{id}/rotate-secret");
        Description(route =>
            route
                .Requires(Right.ManageWebhooks)
                .AcceptsIdempotencyKey()
                .Described(
                    "Webhooks",
                    "Replaces the secret of a webhook",
                    "The new secret is returned once. Until the end of `overlapHours`, each message has a signature of both secrets. Without a body, that is a day. A secret before the old one is no longer used."
                )
                .Conditional<Webhook>()
                .Writes()
                .Fails(StatusCodes.Status404NotFound, WebhookProblems.NotFoundDescription)
        );
    }

    public override async Task<Results<Ok<Webhook>, ProblemHttpResult>> ExecuteAsync(
        RotateSecretRequest request,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Webhook);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        var secret = WebhookSecret.New();
        return await db.Once(HttpContext)
            .Write<Results<Ok<Webhook>, ProblemHttpResult>>(async write =>
            {
                write.OverwriteDeleted();
                if (await WebhookStore.Find(write.Connection, id) is not { } current)
                {
                    return WebhookProblems.NotFound();
                }
                if (!seen.Holds(current.Version, nothing: false))
                {
                    return seen.VersionConflict(current, current.Version);
                }
                var overlap = TimeSpan.FromHours(request.OverlapHours ?? RotateSecretRequest.DefaultOverlapHours);
                var webhook = await WebhookStore.SaveSecret(write, caller, id, secret, write.Now + overlap);
                ETags.Set(HttpContext, ETags.FromVersion(webhook.Version));
                HttpContext.Response.Headers.CacheControl = ETags.NotStored;
                return TypedResults.Ok(webhook with { Secret = secret });
            });
    }
}

/// <summary>How a secret is replaced.</summary>
public sealed record RotateSecretRequest : IOptionalBody
{
    /// <summary>How long the old secret signs too if the request does not say.</summary>
    internal const int DefaultOverlapHours = 24;

    /// <summary>A week.</summary>
    internal const int MostOverlapHours = 7 * 24;

    /// <summary>How many hours the old secret signs too: 0 to 168, which is a week; 24 by default.</summary>
    public int? OverlapHours { get; init; }
}

internal sealed class RotateSecretValidator : AbstractValidator<RotateSecretRequest>
{
    public RotateSecretValidator()
    {
        RuleFor(r => r.OverlapHours)
            .Must(hours => hours is null or (>= 0 and <= RotateSecretRequest.MostOverlapHours))
            .WithMessage(
                (_, hours) => $"must be a whole number from 0 to {RotateSecretRequest.MostOverlapHours}; found {hours}"
            );
    }
}
