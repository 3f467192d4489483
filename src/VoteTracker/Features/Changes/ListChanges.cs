using System.Globalization;
using Dapper;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.Engagements;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Sessions;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Changes;

/// <summary>Lists every change that the caller may see, in order. Over 200 lines because who sees which change is one condition.</summary>
internal sealed class ListChanges(Db db, Cursors cursors, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<Page<Change>>, ProblemHttpResult>>
{
    private static readonly TextParameter AfterParameter = new(
        "after",
        "The cursor of the last change that the client has seen, from the Link header or from the change."
    );

    private static readonly SinceParameter SinceParameter = new(
        "since",
        "Begins with the first change at this moment or later. With `after`, the cursor alone decides.",
        "24h"
    );

    // The versions of the tasks that the caller added, or was the assignee of. A change does not name its task, but was
    // made at the same moment by the same author.
    private const string OwnTasks = """
        FROM task_change h
        JOIN task t ON t.id = h.task
        WHERE (h.assignee = @Label OR t.created_by = @Label)
        """;

    // The public sees changes of a subject from the version that made it public, also of one that was deleted. A stance that it may not see is shown as
    // a change of the tally. A co-sponsor is shown if it has signed, or had signed before.
    private static string Visible(Caller caller) =>
        $"""
            (
                @seesContacts AND c.kind IN ('contact', 'engagement', 'task')
                AND (
                    {StateEngagement.VisibleTo(caller, "c.confidential", "c.by")}
                    OR (
                        c.kind = 'task'
                        AND (c.at, c.by) IN (SELECT h.changed_at, h.changed_by {OwnTasks})
                        AND (c.contact IS NULL OR c.contact IN (SELECT h.contact {OwnTasks} AND h.contact IS NOT NULL))
                    )
                )
            )
            OR (@seesComments AND c.kind = 'comment')
            OR (@seesPressures AND c.kind = 'pressure')
            OR (@seesVoteDays AND c.kind = 'vote-day')
            OR (@seesAll AND c.kind NOT IN ('contact', 'engagement', 'task', 'comment', 'pressure', 'vote-day'))
            OR (
                NOT @seesAll AND (
                    (c.resolution IS NULL AND c.kind = 'ineligibility')
                    OR (r.visibility <> 'private' AND c.version >= r.public_from AND c.kind <> 'vote-day' AND (c.kind <> 'co-sponsor' OR EXISTS (
                        SELECT 1 FROM co_sponsor_change s
                        WHERE s.resolution = c.resolution AND s.member_state = c.member_state AND s.status = 'signed'
                            AND (s.version = c.version OR s.version = (
                                SELECT MAX(version) FROM co_sponsor_change
                                WHERE resolution = c.resolution AND member_state = c.member_state AND version < c.version
                            ))
                    )))
                    OR (c.kind IN ('endorsement', 'act') AND NOT c.confidential AND {ResolutionAccess.IsPublic(
                "c.resolution"
            )})
                    OR (c.kind IN ('roll-call', 'council-veto'))
                    OR (c.kind IN ('session', 'session-request') AND EXISTS (
                        SELECT 1 FROM session s
                        WHERE s.id = c.session AND (s.kind = 'regular' OR c.version >= (
                            SELECT COALESCE(MIN(h.version), 0) FROM session_change h
                            WHERE h.session = s.id AND h.version > COALESCE((
                                SELECT MAX(version) FROM session_change
                                WHERE session = s.id AND status IN ('requested', 'withdrawn')
                            ), 0)
                        )) AND {SessionStore.IsPublic}
                    ))
                    OR (c.kind = 'resolution' AND c.by = 'record' AND r.origin = 'record')
                    OR (c.kind = 'resolution' AND EXISTS (
                        SELECT 1 FROM deleted_resolution d
                        WHERE d.id = c.resolution AND d.visibility <> 'private'
                            AND c.version BETWEEN d.first_version AND d.last_version
                    ))
                )
            )
            """;

    public override void Configure()
    {
        Get("/v1/changes");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Changes",
                    "Lists every change, in order",
                    "The oldest first: from the start, from a moment, or after a cursor. The list has only changes that the caller may see, without their content. The Link header always has the next address; request it again later to get newer changes."
                )
                .Takes(SinceParameter)
                .Pages(AfterParameter)
        );
    }

    public override async Task<Results<Ok<Page<Change>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, ChangeFeed.List, AfterParameter);
        var since = query.Read(SinceParameter, clock.Moment());
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var begin = paging.AfterNumber;
        var (incarnation, newest, rows) = await db.Read(async connection =>
        {
            if (since is { } moment && paging.After is null)
            {
                begin = await ChangeFeed.FindPlaceBefore(connection, moment);
            }
            return (
                await Incarnation.FindFirstVersion(connection),
                await connection.ExecuteScalarAsync<long?>("SELECT MAX(seq) FROM change") ?? 0,
                (
                    await connection.QueryAsync<Row>(
                        $"""
                        SELECT
                            c.seq, c.at, c.by, c.kind, c.resolution, c.member_state, c.contact, c.session, c.version,
                            r.visibility = 'positions' AND c.version >= r.positions_from AS has_positions
                        FROM change c
                        LEFT JOIN (
                            SELECT
                                id, visibility, origin,
                                (
                                    SELECT MIN(version) FROM resolution_change
                                    WHERE resolution = id AND version > COALESCE((
                                        SELECT MAX(version) FROM resolution_change WHERE resolution = id AND visibility = 'private'
                                    ), 0)
                                ) AS public_from,
                                (
                                    SELECT MIN(version) FROM resolution_change
                                    WHERE resolution = id AND version > COALESCE((
                                        SELECT MAX(version) FROM resolution_change WHERE resolution = id AND visibility <> 'positions'
                                    ), 0)
                                ) AS positions_from
                            FROM resolution
                        ) AS r ON r.id = c.resolution
                        WHERE c.seq > @begin AND ({Visible(caller)})
                        ORDER BY c.seq
                        LIMIT @Limit
                        """,
                        new
                        {
                            begin,
                            seesAll = caller.SeesAllResolutions,
                            seesContacts = caller.May(Right.SeeContacts),
                            seesComments = caller.May(Right.Comment),
                            seesPressures = caller.May(Right.SeePressures),
                            seesVoteDays = caller.May(Right.EnterVotes),
                            caller.Label,
                            paging.Limit,
                        }
                    )
                ).ToList()
            );
        });
        // Another replica can have begun a new incarnation a moment ago, so the incarnation that was read decides.
        paging = paging.In(incarnation, HttpContext, AfterParameter.Name);
        var items = new List<Change>(rows.Count);
        foreach (var row in rows)
        {
            items.Add(
                row.For(caller, cursors.Seal(paging.List, row.Seq.ToString(CultureInfo.InvariantCulture), incarnation))
            );
        }
        // The next page begins after the changes that were read but not shown.
        var end = rows.Count == paging.Limit ? rows[^1].Seq : Math.Max(newest, begin);
        paging.LinkNext(HttpContext, "after", end.ToString(CultureInfo.InvariantCulture));
        return TypedResults.Ok(new Page<Change> { Items = items });
    }

    private sealed record Row
    {
        public long Seq { get; init; }
        public DateTimeOffset At { get; init; }
        public string By { get; init; } = "";
        public string Kind { get; init; } = "";
        public string? Resolution { get; init; }
        public string? MemberState { get; init; }
        public string? Contact { get; init; }
        public string? Session { get; init; }
        public long? Version { get; init; }
        public bool HasPositions { get; init; }

        public Change For(Caller caller, string cursor)
        {
            var kind = EnumWord<ChangeKind>.Parse(Kind);
            var hidden = kind == ChangeKind.Stance && !caller.May(Right.SeeStances) && !HasPositions;
            return new Change
            {
                Cursor = cursor,
                Kind = hidden ? ChangeKind.Tally : kind,
                Resolution = Resolution,
                MemberState = hidden ? null : MemberState,
                Contact = Contact,
                Session = Session,
                Version = Version,
                ChangedAt = At,
                ChangedBy = caller.May(Right.SeeAuthors) ? By : null,
            };
        }
    }
}
