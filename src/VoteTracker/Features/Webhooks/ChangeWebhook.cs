using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Engagements;
using VoteTracker.Features.Webhooks.Sending;
using VoteTracker.Security;

namespace VoteTracker.Features.Webhooks;

/// <summary>Changes fields of a webhook, enables it or disables it.</summary>
internal sealed class ChangeWebhook(Db db, TeamMembers members, ReceiverAddress addresses, SendSignal signal)
    : Endpoint<MergePatch<WebhookFields>, Results<Ok<Webhook>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Patch("/v1/webhooks/{id}");
        RequestBinder(new MergePatchBinder<WebhookFields>());
        Description(route =>
            route
                .TakesPatchOf<WebhookFields>()
                .Requires(Right.ManageWebhooks)
                .Described(
                    "Webhooks",
                    "Changes a webhook",
                    MergePatchText.Description
                        + " Pending deliveries go to the new address in the new format. With `enabled` false, they are failed. With `enabled` true, the events of later changes are sent; failed deliveries are sent again on request."
                )
                .Conditional<Webhook>()
                .Writes()
                .Fails(StatusCodes.Status404NotFound, WebhookProblems.NotFoundDescription)
        );
    }

    public override async Task<Results<Ok<Webhook>, ProblemHttpResult>> ExecuteAsync(
        MergePatch<WebhookFields> patch,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Webhook);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        // A name is resolved before the write, which may wait only for its own statements.
        if (await db.Read(connection => WebhookStore.Find(connection, id)) is not { } before)
        {
            return WebhookProblems.NotFound();
        }
        if (
            patch.ApplyTo(WebhookFields.FromWebhook(before)).Url is { } url
            && url != before.Url
            && await addresses.FindFault(url, ct) is { } fault
        )
        {
            return Problems.Invalid("url", fault);
        }
        await FailMany(before, patch);
        var result = await db.Write<Results<Ok<Webhook>, ProblemHttpResult>>(async write =>
        {
            if (await WebhookStore.Find(write.Connection, id) is not { } current)
            {
                return WebhookProblems.NotFound();
            }
            var fields = patch.ApplyTo(WebhookFields.FromWebhook(current));
            if (fields.Resolution != current.Resolution)
            {
                var named = new NamedRecords(write, caller, members);
                await named.CheckResolution("resolution", fields.Resolution);
                if (named.Problem is { } problem)
                {
                    return problem;
                }
            }
            if (!seen.Holds(current.Version, nothing: false))
            {
                return seen.VersionConflict(current, current.Version);
            }
            var changed = await WebhookStore.Update(write, caller, current, fields);
            ETags.Set(HttpContext, ETags.FromVersion(changed.Version));
            return TypedResults.Ok(changed);
        });
        // The sender does not follow commits while no webhook is enabled.
        signal.Set();
        return result;
    }

    // What was pending is failed when a webhook is enabled. If that is much, most of it is done in writes of its own, so that
    // other writes are not delayed. These deliveries are listed as failed already, so it changes nothing that users see.
    private async Task FailMany(Webhook before, MergePatch<WebhookFields> patch)
    {
        if (before.Enabled || patch.ApplyTo(WebhookFields.FromWebhook(before)).Enabled == false)
        {
            return;
        }
        while (
            await db.Read(connection => DeliveryChanges.HasManyPending(connection, before.Id))
            && await db.WriteBookkeeping(DeliveryChanges.FailSome) > 0
        ) { }
    }
}
