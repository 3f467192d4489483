using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Features.Changes;
using VoteTracker.Security;

namespace VoteTracker.Features.Milestones;

/// <summary>Reads and writes milestones.</summary>
/// <remarks>Over 200 lines because all SQL that names a column of a milestone's content is here.</remarks>
internal static class MilestoneStore
{
    /// <summary>The most milestones of a resolution.</summary>
    public const int MostOfResolution = 200;

    private const string Content = "kind, what, planned_on, planned_at, place, done_on, note, is_public";

    /// <summary>The columns of a milestone `m`.</summary>
    public const string Select = """
        SELECT
            m.id, m.resolution, m.kind, m.what, m.planned_on, m.planned_at, m.place, m.done_on, m.note, m.is_public,
            m.version, m.created_at, m.created_by, m.changed_at, m.changed_by
        FROM milestone m
        """;

    /// <summary>
    /// The condition on a milestone `m` that a caller sees, if it sees the resolution. A caller without a key sees the public
    /// ones.
    /// </summary>
    public static string Visible(Caller caller) =>
        caller.May(Right.SeeResolutions) ? "m.deleted_at IS NULL" : "m.deleted_at IS NULL AND m.is_public";

    /// <summary>Finds a milestone that a caller can see, if it sees the resolution; null if there is none.</summary>
    public static async Task<Milestone?> Find(DbConnection connection, long id, Caller caller) =>
        (
            await connection.QuerySingleOrDefaultAsync<MilestoneRow>(
                $"{Select} WHERE m.id = @id AND {Visible(caller)}",
                new { id }
            )
        )?.Milestone.For(caller);

    /// <summary>Lists a page of the milestones of a resolution that a caller can see, by day, hour and number.</summary>
    /// <param name="connection">The connection to the database.</param>
    /// <param name="resolution">The resolution's id.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="after">The day, the hour and the number of the last milestone of the page before; null at the start.</param>
    /// <param name="limit">The number of rows.</param>
    public static async Task<IReadOnlyList<Milestone>> List(
        DbConnection connection,
        string resolution,
        Caller caller,
        (DateOnly Day, string Hour, long Id)? after = null,
        int limit = MostOfResolution
    )
    {
        var rows = await connection.QueryAsync<MilestoneRow>(
            $"""
            {Select}
            WHERE m.resolution = @resolution AND {Visible(caller)} {(
                after is null ? "" : "AND (m.planned_on, COALESCE(m.planned_at, ''), m.id) > (@day, @hour, @id)"
            )}
            ORDER BY m.planned_on, COALESCE(m.planned_at, ''), m.id
            LIMIT @limit
            """,
            new
            {
                resolution,
                day = after?.Day,
                hour = after?.Hour,
                id = after?.Id,
                limit,
            }
        );
        return [.. rows.Select(row => row.Milestone.For(caller))];
    }

    /// <summary>Lists a page of the versions of a milestone, the oldest first.</summary>
    public static async Task<IEnumerable<Milestone>> ListHistory(
        DbConnection connection,
        long id,
        Caller caller,
        long after,
        int limit
    ) =>
        (
            await connection.QueryAsync<MilestoneRow>(
                """
                SELECT
                    c.milestone AS id, m.resolution, c.version, c.kind, c.what, c.planned_on, c.planned_at, c.place,
                    c.done_on, c.note, c.is_public, m.created_at, m.created_by, c.changed_at, c.changed_by
                FROM milestone_change c
                JOIN milestone m ON m.id = c.milestone
                WHERE c.milestone = @id AND c.version > @after
                ORDER BY c.version
                LIMIT @limit
                """,
                new
                {
                    id,
                    after,
                    limit,
                }
            )
        ).Select(row => row.Milestone.For(caller));

