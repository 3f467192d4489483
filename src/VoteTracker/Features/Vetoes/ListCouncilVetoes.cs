using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.Engagements;
using VoteTracker.Features.Filters;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Vetoes;

/// <summary>Lists the vetoes.</summary>
internal sealed class ListCouncilVetoes(Db db, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<Page<CouncilVeto>>, ProblemHttpResult>>
{
    // A permanent member of any time.
    private static readonly string[] PermanentMembers = ["CHN", "FRA", "GBR", "RUS", "SUN", "USA"];

    private static readonly TextParameter MemberStateParameter = new(
        "memberState",
        "Only vetoes of this permanent member. SUN is the Soviet Union, until 1991.",
        "FRA"
    );

    private static readonly TextParameter SessionParameter = new(
        "session",
        "Only vetoes that led to this session.",
        "es-11"
    );

    private static readonly FirstDayParameter FromParameter = new(
        "from",
        "Only vetoes on this day or later.",
        "2000-01-01"
    );

    private static readonly DayParameter ToParameter = new("to", "Only vetoes on this day or earlier.", "2026-11-21");

    public override void Configure()
    {
        Get("/v1/council-vetoes");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Council vetoes",
                    "Lists the vetoes",
                    "Drafts that the Security Council did not adopt because of the vote of a permanent member; the newest first. The list has what a coordinator entered, and need not be complete."
                )
                .Takes(MemberStateParameter, SessionParameter, FromParameter, ToParameter)
                .Pages()
        );
    }

    public override async Task<Results<Ok<Page<CouncilVeto>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var caller = Caller.FromContext(HttpContext);
        var now = clock.Moment();
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, "council vetoes");
        var filter = new VetoFilter(
            ReadPermanentMember(query),
            query.Read(SessionParameter),
            query.Read(FromParameter, now),
            query.Read(ToParameter)
        );
        if (filter.To < filter.From)
        {
            query.Wrong(ToParameter, "must not be before from");
        }
        var vetoes = await db.Read(async connection =>
        {
            await query.CheckSession(SessionParameter, filter.Session, connection, caller, now);
            return query.Problem is null
                ? await VetoStore.List(connection, filter, caller, DayCursor.Parse(paging.After), paging.Rows)
                : [];
        });
        return query.Problem is { } problem
            ? problem
            : TypedResults.Ok(
                paging.Page(HttpContext, vetoes, veto => veto, veto => DayCursor.ToText(veto.On, veto.Id))
            );
    }

    private static string? ReadPermanentMember(Query query)
    {
        if (query.Read(MemberStateParameter) is not { } text)
        {
            return null;
        }
        var code = StateCode.Normalize(text);
        if (PermanentMembers.Contains(code))
        {
            return code;
        }
        query.Wrong(MemberStateParameter, WrongWord.Describe(PermanentMembers, text));
        return null;
    }
}
