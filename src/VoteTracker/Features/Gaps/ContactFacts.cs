using System.Data.Common;
using Dapper;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Gaps;

/// <summary>
/// Loads when states were contacted. An engagement of any kind is contact, and so is a stance with the evidence `call` or
/// `meeting` that a person recorded.
/// </summary>
internal static class ContactFacts
{
    private const string IsHeard =
        "h.evidence IN ('call', 'meeting') AND h.stance_import IS NULL AND h.restored IS NULL AND h.changed_at <= @At";

    /// <summary>Lists the days of the last contact by state.</summary>
    public static async Task<IReadOnlyDictionary<string, DateOnly>> ListLastDays(
        DbConnection connection,
        GapScope scope
    )
    {
        var engagements = await connection.QueryAsync<EngagementRow>(
            $"""
            SELECT last.member_state, last.on_day
            FROM member_state m
            CROSS JOIN engagement last
            WHERE {scope.IsLoaded("m.iso3")} AND last.id = (
                SELECT e.id FROM engagement e
                WHERE e.member_state = m.iso3 AND {scope.IsEngagement}
                ORDER BY e.on_day DESC, e.id DESC
                LIMIT 1
            )
            """,
            scope.Values
        );
        // A stance that was heard in an engagement which the caller sees has the day of that engagement. The query goes back
        // from the current change of each state, from version to version, until it finds one that was heard. PostgreSQL would
        // read every engagement for NOT EXISTS: 1,500 ms, not 5 ms.
        var stances = await connection.QueryAsync<StanceRow>(
            $"""
            WITH RECURSIVE walk (member_state, replaced, heard) AS (
                SELECT s.member_state, s.version, CAST(NULL AS BIGINT)
                FROM stance s
                WHERE s.resolution = @Resolution AND {scope.IsLoaded("s.member_state")}
                UNION ALL
                SELECT
                    w.member_state, (SELECT h.replaced FROM stance_change h WHERE {StanceFacts.IsBefore}),
                    (
                        SELECT h.version FROM stance_change h
                        WHERE {StanceFacts.IsBefore} AND {IsHeard}
                            AND (SELECT COUNT(*) FROM engagement e WHERE e.id = h.engagement AND {scope.IsEngagement}) <> 1
                            AND {StanceFacts.IsNotUndone}
                    )
                FROM walk w
                WHERE w.replaced > 0 AND w.heard IS NULL
            )
            SELECT w.member_state, h.changed_at
            FROM walk w
            CROSS JOIN stance_change h
            WHERE h.resolution = @Resolution AND h.version = w.heard AND h.member_state = w.member_state
            """,
            scope.Values
        );
        var days = engagements.ToDictionary(row => row.MemberState, row => row.OnDay, StringComparer.Ordinal);
        foreach (var stance in stances)
        {
            var day = NewYork.DayOf(stance.ChangedAt);
            if (!days.TryGetValue(stance.MemberState, out var last) || day > last)
            {
                days[stance.MemberState] = day;
            }
        }
        return days;
    }

    /// <summary>Lists the states with which a contact outside the mission took part in an engagement.</summary>
    public static async Task<IReadOnlySet<string>> ListReachedCapitals(DbConnection connection, GapScope scope) =>
        (
            // SQLite begins with the contacts of a state, which are fewer than its engagements. PostgreSQL would join all
            // rows for EXISTS: 69 ms, not 11 ms, with 50,000 engagements.
            await connection.QueryAsync<string>(
                $"""
                SELECT m.iso3
                FROM member_state m
                WHERE {scope.IsLoaded("m.iso3")} AND (
                    SELECT 1
                    FROM contact k
                    CROSS JOIN engagement_contact p
                    CROSS JOIN engagement e
                    WHERE k.member_state = m.iso3 AND k.office <> 'mission' AND p.contact = k.id
                        AND e.id = p.engagement AND e.member_state = m.iso3 AND {scope.IsEngagement}
                    LIMIT 1
                ) = 1
                """,
                scope.Values
            )
        ).ToHashSet(StringComparer.Ordinal);

    private sealed record EngagementRow
    {
        public string MemberState { get; init; } = "";
        public DateOnly OnDay { get; init; }
    }

    private sealed record StanceRow
    {
        public string MemberState { get; init; } = "";
        public DateTimeOffset ChangedAt { get; init; }
    }
}
