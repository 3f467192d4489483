using Dapper;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.Filters;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Contacts;

/// <summary>Lists the contacts.</summary>
internal sealed class ListContacts(Db db, ReferenceData facts)
    : EndpointWithoutRequest<Results<Ok<Page<Contact>>, ProblemHttpResult>>
{
    private static readonly TextParameter MemberStateParameter = new(
        "memberState",
        "Only those of this member or observer.",
        "NOR"
    );

    public override void Configure()
    {
        Get("/v1/contacts");
        Description(route =>
            route
                .Requires(Right.SeeContacts)
                .Described(
                    "Contacts",
                    "Lists the contacts",
                    "In the order of the states they work for; for lobbyists and up."
                )
                .Takes(MemberStateParameter)
                .Pages()
        );
    }

    public override async Task<Results<Ok<Page<Contact>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, "contacts");
        var memberState = query.ReadState(MemberStateParameter, facts, SeatKind.Member, SeatKind.Observer);
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
        return TypedResults.Ok(
            paging.Page(HttpContext, rows, row => row.Contact, row => $"{row.MemberState} {row.Id}")
        );
    }
}
