using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting;

namespace VoteTracker.Features.Contacts;

/// <summary>Lists the contacts.</summary>
internal static class ListContacts
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/contacts", Handle)
            .Needs(Role.Lobbyist)
            .Described(
                "ListContacts",
                "Contacts",
                "Lists the contacts",
                "In the order of the states they work for; for lobbyists and up."
            )
            .Query("memberState", "Only those of this member or observer.", example: "NOR")
            .Pages();

    private static async Task<Results<Ok<Page<Contact>>, ProblemHttpResult>> Handle(
        HttpContext http,
        Db db,
        Facts facts
    )
    {
        var query = new Query(http);
        var paging = Paging.Of(http, query, "contacts");
        var memberState = query.Text("memberState");
        if (memberState is not null && facts.Roster.Find(memberState) is not { Kind: not SeatKind.Former })
        {
            query.Wrong("memberState", "must be the ISO 3166-1 alpha-3 code, in capitals, of a member or observer");
        }
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var (state, id) = paging.After?.Split(' ') is [var s, var i] ? (s, i) : ("", "");
        var rows = await db.Read(connection =>
            connection.QueryAsync<ContactRow>(
                $"""
                {ContactRow.Select}
                WHERE (@memberState IS NULL OR member_state = @memberState) AND (member_state, id) > (@state, @id)
                ORDER BY member_state, id
                LIMIT @Rows
                """,
                new
                {
                    memberState,
                    state,
                    id,
                    paging.Rows,
                }
            )
        );
        return TypedResults.Ok(paging.Page(http, rows, row => row.Contact, row => $"{row.MemberState} {row.Id}"));
    }
}
