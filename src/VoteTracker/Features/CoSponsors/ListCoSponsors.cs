using Dapper;
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
    private static readonly WordParameter<CoSponsorStatus> StatusParameter = new("status", "Only with this status.");

    public override void Configure()
    {
        Get("/v1/resolutions/{id}/co-sponsors");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Co-sponsors",
                    "Lists the co-sponsors",
                    "Who is behind the text, in the order of their codes. Without a key, of a text that is not private, only who has signed."
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
            await Resolution.See(connection, id, HttpContext, (c, r) => c.SeesCoSponsors(r.Visibility));
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
                    status = EnumWord<CoSponsorStatus>.ToWord(status),
                    isViewer = caller.May(Right.SeeCoSponsors),
                    paging.After,
                    paging.Rows,
                }
            );
        });
        if (query.Problem is { } problem)
        {
            return problem;
        }
        return TypedResults.Ok(
            paging.Page(HttpContext, rows, row => row.CoSponsor.For(caller)!, row => row.MemberState)
        );
    }
}
