using Dapper;
using VoteTracker.Database;
using VoteTracker.Features.Calendars;

namespace VoteTracker.Features.Engagements;

/// <summary>Erases engagements and tasks, so that no text about an erased contact stays.</summary>
internal static class EngagementErasure
{
    /// <summary>
    /// Erases what names a contact: its engagements with their tasks, its tasks, and earlier versions of others that named
    /// it.
    /// </summary>
    public static async Task DeleteOfContact(Write write, string contact)
    {
        var engagements = await write.Connection.QueryAsync<long>(
            "SELECT engagement FROM engagement_contact WHERE contact = @contact",
            new { contact }
        );
        await Delete(write, [.. engagements]);
        var tasks = await write.Connection.QueryAsync<long>(
            "SELECT id FROM task WHERE contact = @contact",
            new { contact }
        );
        await DeleteTasks(write, [.. tasks]);
        await write.Connection.ExecuteAsync(
            "DELETE FROM engagement_change WHERE contacts LIKE '%' || @contact || '%'",
            new { contact }
        );
        await write.Connection.ExecuteAsync("DELETE FROM task_change WHERE contact = @contact", new { contact });
    }

    /// <summary>Deletes engagements with their contacts, history and tasks.</summary>
    public static async Task Delete(Write write, IReadOnlyList<long> engagements)
    {
        foreach (var id in engagements)
        {
            var tasks = await write.Connection.QueryAsync<long>(
                "SELECT id FROM task WHERE engagement = @id",
                new { id }
            );
            await DeleteTasks(write, [.. tasks]);
            await write.Connection.ExecuteAsync("DELETE FROM engagement_contact WHERE engagement = @id", new { id });
            await write.Connection.ExecuteAsync("DELETE FROM engagement_change WHERE engagement = @id", new { id });
            await write.Connection.ExecuteAsync("DELETE FROM engagement WHERE id = @id", new { id });
        }
    }

    /// <summary>Deletes tasks with their history.</summary>
    public static async Task DeleteTasks(Write write, IReadOnlyList<long> tasks)
    {
        foreach (var id in tasks)
        {
            await TaskEntries.KeepDeleted(write, id);
            await write.Connection.ExecuteAsync("DELETE FROM task_change WHERE task = @id", new { id });
            await write.Connection.ExecuteAsync("DELETE FROM task WHERE id = @id", new { id });
        }
    }
}
