using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.Engagements;
using VoteTracker.Features.Filters;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Acts;

/// <summary>Lists the formal acts of states.</summary>
internal sealed class ListActs(Db db, ReferenceData referenceData, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<Page<StateAct>>, ProblemHttpResult>>
{
    private static readonly TextParameter MemberStateParameter = new(
        "memberState",
        "Only acts of this member or observer.",
        "NOR"
    );

    private static readonly TextParameter ResolutionParameter = new(
        "resolution",
        "Only acts about this resolution.",
        "es-10-l-34"
    );

    private static readonly WordParameter<ActKind> KindParameter = new("kind", "Only acts of this kind.");

    private static readonly FirstDayParameter FromParameter = new(
        "from",
        "Only acts on this day or later.",
        "2026-11-01"
    );

    private static readonly DayParameter ToParameter = new("to", "Only acts on this day or earlier.", "2026-11-30");

    public override void Configure()
    {
        Get("/v1/acts");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Support",
                    "Lists the formal acts of states",
                    "The newest day first. Without a key, the list leaves out the acts about a private resolution."
                )
                .Takes(MemberStateParameter, ResolutionParameter, KindParameter, FromParameter, ToParameter)
                .Pages()
        );
    }

    public override async Task<Results<Ok<Page<StateAct>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, "acts");
        var filter = new ActFilter
        {
            MemberState = query.ReadState(MemberStateParameter, referenceData, SeatKind.Member, SeatKind.Observer),
            Resolution = query.Read(ResolutionParameter),
            Kind = query.Read(KindParameter),
            From = query.Read(FromParameter, clock.GetUtcNow()),
            To = query.Read(ToParameter),
        };
        var found = await db.Read<IReadOnlyList<StateAct>>(async connection =>
        {
            await query.CheckResolution(ResolutionParameter, filter.Resolution, connection, caller);
            return query.Problem is null
                ? await ActStore.List(connection, filter, caller, DayCursor.Parse(paging.After), paging.Rows)
                : [];
        });
        return query.Problem is { } problem
            ? problem
            : TypedResults.Ok(paging.Page(HttpContext, found, act => act, act => DayCursor.ToText(act.On, act.Id)));
    }
}
