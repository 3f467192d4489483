using System.Globalization;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Http;
using VoteTracker.Security;

namespace VoteTracker.Features.Sessions;

/// <summary>Lists the sessions.</summary>
internal static class ListSessions
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/sessions", Handle)
            .Needs(Role.Anonymous)
            .Described(
                "ListSessions",
                "Sessions",
                "Lists the sessions",
                "The emergency special sessions since 1956, in the order of their opening; regular ones where their record was imported."
            )
            .Pages();

    private static async Task<Results<Ok<Page<Session>>, ProblemHttpResult>> Handle(HttpContext http, Db db)
    {
        var query = new Query(http);
        var paging = Paging.Of(http, query, "sessions");
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
        return TypedResults.Ok(paging.Page(http, sessions, s => s, s => $"{s.OpenedOn:O} {s.Id}"));
    }
}
