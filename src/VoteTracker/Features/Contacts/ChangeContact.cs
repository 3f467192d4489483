using Dapper;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Changes;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

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
                .Described(
                    "Contacts",
                    "Changes a contact",
                    "A JSON merge patch (RFC 7396): fields that are named are set, null takes one away."
                )
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
            if (await Contact.Find(write.Connection, id) is not { } standing)
            {
                return Problems.NotFound("There is no such contact.");
            }
            var fields = patch.ApplyTo(FieldsOf(standing));
            if (!seen.Holds(standing.Version, nothing: false))
            {
                return seen.VersionConflict(standing, standing.Version);
            }
            write.EraseLog();
            await write.Connection.ExecuteAsync(
                """
                UPDATE contact
                SET member_state = @MemberState, name = @Name, title = @Title, office = @office, email = @Email,
                    phone = @Phone, languages = @Languages, notes = @Notes, version = version + 1,
                    changed_at = @Now, changed_by = @Label
                WHERE id = @id
                """,
                new
                {
                    id,
                    fields.MemberState,
                    fields.Name,
                    fields.Title,
                    office = EnumWord<Office>.ToWord(fields.Office),
                    fields.Email,
                    fields.Phone,
                    fields.Languages,
                    fields.Notes,
                    write.Now,
                    caller.Label,
                }
            );
            await Change.Append(write, caller, ChangeKind.Contact, null, null, write.Now, fields.MemberState, id);
            var changed = (await Contact.Find(write.Connection, id))!;
            ETags.Set(HttpContext, ETags.FromVersion(changed.Version));
            return TypedResults.Ok(changed);
        });
    }

    private static ContactFields FieldsOf(Contact contact) =>
        new()
        {
            MemberState = contact.MemberState,
            Name = contact.Name,
            Title = contact.Title,
            Office = contact.Office,
            Email = contact.Email,
            Phone = contact.Phone,
            Languages = contact.Languages,
            Notes = contact.Notes,
        };
}
