using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Security;

namespace VoteTracker.Features.Sessions;

/// <summary>Lists the sessions.</summary>
internal sealed class ListSessions(Db db, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<Page<Session>>, ProblemHttpResult>>
{
    private static readonly FlagParameter AllParameter = new(
        "all",
        "`true`: also regular sessions without resolutions, up to the one that opens next September."
    );

    public override void Configure()
    {
        Get("/v1/sessions");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Sessions",
                    "Lists the sessions",
                    "The emergency special sessions since 1956, then the regular and special sessions that have resolutions, each kind in the order of the numbers. Dates are null if they are not known."
                )
                .Takes(AllParameter)
                .Pages()
        );
    }

    public override async Task<Results<Ok<Page<Session>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, "sessions");
        var all = query.Read(AllParameter);
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var sessions = await db.Read(Session.List);
        if (all)
        {
            sessions = sessions.UnionBy(Session.ListRegular(clock.GetUtcNow()), session => session.Id);
        }
        var ordered = sessions
            .OrderByDescending(session => session.Emergency)
            .ThenBy(session => session.Id.StartsWith("s-", StringComparison.Ordinal))
            .ThenBy(session => session.Number)
            .SkipWhile(session => paging.After is not null && session.Id != paging.After)
            .Skip(paging.After is null ? 0 : 1);
        return TypedResults.Ok(paging.Page(HttpContext, ordered, session => session, session => session.Id));
    }
}
