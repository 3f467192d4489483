using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Http;
using VoteTracker.Security;

namespace VoteTracker.Features.ApiKeys;

/// <summary>Lists the keys, those revoked too; never the keys themselves.</summary>
internal static class ListApiKeys
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/api-keys", Handle)
            .Needs(Role.Admin)
            .Described(
                "ListApiKeys",
                "API keys",
                "Lists the keys",
                "Whose they are, what they may do, when they were last used; those expired and revoked too."
            )
            .Pages();

    private static async Task<Results<Ok<Page<ApiKeyInfo>>, ProblemHttpResult>> Handle(HttpContext http, Db db)
    {
        var query = new Query(http);
        var paging = Paging.Of(http, query, "api-keys");
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var rows = await db.Read(connection =>
            connection.QueryAsync<ApiKeyRow>(
                $"""
                SELECT {ApiKeyRow.Columns}
                FROM api_key
                WHERE @After IS NULL OR id > @After
                ORDER BY id
                LIMIT @Rows
                """,
                new { paging.After, paging.Rows }
            )
        );
        return TypedResults.Ok(paging.Page(http, rows, row => row.Info, row => row.Id));
    }
}
