using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Security;

namespace VoteTracker.Features.Webhooks;

/// <summary>Lists the webhooks, without their secrets.</summary>
internal sealed class ListWebhooks(Db db) : EndpointWithoutRequest<Results<Ok<Page<Webhook>>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/webhooks");
        Description(route =>
            route
                .Requires(Right.ManageWebhooks)
                .Described("Webhooks", "Lists the webhooks", "In the order of their ids. Secrets are never listed.")
                .Pages()
        );
    }

    public override async Task<Results<Ok<Page<Webhook>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, "webhooks");
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var webhooks = await db.Read(connection => WebhookStore.List(connection, paging.After ?? "", paging.Rows));
        return TypedResults.Ok(paging.Page(HttpContext, webhooks, webhook => webhook, webhook => webhook.Id));
    }
}
