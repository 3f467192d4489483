using VoteTracker.Tests.Features.Milestones;
using static VoteTracker.Tests.Features.Calendars.CalendarRequests;

namespace VoteTracker.Tests.Features.Calendars;

/// <summary>The calendar of a public resolution shows no day that its readers could not see.</summary>
[EveryEngine]
public sealed class PrivateDaysTests
{
    [TestCase("""{"plannedOn": "2026-12-17"}""", false)]
    [TestCase("""{"plannedOn": "2026-12-17"}""", true)]
    [TestCase("""{"note": "x"}""", false)]
    public async Task A_milestone_that_was_hidden_keeps_the_day_that_readers_saw_last(string patch, bool deleted)
    {
        using var app = new App();
        var (draft, calendar) = await Open(app);
        await app.Plan(draft, new { plannedOn = "2026-12-05", @public = true });
        (await app.Read(calendar))["milestone-1"].Start.ShouldBe("VALUE=DATE:20261205");
        app.Clock.Jump(TimeSpan.FromHours(1));
        await app.Replan(draft, 1, """{"public": false, "plannedOn": "2026-12-16"}""");
        var hidden = (await app.Read(calendar))["milestone-1"];
        (hidden.Start, hidden.Status, hidden.Sequence).ShouldBe(("VALUE=DATE:20261205", "CANCELLED", 1));
        app.Clock.Jump(TimeSpan.FromDays(29));
        await app.Replan(draft, 1, patch);
        if (deleted)
        {
            await app.Cancel(draft, 1);
        }
        (await app.Read(calendar))["milestone-1"].Properties.ShouldBe(hidden.Properties);
        // A change that readers cannot see does not begin the thirty days again.
        app.Clock.Jump(TimeSpan.FromDays(2));
        (await app.Read(calendar)).Names.ShouldBeEmpty();
    }

    [Test]
    public async Task A_milestone_that_is_public_again_continues_with_a_higher_number()
    {
        using var app = new App();
        var (draft, calendar) = await Open(app);
        await app.Plan(draft, new { plannedOn = "2026-12-05", @public = true });
        await app.Replan(draft, 1, """{"public": false}""");
        await app.Replan(draft, 1, """{"plannedOn": "2026-12-17"}""");
        await app.Replan(draft, 1, """{"public": true}""");
        var back = (await app.Read(calendar))["milestone-1"];
        (back.Start, back.Status, back.Sequence).ShouldBe(("VALUE=DATE:20261217", "CONFIRMED", 3));
        await app.Cancel(draft, 1);
        var gone = (await app.Read(calendar))["milestone-1"];
        (gone.Start, gone.Status, gone.Sequence).ShouldBe(("VALUE=DATE:20261217", "CANCELLED", 4));
    }

    [Test]
    public async Task A_milestone_that_was_public_only_while_its_draft_was_private_is_not_in_it()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Plan(draft, new { @public = true });
        await app.Plan(draft, new { @public = true });
        await app.Replan(draft, 1, """{"public": false}""");
        await app.Cancel(draft, 2);
        await app.ChangeFields(draft, """{"visibility": "positions"}""");
        (await app.Read(await app.CalendarOf(draft))).Names.ShouldBeEmpty();
    }

    [TestCase("""{"voteOn": null}""", """{"visibility": "positions"}""")]
    [TestCase("""{"title": "Another title"}""", """{"visibility": "positions", "voteOn": null}""")]
    public async Task A_day_of_the_vote_that_only_a_private_draft_had_is_not_in_it(string first, string second)
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { voteOn = "2026-12-20" });
        await app.ChangeFields(draft, first);
        await app.ChangeFields(draft, second);
        var calendar = await app.CalendarOf(draft);
        (await app.Read(calendar)).Names.ShouldBeEmpty();
        // Changes of the private draft are not counted.
        await app.ChangeFields(draft, """{"voteOn": "2026-12-21"}""");
        var vote = (await app.Read(calendar))[$"vote-{draft}"];
        (vote.Start, vote.Status, vote.Sequence).ShouldBe(("VALUE=DATE:20261221", "CONFIRMED", 1));
        await app.ChangeFields(draft, """{"voteOn": null}""");
        vote = (await app.Read(calendar))[$"vote-{draft}"];
        (vote.Start, vote.Status, vote.Sequence).ShouldBe(("VALUE=DATE:20261221", "CANCELLED", 2));
    }

    [Test]
    public async Task A_private_milestone_of_the_vote_changes_nothing_in_it()
    {
        using var app = new App();
        var (draft, calendar) = await Open(app, "2026-12-20");
        var before = (await app.Read(calendar)).Text;
        app.Clock.Jump(TimeSpan.FromHours(1));
        await app.Plan(
            draft,
            new
            {
                kind = "vote",
                plannedOn = (string?)null,
                plannedAt = "15:00",
            }
        );
        await app.Replan(draft, 1, """{"plannedAt": "16:00"}""");
        (await app.Read(calendar)).Text.ShouldBe(before);
        await app.Replan(draft, 1, """{"public": true}""");
        var shown = (await app.Read(calendar))[$"vote-{draft}"];
        shown.Start.ShouldBe("TZID=America/New_York:20261220T160000");
        await app.Replan(draft, 1, """{"public": false}""");
        var hidden = await app.Read(calendar);
        hidden[$"vote-{draft}"].Start.ShouldBe("VALUE=DATE:20261220");
        hidden[$"vote-{draft}"].Sequence.ShouldBeGreaterThan(shown.Sequence);
        app.Clock.Jump(TimeSpan.FromHours(1));
        await app.Replan(draft, 1, """{"plannedAt": "17:00"}""");
        await app.Cancel(draft, 1);
        (await app.Read(calendar)).Text.ShouldBe(hidden.Text);
    }

    private static async Task<(string Draft, CalendarAddress Calendar)> Open(App app, string? voteOn = null)
    {
        var draft = await app.OpenDraft(new { visibility = "tally", voteOn });
        return (draft, await app.CalendarOf(draft));
    }
}
