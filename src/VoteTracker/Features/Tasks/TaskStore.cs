using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Database.Encryption;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Engagements;
using VoteTracker.Security;

namespace VoteTracker.Features.Tasks;

/// <summary>Reads and writes tasks.</summary>
/// <remarks>Over 200 lines because all SQL that names a column of a task's content is here.</remarks>
internal static class TaskStore
{
    private const string Content = "what, member_state, resolution, contact, engagement, assignee, due_on, done_on";

    private const string Select = """
        SELECT
            t.id, t.version, t.what, t.member_state, t.resolution, t.contact, t.engagement, t.assignee, t.due_on, t.done_on,
            t.created_at, t.created_by, t.changed_at, t.changed_by, COALESCE(e.confidential, FALSE) AS confidential
        FROM task t
        LEFT JOIN engagement e ON e.id = t.engagement
        """;

    /// <summary>
    /// What a caller sees: a task of a confidential engagement only if the caller is the author of the engagement or of the
    /// task, or the assignee.
    /// </summary>
    /// <param name="caller">The caller.</param>
    /// <param name="version">The table with the engagement and the assignee: of the task, or of one of its versions.</param>
    internal static string Visible(Caller caller, string version = "t") =>
        caller.May(Right.SeeConfidential)
            ? "TRUE"
            : $"({version}.engagement IS NULL OR {StateEngagement.VisibleTo(caller, "e.confidential", "e.created_by")} OR {version}.assignee = @Label OR t.created_by = @Label)";

    /// <summary>Finds a task that a caller can see; null if there is none.</summary>
    public static async Task<DeskTask?> Find(DbConnection connection, long id, Caller caller) =>
        (
            await connection.QuerySingleOrDefaultAsync<TaskRow>(
                $"{Select} WHERE t.id = @id AND {Visible(caller)}",
                new { id, caller.Label }
            )
        )?.ToTask(PersonalTexts.Of(connection));

    /// <summary>Lists a page of the tasks that a caller can see, the earliest due day first.</summary>
    public static Task<IEnumerable<DeskTask>> List(
        DbConnection connection,
        TaskFilter filter,
        Caller caller,
        (DateOnly Day, long Id)? after,
        int limit
    ) => List(connection, filter, caller, after, limit, "t.sort_on, t.id");

    /// <summary>Lists the tasks that were done last, the newest first.</summary>
    public static Task<IEnumerable<DeskTask>> ListDone(
        DbConnection connection,
        TaskFilter filter,
        Caller caller,
        int limit
    ) =>
        List(
            connection,
            filter with
            {
                Status = TaskProgress.Done,
            },
            caller,
            after: null,
            limit,
            "t.done_on DESC, t.changed_at DESC, t.id DESC"
        );

    private static async Task<IEnumerable<DeskTask>> List(
        DbConnection connection,
        TaskFilter filter,
        Caller caller,
        (DateOnly Day, long Id)? after,
        int limit,
        string order
    ) =>
        // Only the conditions that apply, so that the database can use the index of each.
        ToList(
            connection,
            await connection.QueryAsync<TaskRow>(
                $"""
                {Select}
                WHERE {string.Join(" AND ", filter.Conditions(Visible(caller), isContinued: after is not null))}
                ORDER BY {order}
                LIMIT @limit
                """,
                new
                {
                    filter.MemberState,
                    filter.Resolution,
                    filter.Contact,
                    filter.Engagement,
                    filter.Assignee,
                    filter.DueBefore,
                    filter.Today,
                    caller.Label,
                    day = after?.Day,
                    id = after?.Id ?? 0,
                    limit,
                }
            )
        );

    /// <summary>
    /// Lists a page of the versions of a task that a caller can see, the oldest first. A version of a confidential
    /// engagement stays hidden after the task has left the engagement.
    /// </summary>
    public static async Task<IEnumerable<DeskTask>> ListHistory(
        DbConnection connection,
        long id,
        Caller caller,
        long after,
        int limit
    ) =>
        ToList(
            connection,
            await connection.QueryAsync<TaskRow>(
                $"""
                SELECT
                    c.task AS id, c.version, c.what, c.member_state, c.resolution, c.contact, c.engagement, c.assignee,
                    c.due_on, c.done_on, t.created_at, t.created_by, c.changed_at, c.changed_by
                FROM task_change c
                JOIN task t ON t.id = c.task
                LEFT JOIN engagement e ON e.id = c.engagement
                WHERE c.task = @id AND c.version > @after AND {Visible(caller, "c")}
                ORDER BY c.version
                LIMIT @limit
                """,
                new
                {
                    id,
                    caller.Label,
                    after,
                    limit,
                }
            )
        );

