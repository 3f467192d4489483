using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Features.Changes;
using VoteTracker.Security;

namespace VoteTracker.Features.Assignments;

/// <summary>Reads and writes assignments. A deleted one is a row without an assignee, so that its version continues.</summary>
internal static class AssignmentStore
{
    private const string Select = """
        SELECT resolution, member_state, assignee, version, changed_at, changed_by
        FROM assignment
        """;

    /// <summary>Finds the assignment of a state; null if it is not assigned.</summary>
    public static async Task<Assignment?> Find(DbConnection connection, string resolution, string memberState) =>
        (
            await connection.QuerySingleOrDefaultAsync<AssignmentRow>(
                $"{Select} WHERE resolution = @resolution AND member_state = @memberState AND assignee IS NOT NULL",
                new { resolution, memberState }
            )
        )?.Assignment;

    /// <summary>Lists a page of the assignments of a resolution, in the order of the states' codes.</summary>
    public static async Task<IEnumerable<Assignment>> List(
        DbConnection connection,
        string resolution,
        string? assignee,
        string? after,
        int limit
    ) =>
        (
            await connection.QueryAsync<AssignmentRow>(
                $"""
                {Select}
                WHERE resolution = @resolution AND assignee IS NOT NULL
                    AND (@assignee IS NULL OR assignee = @assignee)
                    AND (@after IS NULL OR member_state > @after)
                ORDER BY member_state
                LIMIT @limit
                """,
                new
                {
                    resolution,
                    assignee,
                    after,
                    limit,
                }
            )
        ).Select(row => row.Assignment);

    /// <summary>Lists every assignment of a resolution by state, also deleted ones, now or as of a moment.</summary>
    public static async Task<Dictionary<string, StateAssignee>> ListAll(
        DbConnection connection,
        string resolution,
        DateTimeOffset? asOf
    )
    {
        var sql = asOf is null
            ? "SELECT member_state, assignee, version FROM assignment WHERE resolution = @resolution"
            : """
                SELECT member_state, assignee, version
                FROM (
                    SELECT
                        member_state, assignee, version,
                        ROW_NUMBER() OVER (PARTITION BY member_state ORDER BY version DESC) AS age
                    FROM assignment_change
                    WHERE resolution = @resolution AND changed_at <= @asOf
                ) AS changes
                WHERE age = 1
                """;
        var rows = await connection.QueryAsync<AssignmentRow>(sql, new { resolution, asOf });
        return rows.ToDictionary(
            row => row.MemberState,
            row => new StateAssignee(row.Assignee, row.Version),
            StringComparer.Ordinal
        );
    }

    /// <summary>Finds the assignment of a state at one of its versions; null if it never had that version.</summary>
    public static async Task<StateAssignee?> FindVersion(
        DbConnection connection,
        string resolution,
        string memberState,
        long version
    ) =>
        await connection.QuerySingleOrDefaultAsync<AssignmentRow>(
            """
            SELECT member_state, assignee, version
            FROM assignment_change
            WHERE resolution = @resolution AND member_state = @memberState AND version = @version
            """,
            new
            {
                resolution,
                memberState,
                version,
            }
        )
            is { } row
            ? new StateAssignee(row.Assignee, row.Version)
            : null;

    /// <summary>Saves the assignment of a state with its row of history. Without an assignee, it deletes the assignment.</summary>
    /// <returns>The version of the change.</returns>
    public static async Task<long> Save(
        Write write,
        Caller caller,
        string resolution,
        string memberState,
        string? assignee,
        string? import = null,
        long? restored = null
    )
    {
        var row = await write.Connection.QuerySingleAsync<AssignmentRow>(
            $"""
            INSERT INTO assignment (resolution, member_state, assignee, version, changed_at, changed_by)
            VALUES (@resolution, @memberState, @assignee, {Incarnation.FirstVersionOfNew}, @Now, @Label)
            ON CONFLICT (resolution, member_state) DO UPDATE SET
                assignee = excluded.assignee, version = assignment.version + 1, changed_at = excluded.changed_at,
                changed_by = excluded.changed_by
            RETURNING resolution, member_state, assignee, version, changed_at, changed_by
            """,
            new
            {
                resolution,
                memberState,
                assignee,
                write.Now,
                caller.Label,
            }
        );
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO assignment_change (
                resolution, member_state, assignee, version, changed_at, changed_by, stance_import, restored
            )
            VALUES (@Resolution, @MemberState, @Assignee, @Version, @ChangedAt, @ChangedBy, @import, @restored)
            """,
            new
            {
                row.Resolution,
                row.MemberState,
                row.Assignee,
                row.Version,
                row.ChangedAt,
                row.ChangedBy,
                import,
                restored,
            }
        );
        // The resolution gets no new version, because an assignment does not change its tally.
        await ResolutionVersion.Append(
            write,
            caller,
            ChangeKind.Assignment,
            resolution,
            version: null,
            write.Now,
            memberState
        );
        return row.Version;
    }

    private sealed record AssignmentRow
    {
        public string Resolution { get; init; } = "";
        public string MemberState { get; init; } = "";
        public string? Assignee { get; init; }
        public long Version { get; init; }
        public DateTimeOffset ChangedAt { get; init; }
        public string ChangedBy { get; init; } = "";

        public Assignment Assignment =>
            new()
            {
                Resolution = Resolution,
                MemberState = MemberState,
                Assignee = Assignee!,
                Version = Version,
                ChangedBy = ChangedBy,
                ChangedAt = ChangedAt,
            };
    }
}

/// <summary>The assignee of a state, and the version of the assignment. The assignee is null after a deletion.</summary>
internal sealed record StateAssignee(string? Assignee, long Version);
