using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Security;

namespace VoteTracker.Features.Webhooks;

/// <summary>Shows a webhook, without its secret.</summary>
internal sealed class GetWebhook(Db db) : EndpointWithoutRequest<IResult>
{
    public override void Configure()
    {
        Get("/v1/webhooks/{id}");
        Description(route =>
            route
                .Requires(Right.ManageWebhooks)
                .Described(
                    "Webhooks",
                    "Shows a webhook",
                    "Whether it is enabled, and otherwise since when and why not. The ETag is its version; a change names it in If-Match."
                )
                .Produces<Webhook>()
                .ReadsConditionally()
                .Fails(StatusCodes.Status404NotFound, WebhookProblems.NotFoundDescription)
        );
    }

    public override async Task<IResult> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Webhook);
        return await db.Read(connection => WebhookStore.Find(connection, id)) is { } webhook
            ? ETags.Answer(HttpContext, webhook, ETags.FromVersion(webhook.Version))
            : WebhookProblems.NotFound();
    }
}
