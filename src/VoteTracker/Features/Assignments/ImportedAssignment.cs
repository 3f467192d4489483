using System.Data.Common;
using Dapper;

namespace VoteTracker.Features.Assignments;

/// <summary>
/// A change of an assignment by an import, the assignee before it, and the current one. `First` is the version that first had
/// the assignee, if a revert restored it.
/// </summary>
internal sealed record ImportedAssignment
{
    public string MemberState { get; init; } = "";
    public long Version { get; init; }
    public long CurrentVersion { get; init; }
    public string? CurrentAssignee { get; init; }
    public long CurrentFirst { get; init; }
    public string? Before { get; init; }
    public long BeforeFirst { get; init; }
    public string? After { get; init; }

    /// <summary>Lists the assignments that an import changed, each with the assignee before it.</summary>
    public static async Task<IReadOnlyList<ImportedAssignment>> List(DbConnection connection, string import) =>
        [
            .. await connection.QueryAsync<ImportedAssignment>(
                """
                SELECT
                    c.member_state, c.version, c.assignee AS after, a.version AS current_version,
                    a.assignee AS current_assignee, COALESCE(n.restored, a.version) AS current_first,
                    b.assignee AS before, COALESCE(b.restored, b.version, 0) AS before_first
                FROM assignment_change c
                JOIN assignment a ON a.resolution = c.resolution AND a.member_state = c.member_state
                LEFT JOIN assignment_change n
                    ON n.resolution = c.resolution AND n.member_state = c.member_state AND n.version = a.version
                LEFT JOIN assignment_change b
                    ON b.resolution = c.resolution AND b.member_state = c.member_state AND b.version = (
                        SELECT MAX(version) FROM assignment_change
                        WHERE resolution = c.resolution AND member_state = c.member_state AND version < c.version
                    )
                WHERE c.stance_import = @import
                ORDER BY c.member_state
                """,
                new { import }
            ),
        ];
}
