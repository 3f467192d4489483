using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Features.Changes;
using VoteTracker.Http;
using VoteTracker.Security;

namespace VoteTracker.Features.Contacts;

/// <summary>Erases a contact and its engagements; nothing personal is kept.</summary>
internal static class EraseContact
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapDelete("/v1/contacts/{id}", Handle)
            .Needs(Role.Lobbyist)
            .Described(
                "EraseContact",
                "Contacts",
                "Erases a contact",
                "With everything that was logged of talks with it. Stances that name it keep its id, which says nothing."
            )
            .Conditional()
            .Writes()
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string id,
        Precondition seen,
        Caller caller,
        Db db
    ) =>
        await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            write.LeaveNoTrace();
            if (await Contact.Find(write.Connection, id) is not { } standing)
            {
                return Problems.NotFound("There is no such contact.");
            }
            if (!seen.Holds(standing.Version, nothing: false))
            {
                return Problems.VersionConflict(standing, standing.Version);
            }
            await write.Connection.ExecuteAsync("DELETE FROM engagement WHERE contact = @id", new { id });
            await write.Connection.ExecuteAsync("DELETE FROM contact WHERE id = @id", new { id });
            await Change.Append(write, caller, ChangeKind.Contact, null, null, write.Now, standing.MemberState, id);
            return TypedResults.NoContent();
        });
}
