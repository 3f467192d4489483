using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Features.Engagements;
using VoteTracker.Security;

namespace VoteTracker.Features.Webhooks;

/// <summary>Sends a delivery again, or now if it is pending.</summary>
internal sealed class Redeliver(Db db) : EndpointWithoutRequest<Results<Ok<Delivery>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/webhooks/{id}/deliveries/{delivery}/redeliver");
        Description(route =>
            route
                .Requires(Right.ManageWebhooks)
                .AcceptsIdempotencyKey()
                .Described(
                    "Webhooks",
                    "Sends a delivery again",
                    "The event has the same id and content. A pending delivery is attempted at once. The attempts and the three days begin again."
                )
                .Writes()
                .Fails(StatusCodes.Status404NotFound, WebhookProblems.NoDeliveryDescription)
                .Fails(StatusCodes.Status409Conflict, WebhookProblems.DisabledDescription)
        );
    }

    public override async Task<Results<Ok<Delivery>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Webhook);
        var delivery = HttpContext.Number(PathParameters.Delivery);
        return await db.Once(HttpContext)
            .Write<Results<Ok<Delivery>, ProblemHttpResult>>(async write =>
            {
                if (await WebhookStore.Find(write.Connection, id) is not { } webhook)
                {
                    return WebhookProblems.NotFound();
                }
                if (await DeliveryStore.Find(write.Connection, id, delivery) is null)
                {
                    return WebhookProblems.NoDelivery();
                }
                return webhook.Enabled
                    ? TypedResults.Ok(await DeliveryStore.Requeue(write, id, delivery))
                    : WebhookProblems.Disabled(webhook);
            });
    }
}
