using System.Data.Common;
using Dapper;

namespace VoteTracker.Features.Calendars;

/// <summary>Reads what the entries of resolutions show.</summary>
internal static class EntryStore
{
    private const int MostSteps = 2_000;
    private const int MostResolutions = 500;

    // What a reader with a key sees, and what a reader without one saw last.
    private const string OfTheTeam = """
        m.id, m.resolution, m.what, m.kind, m.planned_at, m.place, m.done_on, m.version, m.changed_at,
        m.deleted_at IS NOT NULL AS is_gone
        """;

    private const string OfThePublic = """
        m.id, m.resolution, m.what, m.kind, m.planned_at, m.place, m.done_on,
        CASE WHEN m.is_public THEN m.version ELSE m.hidden_version END AS version,
        CASE WHEN m.is_public THEN m.changed_at ELSE m.hidden_at END AS changed_at,
        NOT m.is_public AS is_gone
        """;

    /// <summary>Lists the resolutions that can have entries of a period, the newest first; or the only one.</summary>
    public static async Task<IReadOnlyList<EntryResolution>> ListResolutions(
        DbConnection connection,
        string? resolution,
        CalendarPeriod period
    ) =>
        [
            .. await connection.QueryAsync<EntryResolution>(
                $"""
                SELECT r.id, r.symbol, r.title, r.status, r.vote_on, r.created_at
                FROM resolution r
                WHERE {(
                    resolution is null
                        ? """
                        EXISTS (
                            SELECT 1 FROM milestone m
                            WHERE m.resolution = r.id AND m.planned_on >= @FirstDay
                                AND (m.deleted_at IS NULL OR m.deleted_at >= @CancelledSince)
                        )
                        OR (r.origin = 'user' AND EXISTS (
                            SELECT 1 FROM resolution_change c WHERE c.resolution = r.id AND c.vote_on >= @FirstDay
                        ))
                        """
                        : "r.id = @resolution"
                )}
                ORDER BY r.ordinal DESC
                LIMIT @MostResolutions
                """,
                new
                {
                    resolution,
                    period.FirstDay,
                    period.CancelledSince,
                    MostResolutions,
                }
            ),
        ];

    /// <summary>Lists the changes of the fields of resolutions.</summary>
    public static Task<IEnumerable<EntryFields>> ListFields(DbConnection connection, IReadOnlyList<string> ids) =>
        connection.QueryAsync<EntryFields>(
            """
            SELECT resolution, version, changed_at, vote_on, visibility
            FROM resolution_change
            WHERE resolution IN @ids
            ORDER BY resolution, version
            """,
            new { ids }
        );

    /// <summary>
    /// Lists the milestones but the votes, with those that have left within the time of cancellations. Beyond the limit, the
    /// ones of the first days are left out.
    /// </summary>
    public static Task<IEnumerable<EntryMilestone>> ListSteps(
        DbConnection connection,
        IReadOnlyList<string> ids,
        bool isPublic,
        CalendarPeriod period
    ) =>
        connection.QueryAsync<EntryMilestone>(
            $"""
            SELECT
                {(isPublic ? OfThePublic : OfTheTeam)},
                {(isPublic ? "CASE WHEN m.is_public THEN m.planned_on ELSE m.hidden_on END" : "m.planned_on")} AS planned_on
            FROM milestone m
            WHERE m.resolution IN @ids AND m.kind <> 'vote' AND {(
                isPublic
                    ? """
                    (
                        (m.is_public AND m.planned_on >= @FirstDay)
                        OR (NOT m.is_public AND m.hidden_on >= @FirstDay AND m.hidden_at >= @CancelledSince)
                    )
                    """
                    : "m.planned_on >= @FirstDay AND (m.deleted_at IS NULL OR m.deleted_at >= @CancelledSince)"
            )}
            ORDER BY planned_on DESC, m.id DESC
            LIMIT @MostSteps
            """,
            new
            {
                ids,
                period.FirstDay,
                period.CancelledSince,
                MostSteps,
            }
        );

    /// <summary>
    /// Lists the milestones of the votes, also those that have left at any time: their versions are a part of the number of
    /// the entry.
    /// </summary>
    public static Task<IEnumerable<EntryMilestone>> ListVotes(
        DbConnection connection,
        IReadOnlyList<string> ids,
        bool isPublic
    ) =>
        connection.QueryAsync<EntryMilestone>(
            $"""
            SELECT {(isPublic ? OfThePublic : OfTheTeam)}
            FROM milestone m
            WHERE m.resolution IN @ids AND m.kind = 'vote' {(
                isPublic ? "AND (m.is_public OR m.hidden_at IS NOT NULL)" : ""
            )}
            ORDER BY m.resolution, m.id
            """,
            new { ids }
        );
}
