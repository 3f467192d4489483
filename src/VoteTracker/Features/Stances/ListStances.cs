using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.Filters;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>Lists the stances of all member states, including unknown ones.</summary>
internal sealed class ListStances(Db db, ReferenceData referenceData, TimeProvider clock)
    : EndpointWithoutRequest<IResult>
{
    private static readonly WordParameter<Position> PositionParameter = new(
        "position",
        "Only stances with this position."
    );

    private static readonly WordParameter<Certainty> CertaintyParameter = new(
        "certainty",
        "Only stances with this certainty. Viewers and up."
    );

    private static readonly TextParameter GroupParameter = new(
        "group",
        "Only members in this group on that day.",
        "african-states"
    );

    private static readonly PastMomentParameter AsOfParameter = new(
        "asOf",
        "The stances as of this moment; UTC, with a time. Up to 60 seconds in the future means now. Viewers and up.",
        "2026-11-21T22:10:00Z"
    );

    public override void Configure()
    {
        Get("/v1/resolutions/{id}/stances");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Stances",
                    "Lists the stances",
                    "Every member on the day of the vote, including those with an unknown position, in the order of their codes. Without a key, and if the resolution's visibility is `positions`, the response has only the current positions. `certainty` and `asOf` are for viewers and up."
                )
                .Takes(PositionParameter, CertaintyParameter, GroupParameter, AsOfParameter, Lang.Parameter)
                .Pages()
                .Produces<Page<Stance>>()
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<IResult> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var caller = Caller.FromContext(HttpContext);
        var now = clock.Moment();
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        var paging = Paging.FromQuery(HttpContext, query, $"stances of {id}");
        var position = query.Read(PositionParameter);
        var certainty = query.Read(CertaintyParameter);
        var asOf = query.Read(AsOfParameter, now);
        var group = query.ReadGroup(GroupParameter, referenceData);
        var needsViewer = certainty is not null || asOf is not null;
        var (resolution, found) = await db.Read(async connection =>
        {
            var seen = await RouteResolution.Load(
                connection,
                id,
                HttpContext,
                (c, r) => c.SeesPositions(r.Visibility) && (!needsViewer || c.May(Right.SeeStances))
            );
            if (query.Problem is not null)
            {
                return (seen, new Dictionary<string, Stance>(StringComparer.Ordinal));
            }
            if (asOf is { } moment)
            {
                seen = await ResolutionStore.LoadAsOf(connection, seen, moment);
            }
            return (seen, await StanceStore.List(connection, id, asOf));
        });
        if (query.Problem is { } problem)
        {
            return problem;
        }
        if (asOf < resolution.CreatedAt)
        {
            return Problems.NoResolutionThen(id);
        }
        var day = resolution.VotingDay(asOf ?? now);
        var stances = referenceData
            .Roster.MembersOn(day)
            .Where(member => paging.After is null || string.CompareOrdinal(member, paging.After) > 0)
            .Where(member => group is null || referenceData.Groups.ListFor(member, day).Contains(group))
            .Select(member => found.GetValueOrDefault(member) ?? Stance.CreateUnknown(id, member))
            .Where(stance => position is null || stance.Position == position)
            .Where(stance => certainty is null || stance.Certainty == certainty);
        return caller.May(Right.SeeStances)
            ? Localized.Ok(paging.Page(HttpContext, stances, s => s.For(caller), s => s.MemberState), language)
            : Localized.Ok(paging.Page(HttpContext, stances, PublicStance.FromStance, s => s.MemberState), language);
    }
}
