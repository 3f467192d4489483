using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.Filters;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Security.Audit;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Contacts;

/// <summary>Lists the contacts.</summary>
internal sealed class ListContacts(Db db, ReferenceData referenceData)
    : EndpointWithoutRequest<Results<Ok<Page<Contact>>, ProblemHttpResult>>
{
    private static readonly TextParameter MemberStateParameter = new(
        "memberState",
        "Only contacts of this member or observer.",
        "NOR"
    );

    public override void Configure()
    {
        Get("/v1/contacts");
        Description(route =>
            route
                .Requires(Right.SeeContacts)
                .ReadsPersonalData(Right.SeeContacts)
                .Described(
                    "Contacts",
                    "Lists the contacts",
                    "In the order of the states that they work for. Lobbyists and up."
                )
                .Takes(MemberStateParameter)
                .Pages()
        );
    }

    public override async Task<Results<Ok<Page<Contact>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, "contacts");
        var memberState = query.ReadState(MemberStateParameter, referenceData, SeatKind.Member, SeatKind.Observer);
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var after = paging.After?.Split(' ') is [var state, var id] ? (state, id) : ("", "");
        var contacts = await db.Read(connection => ContactStore.List(connection, memberState, after, paging.Rows));
        return TypedResults.Ok(
            paging.Page(HttpContext, contacts, contact => contact, contact => $"{contact.MemberState} {contact.Id}")
        );
    }
}
