using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Features.Changes;
using VoteTracker.Security;

namespace VoteTracker.Features.Contacts;

/// <summary>Erases a contact, its engagements and tasks, and the stored responses that show them. No personal data stays.</summary>
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
                    "Erases the contact, the engagements and tasks that name it, and the responses that are stored for repeated requests. An engagement with several contacts is erased too, unless the contact is removed from it before. Stances that name it keep its id, which contains nothing about the person."
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
            if (await ContactStore.Find(write.Connection, id) is not { } current)
            {
                return ContactProblems.NotFound();
            }
            if (!seen.Holds(current.Version, nothing: false))
            {
                return seen.VersionConflict(current, current.Version);
            }
            write.EraseLog();
            await StoredResponse.DeleteOfContact(write, id);
            await ContactStore.Delete(write, id);
            await ResolutionVersion.Append(
                write,
                caller,
                ChangeKind.Contact,
                resolution: null,
                version: null,
                write.Now,
                current.MemberState,
                id
            );
            return TypedResults.NoContent();
        });
    }
}
