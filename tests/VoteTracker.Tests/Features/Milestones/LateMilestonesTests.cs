using Dapper;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Tests.Features.Briefs;
using static VoteTracker.Tests.Features.Milestones.MilestoneRequests;

namespace VoteTracker.Tests.Features.Milestones;

/// <summary>The digest names the milestones that are late, and those of the next days.</summary>
[EveryEngine]
public sealed class LateMilestonesTests
{
    [Test]
    public async Task A_milestone_is_late_from_the_day_after_it_until_it_is_done()
    {
        using var app = new App();
        var (draft, other) = (await app.OpenDraft(), await app.OpenDraft(symbol: "A/ES-10/L.35"));
        await app.Plan(draft, new { what = "Yesterday", plannedOn = "2026-11-20" });
        await app.Plan(draft, new { what = "Long ago", plannedOn = "2026-10-01" });
        await app.Plan(
            draft,
            new
            {
                what = "Done",
                plannedOn = "2026-11-20",
                doneOn = "2026-11-21",
            }
        );
        await app.Plan(
            draft,
            new
            {
                what = "Today",
                plannedOn = "2026-11-21",
                plannedAt = "09:00",
            }
        );
        await app.Plan(draft, new { what = "In six days", plannedOn = "2026-11-27" });
        await app.Plan(draft, new { what = "In seven days", plannedOn = "2026-11-28" });
        await app.Plan(other, new { what = "Of another", plannedOn = "2026-11-19" });
        var digest = await app.Viewer.GetJson("/v1/digest");
        digest.Texts("lateMilestones", "what").ShouldBe(["Long ago", "Of another", "Yesterday"]);
        digest.Texts("nextMilestones", "what").ShouldBe(["Today", "In six days"]);
        (await app.Viewer.GetJson($"/v1/digest?resolution={other}"))
            .Texts("lateMilestones", "what")
            .ShouldBe(["Of another"]);
        // In New York it is still the same day.
        app.Clock.Jump(TimeSpan.FromHours(13));
        (await app.Viewer.GetJson("/v1/digest")).List("lateMilestones").Count.ShouldBe(3);
        app.Clock.Jump(TimeSpan.FromHours(2));
        (await app.Viewer.GetJson("/v1/digest"))
            .Texts("lateMilestones", "what")
            .ShouldBe(["Long ago", "Of another", "Yesterday", "Today"]);
        await app.ChangeFields(other, """{"status": "withdrawn"}""");
        await app.Replan(draft, 2, """{"doneOn": "2026-11-21"}""");
        await app.Cancel(draft, 1);
        (await app.Viewer.GetJson("/v1/digest")).Texts("lateMilestones", "what").ShouldBe(["Today"]);
    }

    [Test]
    public async Task The_steps_after_an_adoption_can_be_late_too()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Vote(draft);
        await app.Plan(
            draft,
            new
            {
                kind = "host-state-consent",
                what = "Consent",
                plannedOn = "2026-11-20",
            }
        );
        (await app.Viewer.GetJson("/v1/digest")).Texts("lateMilestones", "what").ShouldBe(["Consent"]);
    }

    [Test]
    public async Task A_vote_is_late_until_its_roll_call_is_recorded()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { voteOn = "2026-11-20" });
        await app.Plan(draft, new { kind = "vote", plannedOn = (string?)null });
        (await app.Viewer.GetJson("/v1/digest")).List("lateMilestones").Count.ShouldBe(1);
        await app.Vote(draft, "2026-11-20");
        (await app.Viewer.GetJson("/v1/digest")).List("lateMilestones").ShouldBeEmpty();
    }

    [Test]
    public async Task The_text_of_the_digest_and_the_page_of_the_day_show_them()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Plan(
            draft,
            new
            {
                what = "Room <booked> *again*",
                plannedOn = "2026-11-20",
                plannedAt = "15:00",
                place = "Room 4",
                note = "Only for lobbyists.",
            }
        );
        await app.Plan(
            draft,
            new
            {
                kind = "other",
                what = "Second step",
                plannedOn = "2026-11-24",
            }
        );
        var text = await app.Lobbyist.GetMarkdown("/v1/digest");
        text.ShouldContain("## Late milestones\n");
        text.ShouldContain(
            "- Room \\<booked\\> \\*again\\* (Debate, es-10-l-34, 20 November 2026, 15:00 in New York, Room 4)"
        );
        text.ShouldContain("## Milestones of the next seven days\n");
        text.ShouldContain("- Second step (es-10-l-34, 24 November 2026)");
        text.ShouldNotContain("Only for lobbyists");
        (await app.Lobbyist.GetMarkdown("/v1/digest?lang=fr")).ShouldContain("## Étapes en retard\n");
        using var page = await app.Lobbyist.GetAsync("/desk/today");
        var html = await page.Content.ReadAsStringAsync();
        html.ShouldContain("Late milestones");
        html.ShouldContain("Room &lt;booked&gt; *again*");
        html.ShouldContain("Second step");
        html.ShouldNotContain("Only for lobbyists");
    }

    [Test]
    public async Task A_digest_has_fifty_late_milestones_at_most()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        for (var i = 0; i < 51; i++)
        {
            await app.Plan(draft, new { plannedOn = "2026-11-20" });
        }
        var digest = await app.Viewer.GetJson("/v1/digest");
        digest.List("lateMilestones").Count.ShouldBe(50);
        digest.Words("more").ShouldBe(["lateMilestones"]);
    }

    [Test]
    [AnyEngine]
    public async Task Milestones_that_are_done_are_not_read_to_find_the_late_ones()
    {
        using var app = new App();
        var plan = await app
            .Services.GetRequiredService<Db>()
            .Read(connection =>
                connection.QueryAsync<PlanStep>(
                    """
                    EXPLAIN QUERY PLAN
                    SELECT m.id
                    FROM milestone m
                    JOIN resolution r ON r.id = m.resolution
                    WHERE m.deleted_at IS NULL AND m.done_on IS NULL AND m.planned_on < '2026-11-21'
                        AND r.status NOT IN ('withdrawn', 'not-adopted')
                    ORDER BY m.planned_on, COALESCE(m.planned_at, ''), m.id
                    LIMIT 50
                    """
                )
            );
        plan.ShouldContain(step => step.Detail.Contains("milestone_open_by_day", StringComparison.Ordinal));
    }

    private sealed record PlanStep
    {
        public string Detail { get; init; } = "";
    }
}
