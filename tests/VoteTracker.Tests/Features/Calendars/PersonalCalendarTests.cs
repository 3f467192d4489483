using System.Net;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Tests.Features.Engagements;
using VoteTracker.Tests.Features.Milestones;

namespace VoteTracker.Tests.Features.Calendars;

/// <summary>The calendar of one person: tasks, milestones and votes.</summary>
[EveryEngine]
public sealed class PersonalCalendarTests
{
    [Test]
    public async Task It_has_the_own_tasks_the_milestones_and_the_votes()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        using var lobbyist = app.Lobbyist;
        var draft = await app.OpenDraft(new { voteOn = "2026-12-10" });
        await zoe.Add(
            "/v1/tasks",
            new
            {
                what = "Call; then, write\nback",
                memberState = "NOR",
                assignee = "me",
                dueOn = "2026-11-24",
            }
        );
        await zoe.Add("/v1/tasks", new { what = "Some day", assignee = "me" });
        await zoe.Add(
            "/v1/tasks",
            new
            {
                what = "Of another",
                assignee = "lobbyist",
                dueOn = "2026-11-24",
            }
        );
        await app.Plan(
            draft,
            new
            {
                plannedAt = "10:00",
                place = "Room 4",
                note = "Private note",
            }
        );
        var calendar = await zoe.OwnCalendar();
        var file = await app.Read(calendar);
        file.Names.ShouldBe(["task-1", $"milestone-1", $"vote-{draft}"]);
        var task = file["task-1"];
        (task.Start, task.Status, task.Sequence).ShouldBe(("VALUE=DATE:20261124", "CONFIRMED", 0));
        task.Summary.ShouldBe(@"Norway: Call\; then\, write\nback");
        task.Properties["CLASS"].ShouldBe("PRIVATE");
        task.Properties["TRANSP"].ShouldBe("TRANSPARENT");
        var debate = file["milestone-1"];
        debate.Start.ShouldBe("TZID=America/New_York:20261201T100000");
        debate.Properties["DURATION"].ShouldBe("PT1H");
        debate.Summary.ShouldBe("A/ES-10/L.34: Debate of the item");
        debate.Properties["LOCATION"].ShouldBe("Room 4");
        debate.Properties["DESCRIPTION"].ShouldBe(@"Debate\nA draft");
        debate.Properties["URL"].ShouldEndWith($"/desk/{draft}");
        var vote = file[$"vote-{draft}"];
        (vote.Start, vote.Summary).ShouldBe(("VALUE=DATE:20261210", "A/ES-10/L.34: Vote"));
        file.Text.ShouldNotContain("Private note");
        file.Text.ShouldNotContain("Of another");
        (await app.Read(calendar, "?lang=fr")).Events.Select(e => e.Summary).ShouldContain("A/ES-10/L.34: Vote");
        (await app.Read(calendar, "?lang=ru"))["task-1"].Summary.ShouldStartWith("Норвегия: Call");
    }

    [Test]
    public async Task An_entry_keeps_its_uid_and_each_change_raises_its_sequence()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        var draft = await app.OpenDraft();
        var calendar = await zoe.OwnCalendar();
        var seen = new Dictionary<string, (string Uid, int Sequence)>(StringComparer.Ordinal);
        await zoe.Add(
            "/v1/tasks",
            new
            {
                what = "Call",
                assignee = "me",
                dueOn = "2026-11-24",
            }
        );
        await app.Plan(draft);
        await app.ChangeFields(draft, """{"voteOn": "2026-12-10"}""");
        await Raised("task-1", "milestone-1", $"vote-{draft}");
        await Change(zoe, """{"dueOn": "2026-11-25"}""");
        await Raised("task-1");
        await app.Replan(draft, 1, """{"plannedAt": "11:00"}""");
        await Raised("milestone-1");
        // The vote has one entry, before and after it gets an hour.
        await app.Plan(
            draft,
            new
            {
                kind = "vote",
                plannedOn = (string?)null,
                plannedAt = "15:00",
            }
        );
        await Raised($"vote-{draft}");
        await app.Replan(draft, 2, """{"plannedOn": "2026-12-11"}""");
        (await app.Read(calendar))[$"vote-{draft}"].Start.ShouldBe("TZID=America/New_York:20261211T150000");
        await Raised("milestone-1", $"vote-{draft}");
        await app.Cancel(draft, 2);
        await Raised($"vote-{draft}");
        await app.Plan(draft, new { kind = "vote", plannedOn = (string?)null });
        await Raised($"vote-{draft}");
        // What an entry does not show changes nothing.
        await app.Lobbyist.RecordStance(draft, "NOR", "yes");
        await Raised();

        async Task Raised(params string[] names)
        {
            app.Clock.Jump(TimeSpan.FromMinutes(1));
            var file = await app.Read(calendar);
            foreach (var found in file.Events)
            {
                var name = found.Uid.Split('@')[0];
                if (seen.TryGetValue(name, out var before))
                {
                    found.Uid.ShouldBe(before.Uid);
                    (found.Sequence > before.Sequence).ShouldBe(
                        names.Contains(name, StringComparer.Ordinal),
                        $"{name}: {before.Sequence}, then {found.Sequence}"
                    );
                }
                seen[name] = (found.Uid, found.Sequence);
            }
        }
    }

    [Test]
    public async Task The_same_state_is_the_same_bytes_and_a_304()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        var draft = await app.OpenDraft(new { voteOn = "2026-12-10" });
        await app.Plan(draft, new { plannedAt = "10:00" });
        var calendar = await zoe.OwnCalendar();
        using var client = app.Anonymous;
        using var first = await client.GetAsync(calendar.Path);
        first.Content.Headers.ContentType!.ToString().ShouldBe("text/calendar; charset=utf-8");
        first.Headers.CacheControl!.NoStore.ShouldBeTrue();
        first.ToString().ShouldNotContain("Vary");
        app.Clock.Jump(TimeSpan.FromHours(2));
        using var second = await client.GetAsync(calendar.Path);
        (await second.Content.ReadAsByteArrayAsync()).ShouldBe(await first.Content.ReadAsByteArrayAsync());
        var tag = first.ETag()!;
        using var same = await client.Send(HttpMethod.Get, calendar.Path, ifMatch: null, ifNoneMatch: tag);
        same.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        using var head = await client.Send(HttpMethod.Head, calendar.Path, ifMatch: null);
        ((int)head.StatusCode).ShouldBe(200);
        head.ETag().ShouldBe(tag);
        head.Content.Headers.ContentLength.ShouldBe(first.Content.Headers.ContentLength);
        await app.Replan(draft, 1, """{"place": "Room 5"}""");
        using var other = await client.Send(HttpMethod.Get, calendar.Path, ifMatch: null, ifNoneMatch: tag);
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Test]
    public async Task Long_texts_in_every_script_are_folded_between_characters()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        var what = string.Concat(Enumerable.Repeat("投票 😀 تصويت \u200F<b>,;\\ ", 20)).Trim();
        await zoe.Add(
            "/v1/tasks",
            new
            {
                what = what + "\u0001end",
                assignee = "me",
                dueOn = "2026-11-24",
            }
        );
        var file = await app.Read(await zoe.OwnCalendar());
        file["task-1"]
            .Summary.Replace("\\,", ",", StringComparison.Ordinal)
            .Replace("\\;", ";", StringComparison.Ordinal)
            .Replace("\\\\", "\\", StringComparison.Ordinal)
            .ShouldBe(what + "end");
    }

    [Test]
    public async Task After_a_restore_the_sequence_is_above_all_that_readers_have_seen()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        using var lobbyist = app.Lobbyist;
        var draft = await app.OpenDraft(new { voteOn = "2026-12-10" });
        await zoe.Add(
            "/v1/tasks",
            new
            {
                what = "Call",
                assignee = "me",
                dueOn = "2026-11-24",
            }
        );
        await app.Plan(draft);
        for (var i = 0; i < 20; i++)
        {
            await Change(zoe, $$"""{"what": "Call {{i}}"}""");
            await app.Replan(draft, 1, $$"""{"what": "Debate {{i}}"}""");
        }
        var calendar = await zoe.OwnCalendar();
        var before = await app.Read(calendar);
        before["task-1"].Sequence.ShouldBe(20);
        app.Clock.Jump(TimeSpan.FromMinutes(5));
        await app
            .Services.GetRequiredService<Db>()
            .Write(async write =>
            {
                await Incarnation.Begin(write.Connection, "elsewhere", write.Now);
                return 0;
            });
        var after = await app.Read(calendar);
        foreach (var found in after.Events)
        {
            var old = before.Events.Single(e => e.Uid == found.Uid);
            found.Sequence.ShouldBeGreaterThan(old.Sequence);
        }
        after.Events.Count.ShouldBe(before.Events.Count);
    }

    private static async Task Change(HttpClient client, string patch, int task = 1)
    {
        using var answer = await client.Patch($"/v1/tasks/{task}", patch);
        ((int)answer.StatusCode).ShouldBe(200, await answer.Content.ReadAsStringAsync());
    }
}
