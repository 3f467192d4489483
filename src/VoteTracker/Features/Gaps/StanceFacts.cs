using System.Data.Common;
using Dapper;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Gaps;

/// <summary>Loads what gaps need of stances, from their history.</summary>
internal static class StanceFacts
{
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

    /// <summary>In SQL: `h` is the change that the row `w` of a walk leads back to.</summary>
    internal const string IsBefore =
        "h.resolution = @Resolution AND h.version = w.replaced AND h.member_state = w.member_state";

    private const string Statements = "('public-statement', 'note-verbale')";

    /// <summary>
    /// In SQL: two rows are of the same stance. The few changes that restored a version have an index with this expression.
    /// SQLite would read the history of the whole resolution by its primary key if the columns were compared.
    /// </summary>
    private static string OfSameState(string a, string b) =>
        $"{a}.resolution || ' ' || {a}.member_state = {b}.resolution || ' ' || {b}.member_state";

    /// <summary>Lists the stances by state.</summary>
    public static async Task<IReadOnlyDictionary<string, StanceRow>> List(DbConnection connection, GapScope scope) =>
        (
            await connection.QueryAsync<StanceRow>(
                $"""
                WITH {StancesAsOf.Newest}
                SELECT
                    c.member_state, c.position, c.certainty, c.evidence, c.changed_at,
                    (SELECT office FROM contact WHERE id = c.contact) AS office
                FROM {StancesAsOf.Changes}
                WHERE {StancesAsOf.IsNewest} AND {scope.IsLoaded("state")}
                """,
                scope.Values
            )
        ).ToDictionary(row => row.MemberState, StringComparer.Ordinal);

    /// <summary>
    /// Lists the states with a confirmed position that a statement or two people support. What was recorded before or
    /// while the state had another position does not support it. A position that was undone is not another position.
    /// </summary>
    /// <remarks>
    /// It goes back from the newest change of each state, from version to version, until it finds a statement or another
    /// position. Each step reads two columns in two subqueries: PostgreSQL would read the whole history for a join.
    /// </remarks>
    public static async Task<IReadOnlySet<string>> ListSupported(DbConnection connection, GapScope scope) =>
        (
            await connection.QueryAsync<string>(
                $"""
                WITH RECURSIVE {StancesAsOf.Newest},
                walk (member_state, position, version, replaced, found) AS (
                    SELECT
                        c.member_state, c.position, c.version, c.replaced,
                        CASE WHEN c.evidence IN {Statements} THEN 'statement' END
                    FROM {StancesAsOf.Changes}
                    WHERE {StancesAsOf.IsNewest} AND {scope.IsLoaded("state")} AND c.certainty = 'confirmed'
                    UNION ALL
                    SELECT
                        w.member_state, w.position, w.replaced,
                        (SELECT h.replaced FROM stance_change h WHERE {IsBefore}),
                        (
                            SELECT
                                CASE
                                    WHEN h.position = w.position AND COALESCE(h.evidence NOT IN {Statements}, TRUE)
                                        THEN NULL
                                    WHEN NOT {IsNotUndone} THEN NULL
                                    WHEN h.position = w.position THEN 'statement'
                                    ELSE 'other position'
                                END
                            FROM stance_change h
                            WHERE {IsBefore}
                        )
                    FROM walk w
                    WHERE w.replaced > 0 AND w.found IS NULL
                ),
                walked AS (
                    SELECT
                        member_state, MAX(found) AS found,
                        MAX(CASE WHEN found = 'other position' THEN version END) AS other
                    FROM walk
                    GROUP BY member_state
                )
                SELECT w.member_state
                FROM walked w
                WHERE COALESCE(w.found = 'statement', FALSE) OR (
                    SELECT MIN(e.created_by) < MAX(e.created_by) FROM engagement e
                    WHERE e.member_state = w.member_state AND {scope.IsEngagement}
                        AND (w.other IS NULL OR e.created_at > (
                            SELECT o.changed_at FROM stance_change o
                            WHERE o.resolution = @Resolution AND o.version = w.other AND o.member_state = w.member_state
                        ))
                )
                """,
                scope.Values
            )
        ).ToHashSet(StringComparer.Ordinal);

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
}
