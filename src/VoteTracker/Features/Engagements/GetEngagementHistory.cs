using System.Globalization;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Security;

namespace VoteTracker.Features.Engagements;

/// <summary>Shows every version of an engagement.</summary>
internal sealed class GetEngagementHistory(Db db)
    : EndpointWithoutRequest<Results<Ok<Page<StateEngagement>>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/engagements/{id}/history");
        Description(route =>
            route
                .Requires(Right.SeeContacts)
                .Described(
                    "Engagements",
                    "Shows every version of an engagement",
                    "The engagement as it was recorded, and after each correction; the oldest first."
                )
                .Pages()
                .Fails(StatusCodes.Status404NotFound, EngagementProblems.NotFoundDescription)
        );
    }

    public override async Task<Results<Ok<Page<StateEngagement>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Number(PathParameters.Engagement);
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(
            HttpContext,
            query,
            string.Create(CultureInfo.InvariantCulture, $"history of engagement {id}")
        );
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var versions = await db.Read(async connection =>
            await EngagementStore.Find(connection, id, caller) is null
                ? null
                : await EngagementStore.ListHistory(connection, id, caller, paging.AfterNumber, paging.Rows)
        );
        return versions is null
            ? EngagementProblems.NotFound()
            : TypedResults.Ok(
                paging.Page(
                    HttpContext,
                    versions,
                    version => version,
                    version => version.Version.ToString(CultureInfo.InvariantCulture)
                )
            );
    }
}
