using System.Data.Common;
using VoteTracker.Features.Tasks;
using VoteTracker.Security;

namespace VoteTracker.Web.Desk;

/// <summary>A part of the reader's tasks.</summary>
/// <param name="Name">Its name in the page.</param>
/// <param name="Title">The key of its title.</param>
/// <param name="Tasks">The tasks: the earliest due day first, and of those that are done the newest.</param>
/// <param name="HasMore">Whether there are more than the page shows.</param>
public sealed record TaskList(string Name, string Title, IReadOnlyList<DeskTask> Tasks, bool HasMore)
{
    private const int MaxTasks = 200;

    /// <summary>Loads the tasks that the reader has not done: those that are overdue, then the others.</summary>
    internal static async Task<IReadOnlyList<TaskList>> LoadOpen(DbConnection connection, Caller caller, DateOnly today)
    {
        var mine = new TaskFilter { Assignee = caller.Label, Today = today };
        var mayRead = caller.May(Right.SeeContacts);
        var overdue = mayRead ? await List(mine with { Status = TaskProgress.Overdue }) : [];
        var open = mayRead ? await List(mine with { Status = TaskProgress.Open, IsNotOverdue = true }) : [];
        return [Create("overdue", "tasks.overdue", overdue, MaxTasks), Create("open", "tasks.open", open, MaxTasks)];

        // One more than is shown, to see whether there are more.
        async Task<List<DeskTask>> List(TaskFilter filter) =>
            [.. await TaskStore.List(connection, filter, caller, after: null, MaxTasks + 1)];
    }

    internal static TaskList Create(string name, string title, IReadOnlyList<DeskTask> found, int limit) =>
        new(name, title, [.. found.Take(limit)], found.Count > limit);
}
