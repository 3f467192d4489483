using System.Globalization;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Http;
using VoteTracker.Security;

namespace VoteTracker.Features.Contacts;

/// <summary>Lists the engagements with a contact.</summary>
internal static class ListEngagements
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/contacts/{id}/engagements", Handle)
            .Needs(Role.Lobbyist)
            .Described(
                "ListEngagements",
                "Contacts",
                "Lists the engagements with a contact",
                "In the order in which they were logged."
            )
            .Pages()
            .Fails(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Page<Engagement>>, ProblemHttpResult>> Handle(
        string id,
        HttpContext http,
        Db db
    )
    {
        var query = new Query(http);
        var paging = Paging.Of(http, query, $"engagements of {id}");
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var rows = await db.Read(async connection =>
            await Contact.Exists(connection, id)
                ? await connection.QueryAsync<EngagementRow>(
                    $"""
                    SELECT {EngagementRow.Columns}
                    FROM engagement
                    WHERE contact = @id AND id > @AfterNumber
                    ORDER BY id
                    LIMIT @Rows
                    """,
                    new
                    {
                        id,
                        paging.AfterNumber,
                        paging.Rows,
                    }
                )
                : null
        );
        return rows is null
            ? Problems.NotFound("There is no such contact.")
            : TypedResults.Ok(
                paging.Page(http, rows, row => row.Engagement, row => row.Id.ToString(CultureInfo.InvariantCulture))
            );
    }
}
