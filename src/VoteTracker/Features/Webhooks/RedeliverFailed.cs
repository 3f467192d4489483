using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Security;

namespace VoteTracker.Features.Webhooks;

/// <summary>Sends failed deliveries of a webhook again.</summary>
internal sealed class RedeliverFailed(Db db)
    : Endpoint<RedeliverRequest, Results<Ok<RedeliverResult>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/webhooks/{id}/redeliver");
        Description(route =>
            route
                .Requires(Right.ManageWebhooks)
                .AcceptsIdempotencyKey()
                .Described(
                    "Webhooks",
                    "Sends failed deliveries again",
                    "In their order, for example after the receiver was repaired and the webhook enabled. Without a body, all that are listed as failed, without tests. One request sends 2,000 at most; if it returns 2000, repeat it."
                )
                .Writes()
                .Fails(StatusCodes.Status404NotFound, WebhookProblems.NotFoundDescription)
                .Fails(StatusCodes.Status409Conflict, WebhookProblems.DisabledDescription)
        );
    }

    public override async Task<Results<Ok<RedeliverResult>, ProblemHttpResult>> ExecuteAsync(
        RedeliverRequest request,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Webhook);
        return await db.Once(HttpContext)
            .Write<Results<Ok<RedeliverResult>, ProblemHttpResult>>(async write =>
            {
                if (await WebhookStore.Find(write.Connection, id) is not { } webhook)
                {
                    return WebhookProblems.NotFound();
                }
                return webhook.Enabled
                    ? TypedResults.Ok(
                        new RedeliverResult
                        {
                            Deliveries = await DeliveryChanges.RequeueFailed(
                                write,
                                id,
                                request.Since ?? DateTimeOffset.UnixEpoch
                            ),
                        }
                    )
                    : WebhookProblems.Disabled(webhook);
            });
    }
}

/// <summary>Which failed deliveries are sent again.</summary>
public sealed record RedeliverRequest : IOptionalBody
{
    /// <summary>Only deliveries that were added at this moment or later; all if it is left out.</summary>
    public DateTimeOffset? Since { get; init; }
}

internal sealed class RedeliverValidator : AbstractValidator<RedeliverRequest>
{
    public RedeliverValidator(TimeProvider clock) =>
        RuleFor(r => r.Since)
            .Must(moment => moment is null || moment <= clock.GetUtcNow() + PastMomentParameter.Tolerance)
            .WithMessage("must not be in the future");
}

/// <summary>How many failed deliveries are sent again.</summary>
public sealed record RedeliverResult
{
    /// <summary>Their number, 2,000 at most.</summary>
    public required int Deliveries { get; init; }
}
