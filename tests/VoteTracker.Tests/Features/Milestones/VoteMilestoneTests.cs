using VoteTracker.Tests.Features.Engagements;
using static VoteTracker.Tests.Features.Milestones.MilestoneRequests;

namespace VoteTracker.Tests.Features.Milestones;

/// <summary>The day of the vote is one fact: the milestone sets the `voteOn` of its resolution, and follows it.</summary>
[EveryEngine]
public sealed class VoteMilestoneTests
{
    private static object Vote(string? day = null) =>
        new
        {
            kind = "vote",
            what = "Vote in the plenary",
            plannedOn = day,
            plannedAt = "15:00",
            place = "General Assembly Hall",
        };

    [Test]
    public async Task A_vote_without_a_day_is_on_the_day_of_the_resolution()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { voteOn = "2026-12-10" });
        (await app.Plan(draft, Vote())).Text("plannedOn").ShouldBe("2026-12-10");
        (await app.Viewer.GetJson($"/v1/resolutions/{draft}")).Int("version").ShouldBe(1);
        using var client = app.Coordinator;
        (await client.Faults(Timetable(draft), Body(Vote())))["kind"].ShouldContain("milestone 1 is the vote");
        var without = await app.OpenDraft(symbol: "A/ES-10/L.35");
        (await client.Faults(Timetable(without), Body(Vote()))).Keys.ShouldBe(["plannedOn"]);
        var other = await app.OpenDraft(new { voteOn = "2026-12-10" }, symbol: "A/ES-10/L.36");
        var faults = await client.Faults(Timetable(other), Body(Vote("2026-12-11")));
        faults["plannedOn"].ShouldContain("must be 2026-12-10, the voteOn of the resolution");
    }

    [Test]
    public async Task A_vote_sets_the_day_of_its_resolution_and_moves_with_it()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Plan(draft, Vote("2026-12-10"));
        await ShouldBeOn(app, draft, "2026-12-10", milestone: 1, resolution: 2);
        await app.Replan(draft, 1, """{"plannedOn": "2026-12-11"}""");
        await ShouldBeOn(app, draft, "2026-12-11", milestone: 2, resolution: 3);
        await app.ChangeFields(draft, """{"voteOn": "2026-12-12"}""");
        await ShouldBeOn(app, draft, "2026-12-12", milestone: 3, resolution: 4);
        await app.ChangeFields(draft, """{"title": "Another title"}""");
        await ShouldBeOn(app, draft, "2026-12-12", milestone: 3, resolution: 5);
        await app.Replan(draft, 1, """{"plannedAt": null}""");
        await ShouldBeOn(app, draft, "2026-12-12", milestone: 4, resolution: 5);
        using var stale = await app.Coordinator.Patch(
            $"{Timetable(draft)}/1",
            """{"plannedOn": "2026-12-13"}""",
            "\"2\""
        );
        await stale.ShouldBeProblem(412);
        using var none = await app.Coordinator.Patch($"/v1/resolutions/{draft}", """{"voteOn": null}""");
        await none.ShouldBeProblem(400, "voteOn");
        await app.Cancel(draft, 1);
        (await app.Viewer.GetJson($"/v1/resolutions/{draft}")).Text("voteOn").ShouldBe("2026-12-12");
        await app.ChangeFields(draft, """{"voteOn": null}""");
    }

    [Test]
    public async Task A_vote_moves_to_no_day_that_does_not_have_its_hour()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { voteOn = "2026-11-20" });
        await app.Plan(
            draft,
            new
            {
                kind = "vote",
                plannedOn = (string?)null,
                plannedAt = "02:30",
            }
        );
        using var refused = await app.Coordinator.Patch($"/v1/resolutions/{draft}", """{"voteOn": "2027-03-14"}""");
        DeskRequests.Faults(await refused.ShouldBeProblem(400, "voteOn"))["voteOn"].ShouldContain("have no 02:30");
        await ShouldBeOn(app, draft, "2026-11-20", milestone: 1, resolution: 1);
        // The vote was held on such a day, so the hour is wrong.
        await app.Vote(draft, "2026-03-08");
        var voted = await app.Replan(draft, 1, """{"note": "x"}""");
        (voted.Text("plannedOn"), voted.Text("plannedAt")).ShouldBe(("2026-03-08", null));
    }

    [Test]
    public async Task A_vote_stays_a_vote_and_its_day_is_within_the_session()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Plan(draft, Vote("2026-12-10"));
        await app.Plan(draft);
        using var client = app.Coordinator;
        foreach (
            var (id, patch, field) in ((int, string, string)[])
                [
                    (1, """{"kind": "debate"}""", "kind"),
                    (2, """{"kind": "vote"}""", "kind"),
                    (1, """{"doneOn": "2026-11-20"}""", "doneOn"),
                    (1, """{"plannedOn": "1996-01-01"}""", "plannedOn"),
                    (1, """{"plannedOn": "2027-03-14", "plannedAt": "02:30"}""", "plannedAt"),
                ]
        )
        {
            using var answer = await client.Patch($"{Timetable(draft)}/{id}", patch);
            await answer.ShouldBeProblem(400, field);
        }
        await ShouldBeOn(app, draft, "2026-12-10", milestone: 1, resolution: 2);
    }

    [Test]
    public async Task The_roll_call_decides_on_which_day_the_vote_was_held()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Plan(draft, Vote("2026-12-10"));
        await app.Vote(draft, "2026-11-20");
        var voted = await app.Viewer.GetJson($"{Timetable(draft)}/1");
        (voted.Text("plannedOn"), voted.Text("doneOn"), voted.Text("changedBy")).ShouldBe(
            ("2026-11-20", "2026-11-20", "coordinator")
        );
        using var client = app.Coordinator;
        using var moved = await client.Patch($"{Timetable(draft)}/1", """{"plannedOn": "2026-11-19"}""");
        await moved.ShouldBeProblem(400, "plannedOn");
        await app.Replan(draft, 1, """{"place": "Hall"}""");
        using var removed = await client.Send(HttpMethod.Delete, $"/v1/resolutions/{draft}/roll-call");
        ((int)removed.StatusCode).ShouldBe(204);
        var again = await app.Viewer.GetJson($"{Timetable(draft)}/1");
        var resolution = await app.Viewer.GetJson($"/v1/resolutions/{draft}");
        (again.Text("plannedOn"), again.Text("doneOn")).ShouldBe((resolution.Text("voteOn"), null));
    }

    [Test]
    public async Task A_vote_of_the_record_gets_the_steps_that_follow_it()
    {
        using var app = new App();
        var record = await app.Viewer.GetJson("/v1/resolutions/es-10-27");
        var vote = await app.Plan("es-10-27", Vote());
        (vote.Text("plannedOn"), vote.Text("doneOn")).ShouldBe((record.Text("voteOn"), record.Text("voteOn")));
        await app.Plan("es-10-27", new { kind = "host-state-consent", what = "Letter of consent" });
        (await app.Viewer.GetJson("/v1/resolutions/es-10-27")).ToJsonString().ShouldBe(record.ToJsonString());
        using var client = app.Coordinator;
        using var moved = await client.Patch($"{Timetable("es-10-27")}/1", """{"plannedOn": "2026-12-10"}""");
        await moved.ShouldBeProblem(400, "plannedOn");
    }

    private static async Task ShouldBeOn(App app, string draft, string day, int milestone, int resolution)
    {
        var found = await app.Viewer.GetJson($"{Timetable(draft)}/1");
        (found.Text("plannedOn"), found.Int("version")).ShouldBe((day, milestone));
        var of = await app.Viewer.GetJson($"/v1/resolutions/{draft}");
        (of.Text("voteOn"), of.Int("version")).ShouldBe((day, resolution));
        (await app.Viewer.GetItems($"{Timetable(draft)}/1/history")).Count.ShouldBe(milestone);
    }
}
