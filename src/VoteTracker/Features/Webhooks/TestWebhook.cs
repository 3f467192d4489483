using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Features.Webhooks.Sending;
using VoteTracker.Security;

namespace VoteTracker.Features.Webhooks;

/// <summary>Sends a test to a webhook.</summary>
internal sealed class TestWebhook(Db db, WebhookClient client, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<Delivery>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/webhooks/{id}/test");
        Description(route =>
            route
                .Requires(Right.ManageWebhooks)
                .AcceptsIdempotencyKey()
                .Described(
                    "Webhooks",
                    "Sends a test to a webhook",
                    "An event of the type `webhook.test` is posted once and at once, also if other deliveries are pending or the webhook is disabled. The response is the delivery with its result, after 15 seconds at most."
                )
                .Writes()
                .Fails(StatusCodes.Status404NotFound, WebhookProblems.NotFoundDescription)
        );
    }

    public override async Task<Results<Ok<Delivery>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Webhook);
        if (await db.Read(connection => WebhookStore.FindRow(connection, id)) is not { } webhook)
        {
            return WebhookProblems.NotFound();
        }
        var test = EventText.Test(webhook.Id, clock.Moment());
        var result = await client.Send(webhook, test.Message, ct);
        return await db.Once(HttpContext)
            .Write<Results<Ok<Delivery>, ProblemHttpResult>>(async write =>
                await WebhookStore.FindRow(write.Connection, id) is null
                    ? WebhookProblems.NotFound()
                    : TypedResults.Ok(await DeliveryStore.InsertTest(write, id, test, result))
            );
    }
}
