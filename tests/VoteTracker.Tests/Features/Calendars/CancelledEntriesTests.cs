using VoteTracker.Tests.Features.Engagements;
using VoteTracker.Tests.Features.Milestones;

namespace VoteTracker.Tests.Features.Calendars;

/// <summary>What leaves a calendar.</summary>
[EveryEngine]
public sealed class CancelledEntriesTests
{
    [Test]
    public async Task What_leaves_a_calendar_is_cancelled_for_thirty_days_without_its_texts()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        using var lobbyist = app.Lobbyist;
        var draft = await app.OpenDraft(new { voteOn = "2026-12-10" });
        foreach (var what in (string[])["Deleted", "Given away", "Without a day", "Stays"])
        {
            await zoe.Add(
                "/v1/tasks",
                new
                {
                    what,
                    assignee = "me",
                    dueOn = "2026-12-24",
                }
            );
        }
        await app.Plan(draft, new { plannedOn = "2026-12-24" });
        var calendar = await zoe.OwnCalendar();
        var before = await app.Read(calendar);
        before.Events.ShouldAllBe(e => e.Status == "CONFIRMED");
        app.Clock.Jump(TimeSpan.FromHours(1));
        using var deleted = await zoe.Send(HttpMethod.Delete, "/v1/tasks/1");
        ((int)deleted.StatusCode).ShouldBe(204);
        await Change(zoe, """{"assignee": "lobbyist"}""", 2);
        await Change(zoe, """{"dueOn": null}""", 3);
        await app.Cancel(draft, 1);
        await app.ChangeFields(draft, """{"voteOn": null}""");
        var after = await app.Read(calendar);
        after.Events.Count.ShouldBe(6);
        foreach (var name in (string[])["task-1", "task-2", "task-3", "milestone-1", $"vote-{draft}"])
        {
            var found = after[name];
            found.Uid.ShouldBe(before[name].Uid);
            found.Status.ShouldBe("CANCELLED");
            found.Sequence.ShouldBeGreaterThan(before[name].Sequence);
            found.Summary.ShouldBe("Deleted entry");
            found.Start.ShouldBe(before[name].Start);
        }
        after["task-4"].Status.ShouldBe("CONFIRMED");
        // It comes back with a higher number.
        app.Clock.Jump(TimeSpan.FromHours(1));
        await Change(lobbyist, """{"assignee": "Zoe"}""", 2);
        var back = (await app.Read(calendar))["task-2"];
        (back.Status, back.Sequence > after["task-2"].Sequence).ShouldBe(("CONFIRMED", true));
        app.Clock.Jump(TimeSpan.FromDays(31));
        (await app.Read(calendar)).Names.ShouldBe(["task-2", "task-4"]);
    }

    [Test]
    public async Task What_is_done_has_a_mark_and_leaves_after_sixty_days()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        var draft = await app.OpenDraft();
        await zoe.Add(
            "/v1/tasks",
            new
            {
                what = "Call",
                assignee = "me",
                dueOn = "2026-11-21",
            }
        );
        await app.Plan(draft, new { plannedOn = "2026-11-21" });
        await Change(zoe, """{"doneOn": "2026-11-21"}""");
        await app.Replan(draft, 1, """{"doneOn": "2026-11-21"}""");
        var calendar = await zoe.OwnCalendar();
        (await app.Read(calendar))
            .Events.Select(e => e.Summary)
            .ShouldBe(["✓ A/ES-10/L.34: Debate of the item", "✓ Call"]);
        app.Clock.Jump(TimeSpan.FromDays(60));
        (await app.Read(calendar)).Events.Count.ShouldBe(2);
        app.Clock.Jump(TimeSpan.FromDays(1));
        (await app.Read(calendar)).Events.ShouldBeEmpty();
    }

    [Test]
    public async Task The_steps_of_a_withdrawn_draft_are_cancelled()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        var draft = await app.OpenDraft(new { voteOn = "2026-12-10" });
        await app.Plan(
            draft,
            new
            {
                kind = "tabled",
                what = "Tabled",
                doneOn = "2026-11-20",
            }
        );
        await app.Plan(draft);
        await app.ChangeFields(draft, """{"status": "withdrawn"}""");
        var file = await app.Read(await zoe.OwnCalendar());
        file["milestone-1"].Status.ShouldBe("CONFIRMED");
        file["milestone-2"].Status.ShouldBe("CANCELLED");
        file["milestone-2"].Summary.ShouldBe("A/ES-10/L.34: Debate of the item");
        file[$"vote-{draft}"].Status.ShouldBe("CANCELLED");
    }

    [Test]
    public async Task The_vote_of_a_deleted_resolution_leaves_and_comes_back_with_a_higher_number()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        var calendar = await zoe.OwnCalendar();
        var draft = await app.OpenDraft(new { voteOn = "2026-12-10" });
        var before = (await app.Read(calendar))[$"vote-{draft}"];
        using var deleted = await app.Coordinator.Send(HttpMethod.Delete, $"/v1/resolutions/{draft}");
        ((int)deleted.StatusCode).ShouldBe(204);
        (await app.Read(calendar)).Names.ShouldBeEmpty();
        await app.OpenDraft(new { voteOn = "2026-12-11" });
        var after = (await app.Read(calendar))[$"vote-{draft}"];
        after.Uid.ShouldBe(before.Uid);
        after.Sequence.ShouldBeGreaterThan(before.Sequence);
    }

    [Test]
    public async Task Nothing_of_an_erased_contact_stays_in_a_calendar()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        var contact = await DeskRequests.Contact(app);
        await zoe.Add(
            "/v1/tasks",
            new
            {
                what = "Call Nobody Known",
                contact,
                assignee = "me",
                dueOn = "2026-11-24",
            }
        );
        var calendar = await zoe.OwnCalendar();
        (await app.Read(calendar)).Text.ShouldContain("Nobody Known");
        using var erased = await app.Lobbyist.Send(HttpMethod.Delete, $"/v1/contacts/{contact}");
        ((int)erased.StatusCode).ShouldBe(204);
        var file = await app.Read(calendar);
        file.Text.ShouldNotContain("Nobody Known");
        (file["task-1"].Status, file["task-1"].Summary).ShouldBe(("CANCELLED", "Deleted entry"));
        Databases.Dump(app.Folder).ShouldNotContain(row => row.Contains("Nobody Known", StringComparison.Ordinal));
    }

    private static async Task Change(HttpClient client, string patch, int task = 1)
    {
        using var answer = await client.Patch($"/v1/tasks/{task}", patch);
        ((int)answer.StatusCode).ShouldBe(200, await answer.Content.ReadAsStringAsync());
    }
}
