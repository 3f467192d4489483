using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Http;
using VoteTracker.Security;

namespace VoteTracker.Features.Contacts;

/// <summary>Shows one contact.</summary>
internal static class GetContact
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/contacts/{id}", Handle)
            .Needs(Role.Lobbyist)
            .Described(
                "GetContact",
                "Contacts",
                "Shows a contact",
                "For lobbyists and up. The ETag is its version; a change names it in If-Match."
            )
            .Produces<Contact>()
            .ReadsConditionally()
            .Fails(StatusCodes.Status404NotFound);

    private static async Task<IResult> Handle(string id, HttpContext http, Db db) =>
        await db.Read(connection => Contact.Find(connection, id)) is { } contact
            ? ETags.Answer(http, contact, ETags.Of(contact.Version))
            : Problems.NotFound("There is no such contact.");
}
