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
        // A stance that was heard in an engagement which the caller sees has the day of that engagement.
        var stances = await connection.QueryAsync<StanceRow>(
            $"""
            SELECT c.member_state, c.changed_at
            FROM stance s
            CROSS JOIN stance_change c
            WHERE s.resolution = @Resolution AND {scope.IsLoaded("s.member_state")}
                AND c.resolution = s.resolution AND c.member_state = s.member_state AND c.version = (
                    SELECT h.version FROM stance_change h
                    WHERE {StanceFacts.OfSameState("h", "s")} AND {IsHeard}
                        AND NOT EXISTS (SELECT 1 FROM engagement e WHERE e.id = h.engagement AND {scope.IsEngagement})
                        AND {StanceFacts.IsNotUndone}
                    ORDER BY h.version DESC
                    LIMIT 1
                )
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
            // The contacts of a state are fewer than its engagements, so SQLite begins with them.
            await connection.QueryAsync<string>(
                $"""
                SELECT m.iso3
                FROM member_state m
                WHERE {scope.IsLoaded("m.iso3")} AND EXISTS (
                    SELECT 1
                    FROM contact k
                    CROSS JOIN engagement_contact p
                    CROSS JOIN engagement e
                    WHERE k.member_state = m.iso3 AND k.office <> 'mission' AND p.contact = k.id
                        AND e.id = p.engagement AND e.member_state = m.iso3 AND {scope.IsEngagement}
                )
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
