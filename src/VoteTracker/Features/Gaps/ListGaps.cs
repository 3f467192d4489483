using System.Globalization;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Filters;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Localization;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Gaps;

/// <summary>Lists the member states about which something is missing before the vote.</summary>
internal sealed class ListGaps(
    Db db,
    ReferenceData referenceData,
    TeamMembers members,
    GapLoader loader,
    TimeProvider clock
) : EndpointWithoutRequest<Results<Localized<Page<StateGaps>>, ProblemHttpResult>>
{
    private static readonly TextParameter AssigneeParameter = new(
        "assignee",
        "Only states of this team member: the label of a key, or `me`.",
        TeamMembers.Me
    );

    private static readonly TextParameter GroupParameter = new(
        "group",
        "Only members in this group on the day of the vote.",
        "african-states"
    );

    public override void Configure()
    {
        Get("/v1/resolutions/{id}/gaps");
        Description(route =>
            route
                .Requires(Right.SeeContacts, hidesExistence: true)
                .Described(
                    "Gaps",
                    "Lists what is missing before the vote",
                    "The members that may vote and have a gap, each with its gaps. The first is the one that can move the margin most; equal ones are in the order of their names. Records that the caller may not see do not count: a state whose only engagement is confidential is listed as never contacted for other lobbyists."
                )
                .Takes(GapFilter.KindParameter, AssigneeParameter, GroupParameter, Lang.Parameter)
                .Pages()
                .Fails(StatusCodes.Status404NotFound)
                .Fails(StatusCodes.Status409Conflict, "The vote is over.")
        );
    }

    public override async Task<Results<Localized<Page<StateGaps>>, ProblemHttpResult>> ExecuteAsync(
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var caller = Caller.FromContext(HttpContext);
        var now = clock.Moment();
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        var paging = Paging.FromQuery(HttpContext, query, $"gaps of {id}");
        var filter = new GapFilter
        {
            Kinds = GapFilter.ReadKinds(query),
            Group = query.ReadGroup(GroupParameter, referenceData),
        };
        var (found, over) = await db.Read<(IEnumerable<StateGaps>, ProblemHttpResult?)>(async connection =>
        {
            var resolution = await RouteResolution.LoadWithRole(connection, id, HttpContext);
            filter = filter with { Assignee = await members.Read(query, AssigneeParameter, connection, caller) };
            if (query.Problem is not null)
            {
                return ([], null);
            }
            if (resolution.Basis != Basis.Stances)
            {
                return ([], ConflictTypes.NothingMissing.Create(EnumWord<ResolutionStatus>.ToWord(resolution.Status)));
            }
            var states = await loader.Load(connection, resolution, caller, now);
            return (filter.Apply(states, referenceData.Groups, resolution.VotingDay(now)), null);
        });
        if ((query.Problem ?? over) is { } problem)
        {
            return problem;
        }
        var rows = GapLoader.Order(found, language).Where(state => IsAfter(state, paging.After, language));
        return Localized.Ok(paging.Page(HttpContext, rows, state => state, PositionOf), language);
    }

    private static string PositionOf(StateGaps state) =>
        string.Create(CultureInfo.InvariantCulture, $"{state.Effect} {state.MemberState}");

    private static bool IsAfter(StateGaps state, string? after, Language language)
    {
        if (after?.Split(' ') is not [var effect, var iso3])
        {
            return true;
        }
        var last = int.Parse(effect, CultureInfo.InvariantCulture);
        return state.Effect < last
            || (state.Effect == last && GapLoader.CompareNames(state.MemberState, iso3, language) > 0);
    }
}
