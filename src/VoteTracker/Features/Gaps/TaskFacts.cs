using System.Data.Common;
using Dapper;
using VoteTracker.Features.Tasks;

namespace VoteTracker.Features.Gaps;

/// <summary>Loads the tasks that were overdue at a moment, about a resolution or about none.</summary>
internal static class TaskFacts
{
    /// <summary>Lists the overdue tasks by state.</summary>
    public static async Task<IReadOnlyDictionary<string, OverdueTasks>> ListOverdue(
        DbConnection connection,
        GapScope scope
    ) =>
        (
            await connection.QueryAsync<TasksRow>(
                // A task that has changed since then is read from its history.
                $"""
                SELECT member_state, CAST(COUNT(*) AS INTEGER) AS tasks, MIN(due_on) AS first_due_on
                FROM (
                    SELECT t.member_state, t.due_on
                    FROM task t
                    LEFT JOIN engagement e ON e.id = t.engagement
                    WHERE t.changed_at <= @At AND t.sort_on < @Today AND {IsOverdue("t")} AND {TaskStore.Visible(
                    scope.Caller
                )}
                        AND {scope.IsLoaded("t.member_state")}
                    UNION ALL
                    SELECT c.member_state, c.due_on
                    FROM task t
                    CROSS JOIN task_change c
                    LEFT JOIN engagement e ON e.id = c.engagement
                    WHERE t.changed_at > @At AND t.created_at <= @At AND c.task = t.id AND c.version = (
                        SELECT MAX(version) FROM task_change WHERE task = t.id AND changed_at <= @At
                    ) AND {IsOverdue("c")}
                        AND {TaskStore.Visible(scope.Caller, "c")} AND {scope.IsLoaded("c.member_state")}
                ) AS overdue
                GROUP BY member_state
                """,
                scope.Values
            )
        ).ToDictionary(
            row => row.MemberState,
            row => new OverdueTasks(row.Tasks, row.FirstDueOn),
            StringComparer.Ordinal
        );

    private static string IsOverdue(string version) =>
        $"{version}.done_on IS NULL AND {version}.due_on < @Today AND {version}.member_state IS NOT NULL AND ({version}.resolution IS NULL OR {version}.resolution = @Resolution)";

    private sealed record TasksRow
    {
        public string MemberState { get; init; } = "";
        public int Tasks { get; init; }
        public DateOnly FirstDueOn { get; init; }
    }
}
