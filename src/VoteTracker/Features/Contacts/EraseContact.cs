using Dapper;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Features.Changes;
using VoteTracker.Security;

namespace VoteTracker.Features.Contacts;

/// <summary>Erases a contact, its engagements and the stored responses that show them; nothing personal is kept.</summary>
internal sealed class EraseContact(Db db) : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
{
    public override void Configure()
    {
        Delete("/v1/contacts/{id}");
        Description(route =>
            route
                .Requires(Right.EditContacts)
                .Described(
                    "Contacts",
                    "Erases a contact",
                    "With its engagements, and with the responses that are stored for repeated requests. Stances that name it keep its id, which says nothing."
                )
                .Conditional<Contact>()
                .Writes()
                .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Contact);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            write.OverwriteDeleted();
            if (await Contact.Find(write.Connection, id) is not { } standing)
            {
                return Problems.NotFound("There is no such contact.");
            }
            if (!seen.Holds(standing.Version, nothing: false))
            {
                return seen.VersionConflict(standing, standing.Version);
            }
            write.EraseLog();
            await StoredResponse.DeleteOfContact(write, id);
            await write.Connection.ExecuteAsync("DELETE FROM engagement WHERE contact = @id", new { id });
            await write.Connection.ExecuteAsync("DELETE FROM contact WHERE id = @id", new { id });
            await Change.Append(write, caller, ChangeKind.Contact, null, null, write.Now, standing.MemberState, id);
            return TypedResults.NoContent();
        });
    }
}
