using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Features.Changes;
using VoteTracker.Http;
using VoteTracker.Security;
using VoteTracker.Voting;

namespace VoteTracker.Features.Contacts;

/// <summary>Writes a contact down.</summary>
internal static class AddContact
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/contacts", Handle)
            .Needs(Role.Lobbyist)
            .Repeatable()
            .Described(
                "AddContact",
                "Contacts",
                "Writes a contact down",
                "Contacts are people: write down what the work needs, and erase it when it is over."
            )
            .TakesBody()
            .Writes()
            .AnswersETag();

    private static async Task<Results<Created<Contact>, ProblemHttpResult>> Handle(
        HttpContext http,
        Body<ContactFields> body,
        Caller caller,
        Db db
    )
    {
        return await db.Write(async write =>
        {
            write.LeaveNoTrace();
            var id = ApiKey.NewId();
            await write.Connection.ExecuteAsync(
                """
                INSERT INTO contact (
                    id, member_state, name, title, office, email, phone, languages, notes, version, changed_at, changed_by
                )
                VALUES (
                    @id, @MemberState, @Name, @Title, @office, @Email, @Phone, @Languages, @Notes, 1, @Now, @Label
                )
                """,
                new
                {
                    id,
                    body.Value.MemberState,
                    body.Value.Name,
                    body.Value.Title,
                    office = Words<Office>.Of(body.Value.Office),
                    body.Value.Email,
                    body.Value.Phone,
                    body.Value.Languages,
                    body.Value.Notes,
                    write.Now,
                    caller.Label,
                }
            );
            await Change.Append(write, caller, ChangeKind.Contact, null, null, write.Now, body.Value.MemberState, id);
            var contact = (await Contact.Find(write.Connection, id))!;
            ETags.Set(http, ETags.Of(contact.Version));
            return TypedResults.Created($"/v1/contacts/{contact.Id}", contact);
        });
    }
}
