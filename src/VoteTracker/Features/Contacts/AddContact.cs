using Dapper;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Features.Changes;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Contacts;

/// <summary>Writes a contact down.</summary>
internal sealed class AddContact(Db db) : Endpoint<ContactFields, Results<Created<Contact>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/contacts");
        Description(route =>
            route
                .Needs(Role.Lobbyist)
                .Repeatable()
                .Described(
                    "Contacts",
                    "Writes a contact down",
                    "Contacts are people: write down what the work needs, and erase it when it is over."
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
            await write.Connection.ExecuteAsync(
                $"""
                INSERT INTO contact (
                    id, member_state, name, title, office, email, phone, languages, notes, version, changed_at, changed_by
                )
                VALUES (
                    @id, @MemberState, @Name, @Title, @office, @Email, @Phone, @Languages, @Notes, {Incarnation.FirstVersionOfNew}, @Now, @Label
                )
                """,
                new
                {
                    id,
                    request.MemberState,
                    request.Name,
                    request.Title,
                    office = EnumWord<Office>.ToWord(request.Office),
                    request.Email,
                    request.Phone,
                    request.Languages,
                    request.Notes,
                    write.Now,
                    caller.Label,
                }
            );
            await Change.Append(write, caller, ChangeKind.Contact, null, null, write.Now, request.MemberState, id);
            var contact = (await Contact.Find(write.Connection, id))!;
            ETags.Set(HttpContext, ETags.FromVersion(contact.Version));
            return TypedResults.Created($"/v1/contacts/{contact.Id}", contact);
        });
    }
}
