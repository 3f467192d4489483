using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting;

namespace VoteTracker.Features.MemberStates;

/// <summary>Lists who is a member on a day, or who observes.</summary>
internal static class ListMemberStates
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/member-states", Handle)
            .Needs(Role.Anonymous)
            .Described(
                "ListMemberStates",
                "Member states",
                "Lists the member states",
                "The members of a day with their names in the six official languages, their groups, and whether each may vote on that day; in the order of their codes."
            )
            .Query(
                "group",
                "Only those in this group on that day: a regional group's key or a bloc's.",
                example: "african-states"
            )
            .Query("on", "The day, New York's; today by default.", typeof(DateOnly), "2026-11-21")
            .Query(
                "kind",
                "`member` (default), `observer`, or `former`: seats that had ended by that day.",
                typeof(SeatKind)
            )
            .Pages();

    private static async Task<Results<Ok<Page<MemberState>>, ProblemHttpResult>> Handle(
        HttpContext http,
        Db db,
        Facts facts,
        TimeProvider clock
    )
    {
        var query = new Query(http);
        var paging = Paging.Of(http, query, "member-states");
        var day = query.Day("on") ?? NewYork.DayOf(clock.GetUtcNow());
        var kind = query.Word<SeatKind>("kind") ?? SeatKind.Member;
        var group = query.Text("group");
        if (group is not null && facts.Groups.Find(group) is null)
        {
            query.Wrong("group", "must be the key of a group, such as african-states or nam");
        }
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var states = (await db.Read(connection => MemberState.OnDay(connection, facts, day)))
            .Where(state => IsOfKind(state, kind, facts, day))
            .Where(state => group is null || state.RegionalGroup == group || state.Blocs.Contains(group))
            .Where(state => paging.After is null || string.CompareOrdinal(state.Iso3, paging.After) > 0);
        return TypedResults.Ok(paging.Page(http, states, state => state, state => state.Iso3));
    }

    // Of a day in the past, a seat that has ended since was a member.
    private static bool IsOfKind(MemberState state, SeatKind kind, Facts facts, DateOnly day) =>
        kind switch
        {
            SeatKind.Member => facts.Roster.Find(state.Iso3)!.IsMemberOn(day),
            SeatKind.Observer => state.Kind == SeatKind.Observer,
            _ => state.Kind == SeatKind.Former && state.MemberUntil < day,
        };
}
