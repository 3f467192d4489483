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
            var done = caller.May(Right.SeeContacts) ? await TaskStore.ListDone(connection, mine, caller, MaxDone) : [];
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
                    .. await TaskList.LoadOpen(connection, caller, today),
                    TaskList.Create("done", "tasks.done", [.. done], MaxDone),
                ],
                Team = caller.May(Right.EditContacts) ? (await team.Load(connection, caller)).Members : [],
                Desks =
                [
                    .. resolutions
                        .Select(listed => listed.Resolution)
                        .Where(resolution => resolution.Basis == Basis.Stances),
                ],
            };
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

    /// <summary>The team members, for the fields that name one.</summary>
    public required IReadOnlyList<TeamMember> Team { get; init; }

    /// <summary>The open resolutions, each of which has a whip sheet.</summary>
    public required IReadOnlyList<Resolution> Desks { get; init; }
}
