using VoteTracker.Tests.Features.Engagements;
using static VoteTracker.Tests.Features.Milestones.MilestoneRequests;

namespace VoteTracker.Tests.Features.Milestones;

/// <summary>Milestones that are rejected.</summary>
[EveryEngine]
public sealed class WrongMilestonesTests
{
    [Test]
    public async Task Everything_that_is_wrong_with_a_milestone_is_reported_at_once()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var before = Databases.Dump(app.Folder);
        var path = Timetable(draft);
        using var client = app.Coordinator;
        (await client.Faults(path, new { })).Keys.ShouldBeInAnyOrder(["kind", "what", "plannedOn"]);
        var faults = await client.Faults(
            path,
            Body(
                new
                {
                    what = new string('x', 10_000),
                    plannedOn = "1945-10-23",
                    plannedAt = "25:00",
                    place = new string('y', 10_000),
                    doneOn = "2026-11-22",
                    note = new string('z', 10_000),
                }
            )
        );
        faults.Keys.ShouldBeInAnyOrder(["what", "plannedOn", "plannedAt", "place", "doneOn", "note"]);
        (await client.Faults(path, Body(new { what = " " })))["what"]
            .ShouldBe("must not be empty: say in a few words what happens");
        faults["plannedOn"].ShouldStartWith("must be a day from 1945-10-24, the day of the Charter, to 2099-12-31");
        faults["plannedAt"].ShouldBe("must be an hour in New York, such as 15:00; found '25:00'");
        faults["doneOn"].ShouldContain("2026-11-21, today in New York");
        foreach (
            var (fields, field) in ((object, string)[])
                [
                    (new { kind = "voting" }, "kind"),
                    (new { kind = 4 }, "kind"),
                    (new { what = "  " }, "what"),
                    (new { what = 7 }, "what"),
                    (new { plannedOn = "2100-01-01" }, "plannedOn"),
                    (new { plannedOn = "1944-06-06" }, "plannedOn"),
                    (new { plannedOn = "2026-02-30" }, "plannedOn"),
                    (new { plannedOn = "1 December 2026" }, "plannedOn"),
                    (new { plannedAt = "3 pm" }, "plannedAt"),
                    (new { plannedAt = "15:00:00" }, "plannedAt"),
                    (new { plannedAt = "15:00\n" + "x" }, "plannedAt"),
                    (new { plannedAt = "٣٣:٠٠" }, "plannedAt"),
                    // In spring the clocks of New York go from 02:00 to 03:00.
                    (new { plannedOn = "2027-03-14", plannedAt = "02:30" }, "plannedAt"),
                    (new { doneOn = "1900-01-01" }, "doneOn"),
                    (new { @public = "yes" }, "public"),
                    (new { plannedFor = "2026-12-01" }, "plannedFor"),
                ]
        )
        {
            var found = await client.Faults(path, Body(fields));
            found.Keys.ShouldContain(field);
        }
        Databases.Dump(app.Folder).ShouldBe(before);
        // In autumn an hour comes twice, and is an hour.
        await app.Plan(draft, new { plannedOn = "2027-11-07", plannedAt = "01:30" });
        await app.Plan(draft, new { plannedOn = "2027-03-14", plannedAt = "03:00" });
        await app.Plan(draft, new { plannedOn = "1945-10-24", doneOn = "1945-10-24" });
        await app.Plan(draft, new { what = "\u202E<b>bold</b>\u200F & more" });
        (await app.Viewer.GetJson($"{path}/4")).Text("what").ShouldBe("<b>bold</b>\u200F & more");
        using var unknown = await client.Send(HttpMethod.Post, Timetable("es-10-l-99"), Body());
        await unknown.ShouldBeProblem(404);
    }

    [Test]
    public async Task A_resolution_has_at_most_200_milestones()
    {
        using var app = new App();
        using var client = app.Coordinator;
        var draft = await app.OpenDraft();
        for (var i = 0; i < 200; i++)
        {
            await client.Add(Timetable(draft), Body());
        }
        using var refused = await client.Send(HttpMethod.Post, Timetable(draft), Body());
        (await refused.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/too-many-milestones");
        await app.Cancel(draft, 7);
        await client.Add(Timetable(draft), Body());
    }

    [Test]
    public async Task A_resolution_with_a_milestone_is_not_deleted()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Plan(draft);
        using var answer = await app.Coordinator.Send(HttpMethod.Delete, $"/v1/resolutions/{draft}");
        (await answer.ShouldBeProblem(409)).Text("detail")!.ShouldContain("1 milestone");
        await app.Cancel(draft, 1);
        using var deleted = await app.Coordinator.Send(HttpMethod.Delete, $"/v1/resolutions/{draft}");
        ((int)deleted.StatusCode).ShouldBe(204, await deleted.Content.ReadAsStringAsync());
        // Its number is not used again.
        await app.OpenDraft();
        (await app.Plan(draft)).Int("id").ShouldBe(2);
    }
}
