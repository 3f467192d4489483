using System.Data.Common;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Features.Engagements;
using VoteTracker.Features.Webhooks.Sending;
using VoteTracker.Security;

namespace VoteTracker.Features.Webhooks;

/// <summary>Sends a delivery again, or now if it is pending.</summary>
internal sealed class Redeliver(Db db, WebhookClient client)
    : EndpointWithoutRequest<Results<Ok<Delivery>, ProblemHttpResult>>
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
                    "The event has the same id and content. A pending delivery is attempted at once. The waits and the three days begin again. A test is posted once and at once, also if the webhook is disabled."
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
        var (webhook, message) = await db.Read(connection => FindTest(connection, id, delivery));
        return message is null ? await Requeue(id, delivery) : await SendTest(webhook!, delivery, message, ct);
    }

    // A test is never pending: its result is shown at once, and does not disable the webhook.
    private static async Task<(WebhookRow? Webhook, EventMessage? Message)> FindTest(
        DbConnection connection,
        string id,
        long delivery
    )
    {
        var webhook = await WebhookStore.FindRow(connection, id);
        var found = webhook is null ? null : await DeliveryStore.Find(connection, id, delivery);
        return (
            webhook,
            found?.Type == EventText.TestType ? await DeliveryStore.LoadMessage(connection, delivery) : null
        );
    }

    private async Task<Results<Ok<Delivery>, ProblemHttpResult>> SendTest(
        WebhookRow webhook,
        long delivery,
        EventMessage message,
        CancellationToken ct
    )
    {
        var result = await client.Send(webhook, message, ct);
        return await db.Once(HttpContext)
            .Write<Results<Ok<Delivery>, ProblemHttpResult>>(async write =>
                await DeliveryStore.Find(write.Connection, webhook.Id, delivery) is null
                    ? WebhookProblems.NoDelivery()
                    : TypedResults.Ok(await DeliveryStore.UpdateTest(write, webhook.Id, delivery, result))
            );
    }

    private async Task<Results<Ok<Delivery>, ProblemHttpResult>> Requeue(string id, long delivery)
    {
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
                    ? TypedResults.Ok(await DeliveryChanges.Requeue(write, id, delivery))
                    : WebhookProblems.Disabled(webhook);
            });
    }
}
