using Dapper;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Security;

namespace VoteTracker.Features.ApiKeys;

/// <summary>Lists the data of all keys, revoked ones too, without the keys themselves.</summary>
internal sealed class ListApiKeys(Db db) : EndpointWithoutRequest<Results<Ok<Page<ApiKeyInfo>>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/api-keys");
        Description(route =>
            route
                .Requires(Right.ManageKeys)
                .Described(
                    "API keys",
                    "Lists the keys",
                    "Their labels, roles and last use. Expired and revoked keys are included."
                )
                .Pages()
        );
    }

    public override async Task<Results<Ok<Page<ApiKeyInfo>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, "api-keys");
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
        return TypedResults.Ok(paging.Page(HttpContext, rows, row => row.Info, row => row.Id));
    }
}
