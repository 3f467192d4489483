using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Engagements;
using VoteTracker.Features.Webhooks.Sending;
using VoteTracker.Security;

namespace VoteTracker.Features.Webhooks;

/// <summary>Creates a webhook.</summary>
internal sealed class CreateWebhook(Db db, TeamMembers members, ReceiverAddress addresses, SendSignal signal)
    : Endpoint<WebhookFields, Results<Created<Webhook>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/webhooks");
        Description(route =>
            route
                .Requires(Right.ManageWebhooks)
                .AcceptsIdempotencyKey()
                .Described(
                    "Webhooks",
                    "Creates a webhook",
                    "It gets the events of later changes. The secret of its signatures is returned once. The host must have a public address, unless the setting `WebhookHosts` names it. There are at most 100 webhooks."
                )
                .Writes()
                .AnswersETag()
                .Fails(StatusCodes.Status409Conflict, "There are 100 webhooks.")
        );
    }

    public override async Task<Results<Created<Webhook>, ProblemHttpResult>> ExecuteAsync(
        WebhookFields request,
        CancellationToken ct
    )
    {
        var caller = Caller.FromContext(HttpContext);
        if (await addresses.FindFault(request.Url!, ct) is { } fault)
        {
            return Problems.Invalid("url", fault);
        }
        var secret = WebhookSecret.New();
        var result = await db.Once(HttpContext)
            .Write<Results<Created<Webhook>, ProblemHttpResult>>(async write =>
            {
                var named = new NamedRecords(write, caller, members);
                await named.CheckResolution("resolution", request.Resolution);
                if (named.Problem is { } problem)
                {
                    return problem;
                }
                if (await WebhookStore.Count(write.Connection) >= WebhookStore.Most)
                {
                    return PreparationConflictTypes.TooManyWebhooks.Create(WebhookStore.Most);
                }
                var webhook = await WebhookStore.Insert(write, caller, request, secret);
                ETags.Set(HttpContext, ETags.FromVersion(webhook.Version));
                HttpContext.Response.Headers.CacheControl = ETags.NotStored;
                return TypedResults.Created($"/v1/webhooks/{webhook.Id}", webhook with { Secret = secret });
            });
        // The sender does not follow commits while there is nothing to send.
        signal.Set();
        return result;
    }
}
