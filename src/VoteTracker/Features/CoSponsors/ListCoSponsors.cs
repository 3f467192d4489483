using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Features.Resolutions;
using VoteTracker.Http;
using VoteTracker.Security;
using VoteTracker.Voting;

namespace VoteTracker.Features.CoSponsors;

/// <summary>Lists the co-sponsors of a resolution.</summary>
internal static class ListCoSponsors
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/resolutions/{id}/co-sponsors", Handle)
            .Needs(Role.Anonymous)
            .Described(
                "ListCoSponsors",
                "Co-sponsors",
                "Lists the co-sponsors",
                "Who is behind the text, in the order of their codes. Without a key, of a text that is not private, only who has signed."
            )
            .Query("status", "Only with this status.", typeof(CoSponsorStatus))
            .Pages()
            .Fails(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Page<CoSponsor>>, ProblemHttpResult>> Handle(
        string id,
        HttpContext http,
        Caller caller,
        Db db
    )
    {
        var query = new Query(http);
        var paging = Paging.Of(http, query, $"co-sponsors of {id}");
        var status = query.Word<CoSponsorStatus>("status");
        var rows = await db.Read(async connection =>
        {
            await Resolution.See(connection, id, http, (c, r) => c.SeesCoSponsors(r.Visibility));
            return await connection.QueryAsync<CoSponsorRow>(
                $"""
                {CoSponsorRow.Select}
                WHERE resolution = @id
                    AND (@status IS NULL OR status = @status)
                    AND (@isViewer OR status = 'signed')
                    AND (@After IS NULL OR member_state > @After)
                ORDER BY member_state
                LIMIT @Rows
                """,
                new
                {
                    id,
                    status = Words<CoSponsorStatus>.Of(status),
                    isViewer = caller.IsViewer,
                    paging.After,
                    paging.Rows,
                }
            );
        });
        if (query.Problem is { } problem)
        {
            return problem;
        }
        return TypedResults.Ok(paging.Page(http, rows, row => row.CoSponsor.For(caller)!, row => row.MemberState));
    }
}
