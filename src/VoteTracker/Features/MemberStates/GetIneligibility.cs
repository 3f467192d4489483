using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting;

namespace VoteTracker.Features.MemberStates;

/// <summary>Shows whether and why a member may not vote.</summary>
internal static class GetIneligibility
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/member-states/{iso3}/ineligibility", Handle)
            .Needs(Role.Anonymous)
            .Described(
                "GetIneligibility",
                "Member states",
                "Shows a member's ineligibility",
                "As a coordinator entered it; 404 where nobody did. The note is for viewers and up."
            )
            .Fails(
                StatusCodes.Status404NotFound,
                "No member state of today has that code, or no ineligibility of it is entered."
            );

    private static async Task<Results<Ok<Ineligibility>, ProblemHttpResult>> Handle(
        string iso3,
        Caller caller,
        Db db,
        Facts facts
    )
    {
        if (facts.Roster.Find(iso3) is not { Kind: SeatKind.Member })
        {
            return Problems.NoMemberState(iso3);
        }
        return await db.Read(connection => Ineligibility.Find(connection, iso3)) is { } entry
            ? TypedResults.Ok(entry.For(caller))
            : Problems.NotFound($"No ineligibility of {iso3} is entered.");
    }
}
