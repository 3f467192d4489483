using System.Data.Common;
using System.Globalization;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Database.Encryption;
using VoteTracker.Localization;

namespace VoteTracker.Features.Calendars;

/// <summary>The tasks of a label with a due day, as entries of its calendar.</summary>
internal static class TaskEntries
{
    // Of each query. The latest days come first, so what is left out is the oldest.
    private const int Most = 1_000;

    /// <summary>
    /// Lists the tasks, and as cancelled entries those that were deleted, that have lost their day, or that were given to
    /// another label. A task of a confidential engagement is visible to its assignee.
    /// </summary>
    public static async Task<IReadOnlyList<CalendarEntry>> List(
        DbConnection connection,
        string label,
        CalendarPeriod period,
        CalendarSequence sequence,
        Language language
    )
    {
        var range = new
        {
            label,
            period.FirstDay,
            period.CancelledSince,
            Most,
        };
        var current = await connection.QueryAsync<TaskRow>(
            """
            SELECT t.id, t.what, t.member_state, t.due_on, t.done_on, t.version, t.changed_at
            FROM task t
            WHERE t.assignee = @label AND t.due_on >= @FirstDay
            ORDER BY t.sort_on DESC, t.id DESC
            LIMIT @Most
            """,
            range
        );
        var left = await connection.QueryAsync<TaskRow>(
            """
            SELECT h.task AS id, h.due_on, t.version, t.changed_at
            FROM task_change h
            JOIN task t ON t.id = h.task
            WHERE h.assignee = @label AND h.due_on >= @FirstDay AND t.changed_at >= @CancelledSince
                AND (t.assignee IS NULL OR t.assignee <> @label OR t.due_on IS NULL OR t.due_on < @FirstDay)
                AND NOT EXISTS (
                    SELECT 1 FROM task_change later
                    WHERE later.task = h.task AND later.assignee = @label AND later.due_on >= @FirstDay
                        AND later.version > h.version
                )
            ORDER BY h.due_on DESC, h.task DESC
            LIMIT @Most
            """,
            range
        );
        var deleted = await connection.QueryAsync<TaskRow>(
            """
            SELECT task AS id, due_on, version, deleted_at AS changed_at
            FROM deleted_task
            WHERE label = @label AND due_on >= @FirstDay AND deleted_at >= @CancelledSince
            ORDER BY due_on DESC, task DESC
            LIMIT @Most
            """,
            range
        );
        var texts = PersonalTexts.Of(connection);
        var shown = current
            .Select(row => Show(row with { What = texts.Decrypt(row.What) }, sequence, language))
            .ToList();
        var names = shown.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. shown,
            .. left.Concat(deleted)
                .Select(row => Cancel(row, sequence, language))
                .Where(entry => names.Add(entry.Name)),
        ];
    }

    /// <summary>
    /// Keeps the numbers and days of tasks that are being deleted, for the calendars of the labels that had them. Older ones
    /// are no longer needed.
    /// </summary>
    public static async Task KeepDeleted(Write write, long task)
    {
        var row = new
        {
            task,
            write.Now,
            until = write.Now - CalendarPeriod.Cancelled,
        };
        await write.Connection.ExecuteAsync("DELETE FROM deleted_task WHERE deleted_at < @until", row);
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO deleted_task (task, label, due_on, version, deleted_at)
            SELECT h.task, h.assignee, h.due_on, t.version + 1, @Now
            FROM task_change h
            JOIN task t ON t.id = h.task
            WHERE h.task = @task AND h.assignee IS NOT NULL AND h.due_on IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM task_change later
                WHERE later.task = h.task AND later.assignee = h.assignee AND later.due_on IS NOT NULL
                    AND later.version > h.version
            )
            """,
            row
        );
    }

    private static CalendarEntry Show(TaskRow row, CalendarSequence sequence, Language language)
    {
        var what = row.MemberState is { } state ? $"{language.State(state)}: {row.What}" : row.What;
        return Entry(row, sequence) with { Summary = row.DoneOn is null ? what : CalendarPeriod.Done(what) };
    }

    private static CalendarEntry Cancel(TaskRow row, CalendarSequence sequence, Language language) =>
        Entry(row, sequence) with
        {
            Summary = language.Text("calendar.deleted"),
            IsCancelled = true,
        };

    private static CalendarEntry Entry(TaskRow row, CalendarSequence sequence) =>
        new()
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"task-{row.Id}"),
            Sequence = sequence.NumberOf(sequence.ChangesUntil(row.Version)),
            Day = row.DueOn,
            Summary = "",
            Path = "/desk/tasks",
            ChangedAt = row.ChangedAt,
        };

    private sealed record TaskRow
    {
        public long Id { get; init; }
        public string What { get; init; } = "";
        public string? MemberState { get; init; }
        public DateOnly DueOn { get; init; }
        public DateOnly? DoneOn { get; init; }
        public long Version { get; init; }
        public DateTimeOffset ChangedAt { get; init; }
    }
}
