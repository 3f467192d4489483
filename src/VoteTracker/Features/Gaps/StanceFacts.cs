using System.Data.Common;
using Dapper;
using VoteTracker.Features.Changes;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Gaps;

/// <summary>Loads what gaps need of stances, from their history.</summary>
internal static class StanceFacts
{
    /// <summary>
    /// In SQL: each stance `s` and its change `c` that was the newest at the moment. Most stances have not changed since
    /// then, so their history is not read. CROSS JOIN, because SQLite would read the whole history first.
    /// </summary>
    private const string Newest = """
        stance s
        CROSS JOIN stance_change c
        """;

    private static readonly string IsNewest = $"""
        s.resolution = @Resolution AND c.resolution = s.resolution AND c.member_state = s.member_state AND c.version =
            CASE WHEN s.changed_at <= @At THEN s.version ELSE (
                SELECT n.version FROM stance_change n
                WHERE {OfSameState("n", "s")} AND n.changed_at <= @At
                ORDER BY n.version DESC
                LIMIT 1
            ) END
        """;

    /// <summary>In SQL: the change `h` was not undone by then. A change is undone if a version before it was restored.</summary>
    internal static readonly string IsNotUndone = $"""
        NOT EXISTS (
            SELECT 1 FROM stance_change u
            WHERE {OfSameState("u", "h")} AND u.version > h.version
                AND u.restored IS NOT NULL AND u.restored < h.version AND u.changed_at <= @At
                AND NOT EXISTS (
                    SELECT 1 FROM stance_change again
                    WHERE {OfSameState("again", "u")}
                        AND again.version > u.version AND again.restored IS NOT NULL AND again.restored = h.version
                        AND again.changed_at <= @At
                )
        )
        """;

    /// <summary>In SQL: the change `h` was recorded within the last week.</summary>
    private const string IsRecent =
        "h.resolution = @Resolution AND h.version > @After AND h.changed_at > @ReportsSince AND h.changed_at <= @At";

    private const string Statements = "('public-statement', 'note-verbale')";

    /// <summary>
    /// In SQL: two rows are of the same stance. The expression has an index. SQLite would read the history of the whole
    /// resolution by its primary key if the columns were compared: 6,800 ms, not 19 ms, with 200 changes of each stance.
    /// </summary>
    internal static string OfSameState(string a, string b) =>
        $"{a}.resolution || ' ' || {a}.member_state = {b}.resolution || ' ' || {b}.member_state";

    /// <summary>Lists the stances by state.</summary>
    public static async Task<IReadOnlyDictionary<string, StanceRow>> List(DbConnection connection, GapScope scope) =>
        (
            await connection.QueryAsync<StanceRow>(
                $"""
                SELECT
                    c.member_state, c.position, c.certainty, c.evidence, c.changed_at,
                    (SELECT office FROM contact WHERE id = c.contact) AS office
                FROM {Newest}
                WHERE {IsNewest} AND {scope.IsLoaded("s.member_state")}
                """,
                scope.Values
            )
        ).ToDictionary(row => row.MemberState, StringComparer.Ordinal);

