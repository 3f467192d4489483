using System.Data.Common;
using Dapper;
using VoteTracker.Database;

namespace VoteTracker.Features.PersonalData;

/// <summary>Reads which contacts the retention period erases, and stores its runs.</summary>
internal static class Retention
{
    private static readonly TimeSpan RunsKept = TimeSpan.FromDays(366);

    /// <summary>Lists the contacts whose last use was at a moment or before, the oldest first.</summary>
    /// <remarks>The use of a contact is a change of it, of an engagement or task with it, or of a stance that names it.</remarks>
    public static async Task<IReadOnlyList<UnusedContact>> List(DbConnection connection, DateTimeOffset until) =>
        [
            .. await connection.QueryAsync<UnusedContact>(
                """
                SELECT k.id, k.member_state, used.last_used_at
                FROM (
                    SELECT contact, MAX(at) AS last_used_at
                    FROM (
                        SELECT id AS contact, changed_at AS at FROM contact
                        UNION ALL
                        SELECT p.contact, e.changed_at FROM engagement_contact p JOIN engagement e ON e.id = p.engagement
                        UNION ALL
                        SELECT contact, changed_at FROM task WHERE contact IS NOT NULL
                        UNION ALL
                        SELECT contact, changed_at FROM stance WHERE contact IS NOT NULL
                    ) AS uses
                    GROUP BY contact
                ) AS used
                JOIN contact k ON k.id = used.contact
                WHERE used.last_used_at <= @until
                ORDER BY used.last_used_at, k.id
                """,
                new { until }
            ),
        ];

    /// <summary>Finds the last run; null if there was none.</summary>
    public static Task<RetentionRun?> FindLastRun(DbConnection connection) =>
        connection.QueryFirstOrDefaultAsync<RetentionRun>(
            "SELECT ran_at, contacts FROM retention_run ORDER BY ran_at DESC LIMIT 1"
        );

    /// <summary>Finds the moment of the last change of anything; null if nothing has changed yet.</summary>
    public static async Task<DateTimeOffset?> FindLastChange(DbConnection connection) =>
        (await connection.QueryAsync<DateTimeOffset>("SELECT at FROM change ORDER BY seq DESC LIMIT 1"))
            .Select(at => (DateTimeOffset?)at)
            .FirstOrDefault();

    /// <summary>Inserts a run, and deletes those of more than a year ago.</summary>
    public static async Task InsertRun(Write write, int contacts)
    {
        await write.Connection.ExecuteAsync(
            "DELETE FROM retention_run WHERE ran_at < @before",
            new { before = write.Now - RunsKept }
        );
        await write.Connection.ExecuteAsync(
            "INSERT INTO retention_run (ran_at, contacts) VALUES (@Now, @contacts) ON CONFLICT (ran_at) DO NOTHING",
            new { write.Now, contacts = (long)contacts }
        );
    }
}

/// <summary>A contact and the moment of its last use.</summary>
internal sealed record UnusedContact
{
    public string Id { get; init; } = "";
    public string MemberState { get; init; } = "";
    public DateTimeOffset LastUsedAt { get; init; }
}

/// <summary>A run of the retention period.</summary>
public sealed record RetentionRun
{
    /// <summary>The moment of the run; UTC.</summary>
    public DateTimeOffset RanAt { get; init; }

    /// <summary>The number of contacts that it erased.</summary>
    public long Contacts { get; init; }
}
