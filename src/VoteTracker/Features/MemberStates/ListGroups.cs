using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.MemberStates;

/// <summary>Lists the regional groups and the blocs.</summary>
internal sealed class ListGroups(ReferenceData referenceData, TimeProvider clock)
    : EndpointWithoutRequest<Results<Localized<Page<StateGroup>>, ProblemHttpResult>>
{
    private static readonly WordParameter<GroupScheme> SchemeParameter = new(
        "scheme",
        "Only `regional-group` or only `bloc`."
    );

    private static readonly DayParameter OnParameter = new(
        "on",
        "The day, New York's; today by default.",
        "2026-11-21"
    );

    public override void Configure()
    {
        Get("/v1/groups");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Member states",
                    "Lists the groups",
                    "The five regional groups, then the blocs, each with its name and the codes of its members on a day. Only memberships with dates depend on the day."
                )
                .Takes(SchemeParameter, OnParameter, Lang.Parameter)
                .Pages()
        );
    }

    public override Task<Results<Localized<Page<StateGroup>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        var paging = Paging.FromQuery(HttpContext, query, "groups");
        var scheme = query.Read(SchemeParameter);
        var day = query.Read(OnParameter) ?? NewYork.DayOf(clock.GetUtcNow());
        if (query.Problem is { } problem)
        {
            return Task.FromResult<Results<Localized<Page<StateGroup>>, ProblemHttpResult>>(problem);
        }
        var groups = StateGroup
            .List(referenceData, day)
            .SkipWhile(group => paging.After is not null && group.Key != paging.After)
            .Skip(paging.After is null ? 0 : 1)
            .Where(group => scheme is null || group.Scheme == scheme);
        return Task.FromResult<Results<Localized<Page<StateGroup>>, ProblemHttpResult>>(
            Localized.Ok(paging.Page(HttpContext, groups, group => group, group => group.Key), language)
        );
    }
}