    /// <summary>Lists the tasks that follow from an engagement, in the order of their numbers.</summary>
    public static async Task<IEnumerable<DeskTask>> ListOfEngagement(DbConnection connection, long engagement) =>
        ToList(
            connection,
            await connection.QueryAsync<TaskRow>(
                $"{Select} WHERE t.engagement = @engagement ORDER BY t.id",
                new { engagement }
            )
        );

    /// <summary>Inserts a task and its first row of history.</summary>
    public static async Task<DeskTask> Insert(Write write, Caller caller, TaskContent content)
    {
        var id = await write.Connection.ExecuteScalarAsync<long>(
            $"""
            INSERT INTO task ({Content}, sort_on, version, created_at, created_by, changed_at, changed_by)
            VALUES (
                @What, @MemberState, @Resolution, @Contact, @Engagement, @Assignee, @DueOn, @DoneOn, @SortOn,
                {Incarnation.FirstVersionOfNew}, @CreatedAt, @CreatedBy, @ChangedAt, @ChangedBy
            )
            RETURNING id
            """,
            TaskRow.FromContent(0, content, caller.Label, write)
        );
        return await SaveChange(write, caller, id);
    }

    /// <summary>Updates a task, and raises its version.</summary>
    public static async Task<DeskTask> Update(Write write, Caller caller, long id, TaskContent content)
    {
        var before = await Load(write, id);
        if (before.MemberState is not null && before.MemberState != content.MemberState)
        {
            // Readers of the old state's row learn that the task has left it.
            await Append(write, caller, before);
        }
        await write.Connection.ExecuteAsync(
            """
            UPDATE task
            SET version = version + 1, changed_by = @ChangedBy, changed_at = @ChangedAt, what = @What,
                member_state = @MemberState, resolution = @Resolution, contact = @Contact, engagement = @Engagement,
                assignee = @Assignee, due_on = @DueOn, done_on = @DoneOn, sort_on = @SortOn
            WHERE id = @Id
            """,
            TaskRow.FromContent(id, content, caller.Label, write)
        );
        return await SaveChange(write, caller, id);
    }

    /// <summary>Deletes a task with its history.</summary>
    public static async Task Delete(Write write, Caller caller, long id)
    {
        var row = await Load(write, id);
        await EngagementErasure.DeleteTasks(write, [id]);
        await Append(write, caller, row);
    }

    private static IReadOnlyList<DeskTask> ToList(DbConnection connection, IEnumerable<TaskRow> rows)
    {
        var texts = PersonalTexts.Of(connection);
        return [.. rows.Select(row => row.ToTask(texts))];
    }

    private static Task<TaskRow> Load(Write write, long id) =>
        write.Connection.QuerySingleAsync<TaskRow>($"{Select} WHERE t.id = @id", new { id });

    private static Task Append(Write write, Caller caller, TaskRow row) =>
        ResolutionVersion.Append(
            write,
            caller,
            ChangeKind.Task,
            resolution: null,
            version: null,
            write.Now,
            row.MemberState,
            row.Contact,
            row.Confidential
        );

    private static async Task<DeskTask> SaveChange(Write write, Caller caller, long id)
    {
        var row = await Load(write, id);
        await write.Connection.ExecuteAsync(
            $"""
            INSERT INTO task_change (task, version, {Content}, changed_at, changed_by)
            VALUES (
                @Id, @Version, @What, @MemberState, @Resolution, @Contact, @Engagement, @Assignee, @DueOn, @DoneOn,
                @ChangedAt, @ChangedBy
            )
            """,
            row
        );
        await Append(write, caller, row);
        return row.ToTask(PersonalTexts.Of(write.Connection));
    }
}