    /// <summary>Counts the milestones of a resolution.</summary>
    public static Task<long> Count(DbConnection connection, string resolution) =>
        connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM milestone WHERE resolution = @resolution AND deleted_at IS NULL",
            new { resolution }
        );

    /// <summary>Inserts a milestone and its first row of history.</summary>
    public static async Task<Milestone> Insert(Write write, Caller caller, string resolution, MilestoneContent content)
    {
        var id = await write.Connection.ExecuteScalarAsync<long>(
            $"""
            INSERT INTO milestone (
                resolution, {Content}, version, created_at, created_by, changed_at, changed_by
            )
            VALUES (
                @Resolution, @Kind, @What, @PlannedOn, @PlannedAt, @Place, @DoneOn, @Note, @IsPublic,
                {Incarnation.FirstVersionOfNew}, @CreatedAt, @CreatedBy, @ChangedAt, @ChangedBy
            )
            RETURNING id
            """,
            MilestoneRow.FromContent(0, resolution, content, caller.Label, write.Now)
        );
        return await SaveChange(write, caller, id);
    }

    /// <summary>Updates a milestone, and raises its version.</summary>
    public static async Task<Milestone> Update(
        Write write,
        Caller caller,
        long id,
        string resolution,
        MilestoneContent content
    )
    {
        if (!content.Public)
        {
            await Hide(write, id);
        }
        await write.Connection.ExecuteAsync(
            """
            UPDATE milestone
            SET version = version + 1, changed_by = @ChangedBy, changed_at = @ChangedAt, kind = @Kind, what = @What,
                planned_on = @PlannedOn, planned_at = @PlannedAt, place = @Place, done_on = @DoneOn, note = @Note,
                is_public = @IsPublic
            WHERE id = @Id
            """,
            MilestoneRow.FromContent(id, resolution, content, caller.Label, write.Now)
        );
        return await SaveChange(write, caller, id);
    }

    /// <summary>Deletes the texts and the history of a milestone. Its row stays, so that calendars cancel it.</summary>
    public static async Task Delete(Write write, Caller caller, Milestone milestone)
    {
        var row = new
        {
            milestone.Id,
            write.Now,
            caller.Label,
        };
        await Hide(write, milestone.Id);
        await write.Connection.ExecuteAsync("DELETE FROM milestone_change WHERE milestone = @Id", row);
        await write.Connection.ExecuteAsync(
            """
            UPDATE milestone
            SET version = version + 1, changed_by = @Label, changed_at = @Now, deleted_at = @Now, what = '', place = NULL,
                note = NULL, is_public = FALSE
            WHERE id = @Id
            """,
            row
        );
        await Append(write, caller, milestone.Resolution);
    }

    // Calendars without a key show what their readers saw last, and nothing of later changes. Called before the change.
    private static Task Hide(Write write, long id) =>
        write.Connection.ExecuteAsync(
            """
            UPDATE milestone
            SET hidden_version = version + 1, hidden_at = @Now,
                hidden_on = CASE
                    WHEN (SELECT visibility FROM resolution WHERE id = milestone.resolution) <> 'private' THEN planned_on
                END
            WHERE id = @id AND is_public
            """,
            new { id, write.Now }
        );

    private static async Task<Milestone> SaveChange(Write write, Caller caller, long id)
    {
        var row = await write.Connection.QuerySingleAsync<MilestoneRow>($"{Select} WHERE m.id = @id", new { id });
        await write.Connection.ExecuteAsync(
            $"""
            INSERT INTO milestone_change (milestone, version, {Content}, changed_at, changed_by)
            VALUES (
                @Id, @Version, @Kind, @What, @PlannedOn, @PlannedAt, @Place, @DoneOn, @Note, @IsPublic, @ChangedAt,
                @ChangedBy
            )
            """,
            row
        );
        await Append(write, caller, row.Resolution);
        return row.Milestone;
    }

    // The resolution gets no new version, because a milestone does not change its tally.
    private static Task Append(Write write, Caller caller, string resolution) =>
        ResolutionVersion.Append(write, caller, ChangeKind.Milestone, resolution, version: null, write.Now);
}
