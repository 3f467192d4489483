using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Features.Resolutions;
using VoteTracker.Http;
using VoteTracker.Security;

namespace VoteTracker.Features.Scenarios;

/// <summary>Lists the scenarios that are kept of a resolution.</summary>
internal static class ListScenarios
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/resolutions/{id}/scenarios", Handle)
            .Needs(Role.Anonymous)
            .Described(
                "ListScenarios",
                "Scenarios",
                "Lists the scenarios",
                "Those that are kept, in the order of their names. Needs a key of role viewer."
            )
            .Pages()
            .Fails(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Page<Scenario>>, ProblemHttpResult>> Handle(string id, HttpContext http, Db db)
    {
        var query = new Query(http);
        var paging = Paging.Of(http, query, $"scenarios of {id}");
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var rows = await db.Read(async connection =>
        {
            await Resolution.See(connection, id, http, (c, _) => c.IsViewer);
            return await connection.QueryAsync<ScenarioRow>(
                $"""
                {ScenarioRow.Select}
                WHERE resolution = @id AND changes IS NOT NULL AND (@After IS NULL OR name > @After)
                ORDER BY name
                LIMIT @Rows
                """,
                new
                {
                    id,
                    paging.After,
                    paging.Rows,
                }
            );
        });
        return TypedResults.Ok(paging.Page(http, rows, row => row.Scenario!, row => row.Name));
    }
}