    /// <summary>
    /// Lists the states with a confirmed position that a statement or two people support. What was recorded before or
    /// while the state had another position does not support it. A position that was undone is not another position.
    /// </summary>
    public static async Task<IReadOnlySet<string>> ListSupported(DbConnection connection, GapScope scope) =>
        (
            await connection.QueryAsync<string>(
                $"""
                SELECT c.member_state
                FROM {Newest}
                LEFT JOIN stance_change o ON o.resolution = c.resolution AND o.member_state = c.member_state
                    AND o.version = (
                        SELECT h.version FROM stance_change h
                        WHERE {OfSameState("h", "c")} AND h.version < c.version AND h.position <> c.position
                            AND {IsNotUndone}
                        ORDER BY h.version DESC
                        LIMIT 1
                    )
                WHERE {IsNewest} AND {scope.IsLoaded("s.member_state")} AND c.certainty = 'confirmed'
                    AND CASE
                        WHEN c.evidence IN {Statements} THEN TRUE
                        WHEN EXISTS (
                            SELECT 1 FROM stance_change h
                            WHERE {OfSameState("h", "c")} AND h.version < c.version
                                AND h.version > COALESCE(o.version, 0) AND h.evidence IN {Statements} AND {IsNotUndone}
                        ) THEN TRUE
                        ELSE (
                            SELECT MIN(e.created_by) < MAX(e.created_by) FROM engagement e
                            WHERE e.member_state = c.member_state AND {scope.IsEngagement}
                                AND (o.version IS NULL OR e.created_at > o.changed_at)
                        )
                    END
                """,
                scope.Values
            )
        ).ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// Lists the last position that each person recorded about a state within the last week. A vote of the past is not a
    /// report, and a person who has deleted the position reports none.
    /// </summary>
    public static async Task<ILookup<string, PositionReport>> ListReports(DbConnection connection, GapScope scope)
    {
        var after = await ResolutionVersion.FindAt(connection, scope.Resolution, scope.ReportsSince);
        return (
            await connection.QueryAsync<ReportRow>(
                $"""
                WITH moved AS MATERIALIZED (
                    SELECT h.member_state
                    FROM stance_change h
                    WHERE {IsRecent} AND {scope.IsLoaded("h.member_state")}
                    GROUP BY h.member_state
                    HAVING MIN(h.position) < MAX(h.position) AND MIN(h.changed_by) < MAX(h.changed_by)
                ),
                undo AS MATERIALIZED (
                    SELECT h.member_state, h.version, h.restored
                    FROM stance_change h
                    WHERE {IsRecent} AND h.restored IS NOT NULL AND h.member_state IN (SELECT member_state FROM moved)
                )
                SELECT c.member_state, c.changed_by, c.position, c.changed_at
                FROM (
                    SELECT h.member_state, h.changed_by, MAX(h.version) AS version
                    FROM stance_change h
                    WHERE {IsRecent} AND h.member_state IN (SELECT member_state FROM moved)
                        AND h.restored IS NULL AND NOT EXISTS (
                            SELECT 1 FROM undo u
                            WHERE u.member_state = h.member_state AND u.version > h.version AND u.restored < h.version
                                AND NOT EXISTS (
                                    SELECT 1 FROM undo again
                                    WHERE again.member_state = u.member_state AND again.version > u.version
                                        AND again.restored = h.version
                                )
                        )
                    GROUP BY h.member_state, h.changed_by
                ) AS newest
                CROSS JOIN stance_change c
                WHERE c.resolution = @Resolution AND c.version = newest.version AND c.member_state = newest.member_state
                    AND c.position <> 'unknown' AND c.evidence <> 'past-vote'
                ORDER BY c.member_state, c.version
                """,
                new
                {
                    scope.Resolution,
                    scope.At,
                    scope.Iso3,
                    scope.ReportsSince,
                    After = after,
                }
            )
        ).ToLookup(
            row => row.MemberState,
            row => new PositionReport(
                row.ChangedBy,
                EnumWord<Position>.Parse(row.Position),
                NewYork.DayOf(row.ChangedAt)
            ),
            StringComparer.Ordinal
        );
    }

    /// <summary>A stance as of the moment.</summary>
    internal sealed record StanceRow
    {
        public string MemberState { get; init; } = "";
        public string Position { get; init; } = "";
        public string? Certainty { get; init; }
        public string? Evidence { get; init; }
        public DateTimeOffset ChangedAt { get; init; }

        /// <summary>The office of the contact that stated the position; null if none is named.</summary>
        public string? Office { get; init; }
    }

    private sealed record ReportRow
    {
        public string MemberState { get; init; } = "";
        public string ChangedBy { get; init; } = "";
        public string Position { get; init; } = "";
        public DateTimeOffset ChangedAt { get; init; }
    }
}
