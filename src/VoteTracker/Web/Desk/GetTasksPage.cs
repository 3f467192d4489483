using VoteTracker.Database;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Tasks;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Web.Desk;

/// <summary>The tasks of the reader: overdue, open, and done lately.</summary>
internal sealed class GetTasksPage(Assets assets, Db db, TimeProvider clock) : DeskPageEndpoint(assets)
{
    private const int MaxTasks = 200;
    private const int MaxDone = 20;
    private const int MaxDesks = 50;

    public override void Configure() => Serve("/desk/tasks");

    public override async Task HandleAsync(CancellationToken ct)
    {
        var page = CreateContext();
        if (RedirectToSignIn(page))
        {
            return;
        }
        var caller = page.Caller;
        var today = NewYork.DayOf(clock.GetUtcNow());
        var mine = new TaskFilter { Assignee = caller.Label, Today = today };
        var model = await db.Read(async connection =>
        {
            var open = caller.May(Right.SeeContacts) ? await List(TaskProgress.Open, MaxTasks) : [];
            var done = caller.May(Right.SeeContacts) ? await List(TaskProgress.Done, MaxTasks) : [];
            var resolutions = await ListedResolution.List(
                connection,
                new ResolutionFilter(),
                caller,
                after: null,
                MaxDesks
            );
            return new TasksModel
            {
                Today = today,
                IsEditable = caller.May(Right.EditContacts),
                Lists =
                [
                    new TaskList("overdue", "tasks.overdue", [.. open.Where(task => task.DueOn < today)]),
                    new TaskList("open", "tasks.open", [.. open.Where(task => !(task.DueOn < today))]),
                    new TaskList("done", "tasks.done", [.. done.OrderByDescending(task => task.DoneOn).Take(MaxDone)]),
                ],
                Desks =
                [
                    .. resolutions
                        .Select(listed => listed.Resolution)
                        .Where(resolution => resolution.Basis == Basis.Stances),
                ],
            };

            async Task<List<DeskTask>> List(TaskProgress status, int limit) =>
                [.. await TaskStore.List(connection, mine with { Status = status }, caller, after: null, limit)];
        });
        await SendPage(page, await Render<TasksPage>(page, model), isPublic: false);
    }
}

/// <summary>What the page of the reader's tasks shows.</summary>
public sealed record TasksModel
{
    /// <summary>The current day in New York.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>Whether the reader may add and change tasks.</summary>
    public required bool IsEditable { get; init; }

    /// <summary>The tasks by how far they are.</summary>
    public required IReadOnlyList<TaskList> Lists { get; init; }

    /// <summary>The open resolutions, each of which has a whip sheet.</summary>
    public required IReadOnlyList<Resolution> Desks { get; init; }
}

/// <summary>A part of the reader's tasks.</summary>
/// <param name="Name">Its name in the page.</param>
/// <param name="Title">The key of its title.</param>
/// <param name="Tasks">The tasks, the earliest due day first.</param>
public sealed record TaskList(string Name, string Title, IReadOnlyList<DeskTask> Tasks);
