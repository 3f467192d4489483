using VoteTracker.Database;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Tasks;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Web.Desk;

/// <summary>The tasks of the reader: overdue, open, and done lately.</summary>
internal sealed class GetTasksPage(Assets assets, Db db, TeamMembers team, TimeProvider clock)
    : DeskPageEndpoint(assets)
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
            var mayRead = caller.May(Right.SeeContacts);
            var overdue = mayRead ? await List(mine with { Status = TaskProgress.Overdue }) : [];
            var open = mayRead ? await List(mine with { Status = TaskProgress.Open, IsNotOverdue = true }) : [];
            var done = mayRead ? await TaskStore.ListDone(connection, mine, caller, MaxDone) : [];
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
                    TaskList.Create("overdue", "tasks.overdue", overdue, MaxTasks),
                    TaskList.Create("open", "tasks.open", open, MaxTasks),
                    TaskList.Create("done", "tasks.done", [.. done], MaxDone),
                ],
                Team = caller.May(Right.EditContacts) ? (await team.Load(connection, caller)).Labels : [],
                Desks =
                [
                    .. resolutions
                        .Select(listed => listed.Resolution)
                        .Where(resolution => resolution.Basis == Basis.Stances),
                ],
            };

            // One more than is shown, to see whether there are more.
            async Task<List<DeskTask>> List(TaskFilter filter) =>
                [.. await TaskStore.List(connection, filter, caller, after: null, MaxTasks + 1)];
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

    /// <summary>The labels of the team members, for the fields that name one.</summary>
    public required IReadOnlyList<string> Team { get; init; }

    /// <summary>The open resolutions, each of which has a whip sheet.</summary>
    public required IReadOnlyList<Resolution> Desks { get; init; }
}

/// <summary>A part of the reader's tasks.</summary>
/// <param name="Name">Its name in the page.</param>
/// <param name="Title">The key of its title.</param>
/// <param name="Tasks">The tasks: the earliest due day first, and of those that are done the newest.</param>
/// <param name="HasMore">Whether there are more than the page shows.</param>
public sealed record TaskList(string Name, string Title, IReadOnlyList<DeskTask> Tasks, bool HasMore)
{
    internal static TaskList Create(string name, string title, IReadOnlyList<DeskTask> found, int limit) =>
        new(name, title, [.. found.Take(limit)], found.Count > limit);
}
