using System.Data.Common;
using Dapper;
using VoteTracker.Features.Changes;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Gaps;

/// <summary>Loads which positions of a state people reported lately.</summary>
internal static class ReportFacts
{
    /// <summary>In SQL: the change `h` was recorded within the last week.</summary>
    private const string IsRecent =
        "h.resolution = @Resolution AND h.version > @After AND h.changed_at > @ReportsSince AND h.changed_at <= @At";

    /// <summary>
    /// Lists the last position that each person recorded about a state within the last week. A vote of the past is not a
    /// report, and a person who has deleted the position reports none.
    /// </summary>
    public static async Task<ILookup<string, PositionReport>> List(DbConnection connection, GapScope scope)
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

    private sealed record ReportRow
    {
        public string MemberState { get; init; } = "";
        public string ChangedBy { get; init; } = "";
        public string Position { get; init; } = "";
        public DateTimeOffset ChangedAt { get; init; }
    }
}
