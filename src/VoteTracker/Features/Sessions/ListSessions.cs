using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Sessions;

/// <summary>Lists the sessions.</summary>
internal sealed class ListSessions(Db db, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<Page<Session>>, ProblemHttpResult>>
{
    private static readonly FlagParameter AllParameter = new(
        "all",
        "`true`: also regular sessions without resolutions, up to the one that opens next September."
    );

    private static readonly WordParameter<SessionStatus> StatusParameter = new(
        "status",
        "Only sessions with this status."
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
                    "The emergency special sessions since 1956, then the regular and special sessions that have resolutions, each kind in the order of the numbers; a resumption follows the session that it resumes. Dates are null if they are not known. Without a key, sessions that have not convened are left out."
                )
                .Takes(AllParameter, StatusParameter)
                .Pages()
        );
    }

    public override async Task<Results<Ok<Page<Session>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, "sessions");
        var all = query.Read(AllParameter);
        var status = query.Read(StatusParameter);
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var caller = Caller.FromContext(HttpContext);
        var now = clock.GetUtcNow();
        IEnumerable<Session> sessions = await db.Read(connection => SessionStore.List(connection, caller, now));
        if (all)
        {
            sessions = sessions.UnionBy(Session.ListRegular(now), session => session.Id);
        }
        var ordered = sessions
            .Where(session =>
                (status is null || session.Status == status)
                && (paging.After is null || string.CompareOrdinal(session.Place, paging.After) > 0)
            )
            .OrderBy(session => session.Place, StringComparer.Ordinal);
        return TypedResults.Ok(paging.Page(HttpContext, ordered, session => session, session => session.Place));
    }
}
