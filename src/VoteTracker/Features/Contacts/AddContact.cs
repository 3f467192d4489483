using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Features.Changes;
using VoteTracker.Security;

namespace VoteTracker.Features.Contacts;

/// <summary>Adds a contact.</summary>
internal sealed class AddContact(Db db) : Endpoint<ContactFields, Results<Created<Contact>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/contacts");
        Description(route =>
            route
                .Requires(Right.EditContacts)
                .AcceptsIdempotencyKey()
                .Described(
                    "Contacts",
                    "Adds a contact",
                    "Contacts are people: store only what the work needs, and erase a contact when it is no longer needed."
                )
                .Writes()
                .AnswersETag()
        );
    }

    public override async Task<Results<Created<Contact>, ProblemHttpResult>> ExecuteAsync(
        ContactFields request,
        CancellationToken ct
    )
    {
        var caller = Caller.FromContext(HttpContext);
        var once = db.Once(HttpContext);
        return await once.Write(async write =>
        {
            write.OverwriteDeleted();
            var id = write.Contact = ApiKey.NewId();
            var contact = await ContactStore.Insert(write, id, request.ToContent(), caller.Label);
            await ResolutionVersion.Append(
                write,
                caller,
                ChangeKind.Contact,
                resolution: null,
                version: null,
                write.Now,
                contact.MemberState,
                id
            );
            ETags.Set(HttpContext, ETags.FromVersion(contact.Version));
            return TypedResults.Created($"/v1/contacts/{contact.Id}", contact);
        });
    }
}
