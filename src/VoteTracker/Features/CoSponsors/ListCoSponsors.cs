using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.Resolutions;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.CoSponsors;

/// <summary>Lists the co-sponsors of a resolution.</summary>
internal sealed class ListCoSponsors(Db db) : EndpointWithoutRequest<Results<Ok<Page<CoSponsor>>, ProblemHttpResult>>
{
    private static readonly WordParameter<CoSponsorStatus> StatusParameter = new(
        "status",
        "Only co-sponsors with this status."
    );

    public override void Configure()
    {
        Get("/v1/resolutions/{id}/co-sponsors");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Co-sponsors",
                    "Lists the co-sponsors",
                    "The states that support the resolution, in the order of their codes. Without a key, and if the resolution is not private, only states that have signed."
                )
                .Takes(StatusParameter)
                .Pages()
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<Ok<Page<CoSponsor>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, $"co-sponsors of {id}");
        var status = query.Read(StatusParameter);
        var rows = await db.Read(async connection =>
        {
            await RouteResolution.Load(connection, id, HttpContext, (c, r) => c.SeesCoSponsors(r.Visibility));
            return await CoSponsorStore.ListFor(connection, id, caller, status, paging.After, paging.Rows);
        });
        if (query.Problem is { } problem)
        {
            return problem;
        }
        return TypedResults.Ok(
            paging.Page(HttpContext, rows, coSponsor => coSponsor, coSponsor => coSponsor.MemberState)
        );
    }
}
