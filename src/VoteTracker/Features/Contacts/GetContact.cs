using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Security;
using VoteTracker.Security.Audit;

namespace VoteTracker.Features.Contacts;

/// <summary>Shows one contact.</summary>
internal sealed class GetContact(Db db) : EndpointWithoutRequest<IResult>
{
    public override void Configure()
    {
        Get("/v1/contacts/{id}");
        Description(route =>
            route
                .Requires(Right.SeeContacts)
                .ReadsPersonalData(Right.SeeContacts)
                .Described(
                    "Contacts",
                    "Shows a contact",
                    "For lobbyists and up. The ETag is its version; a change names it in If-Match."
                )
                .Produces<Contact>()
                .ReadsConditionally()
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<IResult> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Contact);
        return await db.Read(connection => ContactStore.Find(connection, id)) is { } contact
            ? ETags.Answer(HttpContext, contact, ETags.FromVersion(contact.Version))
            : ContactProblems.NotFound();
    }
}
