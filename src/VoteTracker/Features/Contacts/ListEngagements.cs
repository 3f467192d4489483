using System.Globalization;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Security;
using VoteTracker.Security.Audit;

namespace VoteTracker.Features.Contacts;

/// <summary>Lists the engagements with a contact.</summary>
internal sealed class ListEngagements(Db db) : EndpointWithoutRequest<Results<Ok<Page<Engagement>>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/contacts/{id}/engagements");
        Description(route =>
            route
                .Requires(Right.SeeContacts)
                .ReadsPersonalData(Right.SeeContacts)
                .Described(
                    "Contacts",
                    "Lists the engagements with a contact",
                    "In the order in which they were logged. `GET /v1/engagements?contact=` has more fields."
                )
                .Pages()
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<Ok<Page<Engagement>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Contact);
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, $"engagements of {id}");
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var engagements = await db.Read(async connection =>
            await ContactStore.Exists(connection, id)
                ? await ContactEngagements.List(connection, id, caller, paging.AfterNumber, paging.Rows)
                : null
        );
        return engagements is null
            ? ContactProblems.NotFound()
            : TypedResults.Ok(
                paging.Page(
                    HttpContext,
                    engagements,
                    engagement => engagement,
                    engagement => engagement.Id.ToString(CultureInfo.InvariantCulture)
                )
            );
    }
}
