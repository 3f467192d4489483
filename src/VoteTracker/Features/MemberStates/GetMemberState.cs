using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.MemberStates;

/// <summary>Shows one member state or observer.</summary>
internal sealed class GetMemberState(Db db, ReferenceData referenceData, TimeProvider clock)
    : EndpointWithoutRequest<Results<Localized<MemberState>, ProblemHttpResult>>
{
    private static readonly DayParameter OnParameter = new(
        "on",
        "The day, New York's; today by default.",
        "2026-11-21"
    );

    public override void Configure()
    {
        Get("/v1/member-states/{iso3}");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Member states",
                    "Shows a member state",
                    "A current member or observer, with its groups and whether it may vote on a day. A former member is a 404."
                )
                .Takes(OnParameter, Lang.Parameter)
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, "No current member or observer has that code.")
        );
    }

    public override async Task<Results<Localized<MemberState>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        var day = query.Read(OnParameter) ?? NewYork.DayOf(clock.GetUtcNow());
        if (query.Problem is { } problem)
        {
            return problem;
        }
        if (referenceData.Roster.Find(iso3) is not { Kind: not SeatKind.Former })
        {
            return Problems.NoState(iso3);
        }
        var states = await db.Read(connection => MemberState.List(connection, referenceData, day, iso3));
        return Localized.Ok(states.Single(), language);
    }
}
