using Dapper;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Tests.Features.Engagements;
using VoteTracker.Tests.Features.Milestones;

namespace VoteTracker.Tests.Features.Calendars;

/// <summary>A calendar with more entries than it can have.</summary>
[EveryEngine]
public sealed class FullCalendarsTests
{
    [Test]
    public async Task The_first_days_are_left_out_and_the_vote_keeps_its_hour()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        var draft = await app.OpenDraft(new { voteOn = "2026-12-25" });
        await app.Plan(draft, new { plannedOn = "2026-11-21" });
        await app.Plan(draft, new { plannedOn = "2026-12-24" });
        await app.Plan(
            draft,
            new
            {
                kind = "vote",
                plannedOn = (string?)null,
                plannedAt = "15:00",
            }
        );
        for (var i = 0; i < 11; i++)
        {
            await Execute(
                app,
                """
                INSERT INTO milestone (
                    resolution, kind, what, planned_on, is_public, version, created_at, created_by, changed_at, changed_by
                )
                SELECT resolution, kind, what, planned_on, is_public, version, created_at, created_by, changed_at, changed_by
                FROM milestone
                WHERE id NOT IN (2, 3)
                """
            );
        }
        var calendar = await zoe.OwnCalendar();
        var full = await app.Read(calendar);
        full.Events.Count.ShouldBe(2_001);
        full["milestone-2"].Start.ShouldBe("VALUE=DATE:20261224");
        full[$"vote-{draft}"].Start.ShouldBe("TZID=America/New_York:20261225T150000");
        // What was deleted more than thirty days ago takes no place.
        await Execute(app, "UPDATE milestone SET planned_on = '2027-01-01', deleted_at = changed_at WHERE id > 3");
        app.Clock.Jump(TimeSpan.FromDays(31));
        (await app.Read(calendar)).Names.ShouldBe(["milestone-1", "milestone-2", $"vote-{draft}"]);
    }

    [Test]
    public async Task The_changes_of_one_task_do_not_hide_that_another_left()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        using var lobbyist = app.Lobbyist;
        foreach (var day in (string[])["2026-11-24", "2026-11-25"])
        {
            await zoe.Add(
                "/v1/tasks",
                new
                {
                    what = "Call",
                    assignee = "me",
                    dueOn = day,
                }
            );
        }
        for (var i = 0; i < 10; i++)
        {
            await Execute(
                app,
                """
                INSERT INTO task_change (task, version, what, assignee, due_on, changed_at, changed_by)
                SELECT
                    task, version + (SELECT MAX(version) FROM task_change WHERE task = 1), what, assignee, due_on, changed_at,
                    changed_by
                FROM task_change
                WHERE task = 1
                """
            );
        }
        using var given = await zoe.Patch("/v1/tasks/2", """{"assignee": "lobbyist"}""");
        ((int)given.StatusCode).ShouldBe(200);
        var file = await app.Read(await zoe.OwnCalendar());
        file["task-1"].Status.ShouldBe("CONFIRMED");
        file["task-2"].Status.ShouldBe("CANCELLED");
    }

    private static Task Execute(App app, string sql) =>
        app.Services.GetRequiredService<Db>().Write(write => write.Connection.ExecuteAsync(sql));
}
