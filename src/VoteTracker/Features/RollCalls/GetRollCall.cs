using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Features.Resolutions;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.RollCalls;

/// <summary>Shows the recorded vote on a resolution.</summary>
internal static class GetRollCall
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/resolutions/{id}/roll-call", Handle)
            .Needs(Role.Anonymous)
            .Described(
                "GetRollCall",
                "Roll calls",
                "Shows the recorded vote",
                "Every name and its vote, what was announced, and what a reader should know of both; public, whatever the resolution's visibility. 404 before the vote. The ETag is the resolution's version."
            )
            .Produces<RollCall>()
            .ReadsConditionally()
            .Fails(
                StatusCodes.Status404NotFound,
                "This caller can see no resolution of that id, or no vote on it is recorded."
            );

    private static async Task<IResult> Handle(string id, HttpContext http, Caller caller, Db db, Facts facts)
    {
        var rollCall = await db.Read(async connection =>
        {
            await Resolution.See(connection, id, caller);
            return await RollCall.Find(connection, facts, id);
        });
        return rollCall is null
            ? Problems.NotFound($"No vote on '{id}' is recorded.")
            : ETags.Answer(http, rollCall.For(caller), ETags.Of(rollCall.Version));
    }
}
