using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting;

namespace VoteTracker.Features.MemberStates;

/// <summary>Shows one member state or observer.</summary>
internal static class GetMemberState
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/member-states/{iso3}", Handle)
            .Needs(Role.Anonymous)
            .Described(
                "GetMemberState",
                "Member states",
                "Shows a member state",
                "A member or observer of today, with its groups and whether it may vote on a day. Former members are a 404."
            )
            .Query("on", "The day, New York's; today by default.", typeof(DateOnly), "2026-11-21")
            .Fails(StatusCodes.Status400BadRequest)
            .Fails(StatusCodes.Status404NotFound, "No member or observer of today has that code.");

    private static async Task<Results<Ok<MemberState>, ProblemHttpResult>> Handle(
        string iso3,
        HttpContext http,
        Db db,
        Facts facts,
        TimeProvider clock
    )
    {
        var query = new Query(http);
        var day = query.Day("on") ?? NewYork.DayOf(clock.GetUtcNow());
        if (query.Problem is { } problem)
        {
            return problem;
        }
        if (facts.Roster.Find(iso3) is not { Kind: not SeatKind.Former })
        {
            return Problems.NoMemberState(iso3);
        }
        var states = await db.Read(connection => MemberState.OnDay(connection, facts, day, iso3));
        return TypedResults.Ok(states.Single());
    }
}
