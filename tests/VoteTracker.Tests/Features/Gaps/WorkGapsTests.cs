using VoteTracker.Tests.Features.Engagements;
using VoteTracker.Tests.Features.Stances;
using VoteTracker.Tests.Features.Undo;
using VoteTracker.Voting.Rules;
using static VoteTracker.Tests.Features.Gaps.GapRequests;

namespace VoteTracker.Tests.Features.Gaps;

/// <summary>What opens and closes the gaps in the work with a state: its assignee, contacts and tasks.</summary>
[EveryEngine]
public sealed class WorkGapsTests
{
    private static readonly string[] Kinds =
    [
        "meeting",
        "call",
        "message",
        "letter",
        "note-verbale",
        "event",
        "demonstration",
    ];

    [Test]
    public async Task A_state_without_an_assignee()
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var draft = await app.OpenDraft();
        await lobbyist.ShouldHaveGap(draft, "no-assignee");
        var path = $"/v1/resolutions/{draft}/assignments/NOR";
        using var assigned = await lobbyist.Put(path, new { assignee = "me" });
        await lobbyist.ShouldHaveNoGap(draft, "no-assignee");
        await lobbyist.ShouldHaveGap(draft, "no-assignee", "SWE");
        using var ended = await lobbyist.Send(HttpMethod.Delete, path);
        await lobbyist.ShouldHaveGap(draft, "no-assignee");
    }

    [Test]
    public async Task A_state_that_was_never_contacted_until_an_engagement_of_any_kind()
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var other = await app.OpenDraft(symbol: "A/ES-10/L.35");
        foreach (var (i, kind) in Kinds.Index())
        {
            var draft = await app.OpenDraft(symbol: $"A/ES-10/L.{40 + i}");
            await lobbyist.ShouldHaveGap(draft, "never-contacted");
            await lobbyist.Meet(other, new { kind });
            await lobbyist.ShouldHaveGap(draft, "never-contacted");
            await lobbyist.Meet(draft, new { kind });
            await lobbyist.ShouldHaveNoGap(draft, "never-contacted");
            await lobbyist.ShouldHaveGap(draft, "never-contacted", "SWE");
        }
        // An engagement about no resolution is contact about each.
        await lobbyist.ShouldHaveGap(other, "never-contacted", "SWE");
        await lobbyist.Add("/v1/engagements", DeskRequests.Meeting(new { memberState = "SWE" }));
        await lobbyist.ShouldHaveNoGap(other, "never-contacted", "SWE");
    }

    [Test]
    public async Task A_stance_that_a_person_heard_is_contact_and_a_list_or_a_past_vote_is_not()
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var draft = await app.OpenDraft(new { baseline = "es-10-27" });
        foreach (var evidence in (string[])["second-hand", "public-statement", "note-verbale", "past-vote"])
        {
            await lobbyist.RecordStance(draft, "NOR", "yes", "likely", evidence);
            await lobbyist.ShouldHaveGap(draft, "never-contacted");
        }
        using var imported = await StanceImports.Import(
            app,
            draft,
            "iso3,position,certainty,evidence\nNOR,no,likely,call\n"
        );
        await imported.Done();
        await lobbyist.ShouldHaveGap(draft, "never-contacted");
        foreach (var (iso3, evidence) in (IEnumerable<(string, string)>)[("NOR", "call"), ("SWE", "meeting")])
        {
            await lobbyist.RecordStance(draft, iso3, "yes", "likely", evidence);
            await lobbyist.ShouldHaveNoGap(draft, "never-contacted", iso3);
            // The contact stays, whatever is recorded later.
            await lobbyist.RecordStance(draft, iso3, "no", "likely", "second-hand");
            await lobbyist.ShouldHaveNoGap(draft, "never-contacted", iso3);
        }
    }

    [Test]
    public async Task A_stance_that_was_undone_is_no_contact_until_it_is_restored()
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var draft = await app.OpenDraft();
        var mistake = await lobbyist.RecordStance(draft, "NOR", "yes", "likely", "call");
        await lobbyist.ShouldHaveNoGap(draft, "never-contacted");
        using var undone = await lobbyist.RevertStance(draft, "NOR", new { version = 0 });
        await undone.Done();
        await lobbyist.ShouldHaveGap(draft, "never-contacted");
        using var redone = await lobbyist.RevertStance(draft, "NOR", new { version = mistake.Version() });
        await redone.Done();
        await lobbyist.ShouldHaveNoGap(draft, "never-contacted");
    }

    [TestCase(null, 14)]
    [TestCase("3", 3)]
    public async Task A_state_that_was_not_contacted_lately(string? setting, int days)
    {
        using var app = new App(
            settings: setting is null
                ? []
                : new Dictionary<string, string>(StringComparer.Ordinal) { ["NotContactedAfterDays"] = setting }
        );
        using var lobbyist = app.Lobbyist;
        var draft = await app.OpenDraft();
        await lobbyist.Meet(draft, new { on = "2026-11-20" });
        app.Clock.Jump(TimeSpan.FromDays(days - 1));
        await lobbyist.ShouldHaveNoGap(draft, "not-contacted-lately");
        app.Clock.Jump(TimeSpan.FromDays(1));
        var gap = (await lobbyist.Gap(draft, "not-contacted-lately")).ShouldNotBeNull();
        gap.Text("since").ShouldBe(new DateOnly(2026, 11, 21).AddDays(days).ToString("O"));
        gap.Text("detail").ShouldBe($"The last contact was on 2026-11-20, {days + 1} days ago.");
        // A stance that was heard is contact, too. One that was heard in an engagement has its day.
        await lobbyist.Meet(
            draft,
            new
            {
                on = "2026-11-10",
                stance = new
                {
                    position = "yes",
                    certainty = "likely",
                    evidence = "call",
                },
            }
        );
        await lobbyist.ShouldHaveGap(draft, "not-contacted-lately");
        await lobbyist.RecordStance(draft, "NOR", "yes", "likely", "call");
        await lobbyist.ShouldHaveNoGap(draft, "not-contacted-lately");
        app.Clock.Jump(TimeSpan.FromDays(days + 1));
        await lobbyist.ShouldHaveGap(draft, "not-contacted-lately");
        await lobbyist.Meet(draft, new { on = NewYork.DayOf(app.Clock.GetUtcNow()) });
        await lobbyist.ShouldHaveNoGap(draft, "not-contacted-lately");
    }

    [Test]
    public async Task A_task_that_is_overdue_until_it_is_done()
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var draft = await app.OpenDraft();
        var other = await app.OpenDraft(symbol: "A/ES-10/L.35");
        foreach (
            var task in (object[])
                [
                    new
                    {
                        what = "Today",
                        memberState = "NOR",
                        resolution = draft,
                        dueOn = "2026-11-21",
                    },
                    new
                    {
                        what = "Some day",
                        memberState = "NOR",
                        resolution = draft,
                    },
                    new
                    {
                        what = "Another draft",
                        memberState = "NOR",
                        resolution = other,
                        dueOn = "2026-11-01",
                    },
                    new
                    {
                        what = "Done",
                        memberState = "NOR",
                        dueOn = "2026-11-01",
                        doneOn = "2026-11-20",
                    },
                    new
                    {
                        what = "No state",
                        resolution = draft,
                        dueOn = "2026-11-01",
                    },
                ]
        )
        {
            await lobbyist.Add("/v1/tasks", task);
        }
        await lobbyist.ShouldHaveNoGap(draft, "overdue-task");
        await lobbyist.Add(
            "/v1/tasks",
            new
            {
                what = "Late",
                memberState = "NOR",
                resolution = draft,
                dueOn = "2026-11-19",
            }
        );
        var gap = (await lobbyist.Gap(draft, "overdue-task")).ShouldNotBeNull();
        (gap.Text("since"), gap.Text("detail")).ShouldBe(("2026-11-20", "A task was due on 2026-11-19."));
        await lobbyist.Add(
            "/v1/tasks",
            new
            {
                what = "No resolution",
                memberState = "NOR",
                dueOn = "2026-11-18",
            }
        );
        gap = (await lobbyist.Gap(draft, "overdue-task")).ShouldNotBeNull();
        gap.Text("detail").ShouldBe("2 tasks are overdue; the first was due on 2026-11-18.");
        foreach (var task in (string[])["/v1/tasks/6", "/v1/tasks/7"])
        {
            using var done = await lobbyist.Patch(task, """{"doneOn":"2026-11-21"}""");
            ((int)done.StatusCode).ShouldBe(200);
        }
        await lobbyist.ShouldHaveNoGap(draft, "overdue-task");
        app.Clock.Jump(TimeSpan.FromDays(1));
        await lobbyist.ShouldHaveGap(draft, "overdue-task");
    }
}
