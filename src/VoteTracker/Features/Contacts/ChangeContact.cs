using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Features.Changes;
using VoteTracker.Security;

namespace VoteTracker.Features.Contacts;

/// <summary>Changes fields of a contact.</summary>
internal sealed class ChangeContact(Db db)
    : Endpoint<MergePatch<ContactFields>, Results<Ok<Contact>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Patch("/v1/contacts/{id}");
        RequestBinder(new MergePatchBinder<ContactFields>());
        Description(route =>
            route
                .TakesPatchOf<ContactFields>()
                .Requires(Right.EditContacts)
                .Described("Contacts", "Changes a contact", MergePatchText.Description)
                .Conditional<Contact>()
                .Writes()
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<Ok<Contact>, ProblemHttpResult>> ExecuteAsync(
        MergePatch<ContactFields> patch,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Contact);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<Ok<Contact>, ProblemHttpResult>>(async write =>
        {
            write.OverwriteDeleted();
            if (await ContactStore.Find(write.Connection, id) is not { } current)
            {
                return ContactProblems.NotFound();
            }
            var fields = patch.ApplyTo(ContactFields.FromContent(current));
            if (!seen.Holds(current.Version, nothing: false))
            {
                return seen.VersionConflict(current, current.Version);
            }
            write.EraseLog();
            var changed = await ContactStore.Update(write, id, fields.ToContent(), caller.Label);
            await ResolutionVersion.Append(
                write,
                caller,
                ChangeKind.Contact,
                resolution: null,
                version: null,
                write.Now,
                changed.MemberState,
                id
            );
            ETags.Set(HttpContext, ETags.FromVersion(changed.Version));
            return TypedResults.Ok(changed);
        });
    }
}
