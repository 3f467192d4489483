using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.Filters;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.MemberStates;

/// <summary>Lists the members or observers on a day.</summary>
internal sealed class ListMemberStates(Db db, ReferenceData referenceData, TimeProvider clock)
    : EndpointWithoutRequest<Results<Localized<Page<MemberState>>, ProblemHttpResult>>
{
    private static readonly TextParameter GroupParameter = new(
        "group",
        "Only states in this group on that day: the key of a regional group or a bloc.",
        "african-states"
    );

    private static readonly DayParameter OnParameter = new(
        "on",
        "The day, New York's; today by default.",
        "2026-11-21"
    );

    private static readonly WordParameter<SeatKind> KindParameter = new(
        "kind",
        "`member` (default), `observer`, or `former`: seats that ended before that day."
    );

    private static readonly TextParameter SearchParameter = new(
        "q",
        "Only states with these words in a name, in any of the six languages, or with this code (ISO 3166-1 alpha-2 or alpha-3, M49). Case and accents are ignored.",
        "cote d'ivoire"
    );

    public override void Configure()
    {
        Get("/v1/member-states");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Member states",
                    "Lists the member states",
                    "The members on a day, in the order of their codes. Each has its names in the six official languages, its groups, and whether it may vote on that day."
                )
                .Takes(SearchParameter, GroupParameter, OnParameter, KindParameter, Lang.Parameter)
                .Pages()
        );
    }

    public override async Task<Results<Localized<Page<MemberState>>, ProblemHttpResult>> ExecuteAsync(
        CancellationToken ct
    )
    {
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        var paging = Paging.FromQuery(HttpContext, query, "member-states");
        var day = query.Read(OnParameter) ?? NewYork.DayOf(clock.GetUtcNow());
        var kind = query.Read(KindParameter) ?? SeatKind.Member;
        var search = query.ReadSearch(SearchParameter);
        var group = query.ReadGroup(GroupParameter, referenceData);
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var states = (await db.Read(connection => MemberState.List(connection, referenceData, day)))
            .Where(state => IsOfKind(state, kind, day))
            .Where(state => group is null || state.RegionalGroup == group || state.Blocs.Contains(group))
            .Where(state => search is null || state.Matches(search))
            .Where(state => paging.After is null || string.CompareOrdinal(state.Iso3, paging.After) > 0);
        return Localized.Ok(paging.Page(HttpContext, states, state => state, state => state.Iso3), language);
    }

    // A state whose membership has ended since was a member on an earlier day.
    private bool IsOfKind(MemberState state, SeatKind kind, DateOnly day) =>
        kind switch
        {
            SeatKind.Member => referenceData.Roster.Find(state.Iso3)!.IsMemberOn(day),
            SeatKind.Observer => state.Kind == SeatKind.Observer,
            _ => state.Kind == SeatKind.Former && state.MemberUntil < day,
        };
}
