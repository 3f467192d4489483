using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Security;

namespace VoteTracker.Features.Webhooks;

/// <summary>Deletes a webhook with its secrets. Its deliveries are deleted later.</summary>
internal sealed class DeleteWebhook(Db db) : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
{
    public override void Configure()
    {
        Delete("/v1/webhooks/{id}");
        Description(route =>
            route
                .Requires(Right.ManageWebhooks)
                .Described(
                    "Webhooks",
                    "Deletes a webhook",
                    "Its secrets are deleted too. Its deliveries can no longer be read, and are deleted within an hour. An attempt that is running ends."
                )
                .Conditional<Webhook>()
                .Writes()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, WebhookProblems.NotFoundDescription)
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Webhook);
        var seen = Precondition.FromRequest(HttpContext);
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
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
            write.EraseLog();
            await WebhookStore.Delete(write, id);
            return TypedResults.NoContent();
        });
    }
}
