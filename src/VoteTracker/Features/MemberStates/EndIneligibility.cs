using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting;

namespace VoteTracker.Features.MemberStates;

/// <summary>Takes an ineligibility away: the member may vote.</summary>
internal static class EndIneligibility
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapDelete("/v1/member-states/{iso3}/ineligibility", Handle)
            .Needs(Role.Coordinator)
            .Described(
                "EndIneligibility",
                "Member states",
                "Takes an ineligibility away",
                "Every text that is still to be voted on is counted anew. What a tally was as of a moment before stays as it was."
            )
            .Writes()
            .Fails(
                StatusCodes.Status404NotFound,
                "No member state of today has that code, or no ineligibility of it is entered."
            );

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
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
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            if (await IneligibilityChange.End(write, iso3) == 0)
            {
                return Problems.NotFound($"No ineligibility of {iso3} is entered.");
            }
            await IneligibilityChange.Tell(write, caller, iso3);
            return TypedResults.NoContent();
        });
    }
}
