using System.Text.Json.Nodes;
using VoteTracker.Tests.Features.Engagements;
using static VoteTracker.Tests.Features.Engagements.DeskRequests;

namespace VoteTracker.Tests.Features.Tasks;

[EveryEngine]
public sealed class TasksTests
{
    [Test]
    public async Task My_tasks_are_listed_by_their_due_day_and_status()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        using var lobbyist = app.Lobbyist;
        foreach (
            var (what, assignee, due) in ((string, string?, string?)[])
                [
                    ("Tomorrow", "me", "2026-11-22"),
                    ("Some day", "me", null),
                    ("Yesterday", "me", "2026-11-20"),
                    ("Today", "me", "2026-11-21"),
                    ("Another's", "lobbyist", "2026-11-19"),
                    ("Nobody's", null, "2026-11-18"),
                    ("Done", "me", "2026-11-17"),
                ]
        )
        {
            var body = new JsonObject { ["what"] = what };
            body["assignee"] = assignee;
            body["dueOn"] = due;
            await zoe.Add("/v1/tasks", body);
        }
        using var done = await zoe.Patch("/v1/tasks/7", """{"doneOn": "2026-11-21"}""", "\"1\"");
        ((int)done.StatusCode).ShouldBe(200);
        foreach (
            var (query, expected) in ((string, string[])[])
                [
                    ("?assignee=me", ["Done", "Yesterday", "Today", "Tomorrow", "Some day"]),
                    ("?assignee=me&status=open", ["Yesterday", "Today", "Tomorrow", "Some day"]),
                    ("?assignee=me&status=overdue", ["Yesterday"]),
                    ("?status=overdue", ["Nobody's", "Another's", "Yesterday"]),
                    ("?assignee=Zoe&status=done", ["Done"]),
                    ("?assignee=me&status=open&dueBefore=2026-11-22", ["Yesterday", "Today"]),
                    ("?dueBefore=9999-12-31&status=open&assignee=me", ["Yesterday", "Today", "Tomorrow"]),
                    ("?assignee=lobbyist", ["Another's"]),
                ]
        )
        {
            (await zoe.GetItems($"/v1/tasks{query}")).Select(t => t.Text("what")).ShouldBe(expected, query);
        }
        // In New York it is still the same day.
        app.Clock.Advance(TimeSpan.FromHours(13));
        (await zoe.GetItems("/v1/tasks?assignee=me&status=overdue")).Count.ShouldBe(1);
        app.Clock.Advance(TimeSpan.FromHours(2));
        (await zoe.GetItems("/v1/tasks?assignee=me&status=overdue")).Count.ShouldBe(2);
    }

    [Test]
    public async Task Pages_have_every_task_once_also_those_without_a_day()
    {
        using var app = new App();
        string?[] days = ["2026-12-01", null, "2026-11-30", null, "2026-12-01", null];
        foreach (var dueOn in days)
        {
            await app.Lobbyist.Add("/v1/tasks", new { what = "x", dueOn });
        }
        var seen = new List<long>();
        string? next = "/v1/tasks?limit=2&status=open";
        while (next is not null)
        {
            using var answer = await app.Lobbyist.GetAsync(next);
            seen.AddRange((await answer.Json())["items"]!.AsArray().Select(e => e!["id"]!.GetValue<long>()));
            next = answer.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : null;
        }
        seen.ShouldBe([3, 1, 5, 2, 4, 6]);
    }

    [Test]
    public async Task A_task_is_changed_with_its_version_and_its_history_stays()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var made = await app.Lobbyist.Add(
            "/v1/tasks",
            new
            {
                what = "Call",
                memberState = "NOR",
                resolution = draft,
                assignee = "me",
                dueOn = "2026-11-24",
            }
        );
        made.AsObject()
            .Select(p => $"{p.Key}: {p.Value}")
            .ShouldBe([
                "id: 1",
                "what: Call",
                "memberState: NOR",
                $"resolution: {draft}",
                "contact: ",
                "engagement: ",
                "assignee: lobbyist",
                "dueOn: 2026-11-24",
                "doneOn: ",
                "version: 1",
                "createdBy: lobbyist",
                "createdAt: 2026-11-21T15:00:00Z",
                "changedBy: lobbyist",
                "changedAt: 2026-11-21T15:00:00Z",
            ]);
        using var blind = await app.Lobbyist.Patch("/v1/tasks/1", """{"what": "x"}""", ifMatch: null);
        await blind.ShouldBeProblem(428);
        using var done = await app.Coordinator.Patch("/v1/tasks/1", """{"doneOn": "2026-11-21"}""", "\"1\"");
        ((int)done.StatusCode).ShouldBe(200);
        done.Headers.ETag!.Tag.ShouldBe("\"2\"");
        using var late = await app.Lobbyist.Patch("/v1/tasks/1", """{"what": "x"}""", "\"1\"");
        (await late.ShouldBeProblem(412))["current"]!.Text("doneOn").ShouldBe("2026-11-21");
        (await app.Lobbyist.GetItems("/v1/tasks/1/history"))
            .Select(v => (v.Int("version"), v.Text("doneOn"), v.Text("changedBy")))
            .ShouldBe([(1, null, "lobbyist"), (2, "2026-11-21", "coordinator")]);
        using var deleted = await app.Lobbyist.Send(HttpMethod.Delete, "/v1/tasks/1", ifMatch: "\"2\"");
        ((int)deleted.StatusCode).ShouldBe(204);
        using var gone = await app.Lobbyist.GetAsync("/v1/tasks/1");
        await gone.ShouldBeProblem(404);
        (await app.Lobbyist.GetItems("/v1/changes"))
            .TakeLast(3)
            .Select(c => $"{c.Text("kind")} {c.Text("memberState")}")
            .Distinct()
            .ShouldBe(["task NOR"]);
    }

    [Test]
    public async Task A_task_gets_the_state_of_its_engagement_or_contact()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var contact = await Contact(app, "ZAF");
        await app.Lobbyist.Add("/v1/engagements", Meeting(new { resolution = draft }));
        var ofEngagement = await app.Lobbyist.Add("/v1/tasks", new { what = "x", engagement = 1 });
        (ofEngagement.Text("memberState"), ofEngagement.Text("resolution")).ShouldBe(("NOR", draft));
        var ofContact = await app.Lobbyist.Add("/v1/tasks", new { what = "x", contact });
        ofContact.Text("memberState").ShouldBe("ZAF");
        (await app.Lobbyist.Numbers($"/v1/tasks?contact={contact}")).ShouldBe([2]);
        (await app.Lobbyist.Numbers($"/v1/tasks?resolution={draft}")).ShouldBe([1]);
        (await app.Lobbyist.Numbers("/v1/tasks?memberState=ZAF")).ShouldBe([2]);
        (await app.Lobbyist.Numbers("/v1/tasks?engagement=1")).ShouldBe([1]);
        (await app.Lobbyist.Numbers("/v1/tasks?engagement=2")).ShouldBeEmpty();
    }

    [Test]
    public async Task Everything_that_a_wrong_task_names_is_reported_at_once()
    {
        using var app = new App();
        var contact = await Contact(app, "ZAF");
        await app.Lobbyist.Add("/v1/engagements", Meeting());
        var before = Databases.Dump(app.Folder);
        (await app.Lobbyist.Faults("/v1/tasks", new { })).Keys.ShouldBe(["what"]);
        var faults = await app.Lobbyist.Faults(
            "/v1/tasks",
            new
            {
                what = new string('x', 1_001),
                memberState = "YUG",
                dueOn = "1925-06-01",
                doneOn = "1999-12-31",
            }
        );
        faults.Keys.ShouldBeInAnyOrder(["what", "memberState", "dueOn", "doneOn"]);
        faults["dueOn"].ShouldBe("must be a day from 2000-01-01 to 2099-12-31; found 1925-06-01");
        faults = await app.Lobbyist.Faults(
            "/v1/tasks",
            new
            {
                what = "x",
                memberState = "FRA",
                resolution = "es-10-l-99",
                contact,
                engagement = 1,
                assignee = "Zoe",
            }
        );
        faults.Keys.ShouldBeInAnyOrder(["resolution", "contact", "engagement", "assignee"]);
        (await app.Lobbyist.Faults("/v1/tasks", new { what = "x", engagement = 99 })).Keys.ShouldBe(["engagement"]);
        (
            await app.Lobbyist.Faults(
                "/v1/tasks",
                new
                {
                    what = "x",
                    engagement = "one",
                    dueOn = "2026-02-30",
                }
            )
        ).Keys.ShouldBeInAnyOrder(["engagement", "dueOn"]);
        foreach (var query in (string[])["status=late", "dueBefore=soon", "engagement=x", "assignee=Zoe"])
        {
            using var answer = await app.Lobbyist.GetAsync($"/v1/tasks?{query}");
            await answer.ShouldBeProblem(400, query.Split('=')[0]);
        }
        Databases.Dump(app.Folder).ShouldBe(before);
    }
}
