using System.Globalization;
using Dapper;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Http;
using VoteTracker.Security;

namespace VoteTracker.Features.Sessions;

/// <summary>Lists the sessions.</summary>
internal sealed class ListSessions(Db db) : EndpointWithoutRequest<Results<Ok<Page<Session>>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/sessions");
        Description(route =>
            route
                .Needs(Role.Anonymous)
                .Described(
                    "Sessions",
                    "Lists the sessions",
                    "The emergency special sessions since 1956, in the order of their opening; regular ones where their record was imported."
                )
                .Pages()
        );
    }

    public override async Task<Results<Ok<Page<Session>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var query = new Query(HttpContext);
        var paging = Paging.Of(HttpContext, query, "sessions");
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var (day, id) = paging.After?.Split(' ') is [var d, var i]
            ? (DateOnly.ParseExact(d, "O", CultureInfo.InvariantCulture), i)
            : (DateOnly.MinValue, "");
        var sessions = await db.Read(connection =>
            connection.QueryAsync<Session>(
                $"""
                SELECT {Session.Columns}
                FROM session
                WHERE (opened_on, id) > (@day, @id)
                ORDER BY opened_on, id
                LIMIT @Rows
                """,
                new
                {
                    day,
                    id,
                    paging.Rows,
                }
            )
        );
        return TypedResults.Ok(paging.Page(HttpContext, sessions, s => s, s => $"{s.OpenedOn:O} {s.Id}"));
    }
}
