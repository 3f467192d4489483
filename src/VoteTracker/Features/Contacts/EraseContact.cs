using Dapper;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Features.Changes;
using VoteTracker.Http;
using VoteTracker.Security;

namespace VoteTracker.Features.Contacts;

/// <summary>Erases a contact and its engagements; nothing personal is kept.</summary>
internal sealed class EraseContact(Db db) : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
{
    public override void Configure()
    {
        Delete("/v1/contacts/{id}");
        Description(route =>
            route
                .Needs(Role.Lobbyist)
                .Described(
                    "Contacts",
                    "Erases a contact",
                    "With everything that was logged of talks with it. Stances that name it keep its id, which says nothing."
                )
                .Conditional()
                .Writes()
                .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Contact);
        var seen = Precondition.Of(HttpContext);
        var caller = Caller.Of(HttpContext);
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            write.LeaveNoTrace();
            if (await Contact.Find(write.Connection, id) is not { } standing)
            {
                return Problems.NotFound("There is no such contact.");
            }
            if (!seen.Holds(standing.Version, nothing: false))
            {
                return seen.VersionConflict(standing, standing.Version);
            }
            await write.Connection.ExecuteAsync("DELETE FROM engagement WHERE contact = @id", new { id });
            await write.Connection.ExecuteAsync("DELETE FROM contact WHERE id = @id", new { id });
            await Change.Append(write, caller, ChangeKind.Contact, null, null, write.Now, standing.MemberState, id);
            return TypedResults.NoContent();
        });
    }
}
