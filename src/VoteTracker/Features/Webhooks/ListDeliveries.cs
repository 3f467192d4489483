using System.Globalization;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Security;

namespace VoteTracker.Features.Webhooks;

/// <summary>Lists the deliveries of a webhook.</summary>
internal sealed class ListDeliveries(Db db) : EndpointWithoutRequest<Results<Ok<Page<Delivery>>, ProblemHttpResult>>
{
    private static readonly WordParameter<DeliveryStatus> StatusParameter = new(
        "status",
        "Only deliveries with this status."
    );

    public override void Configure()
    {
        Get("/v1/webhooks/{id}/deliveries");
        Description(route =>
            route
                .Requires(Right.ManageWebhooks)
                .Described(
                    "Webhooks",
                    "Lists the deliveries of a webhook",
                    "The newest first, with their attempts. The result of an attempt is listed after less than a second. Deliveries of the last 30 days are listed."
                )
                .Takes(StatusParameter)
                .Pages()
                .Fails(StatusCodes.Status404NotFound, WebhookProblems.NotFoundDescription)
        );
    }

    public override async Task<Results<Ok<Page<Delivery>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Webhook);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, $"deliveries of {id}");
        var status = query.Read(StatusParameter);
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var deliveries = await db.Read(async connection =>
            await WebhookStore.FindRow(connection, id) is null
                ? null
                : await DeliveryStore.List(connection, id, status, paging.BeforeNumber, paging.Rows)
        );
        return deliveries is null
            ? WebhookProblems.NotFound()
            : TypedResults.Ok(
                paging.Page(
                    HttpContext,
                    deliveries,
                    delivery => delivery,
                    delivery => delivery.Id.ToString(CultureInfo.InvariantCulture)
                )
            );
    }
}
