using VoteTracker.Tests.Features.Engagements;
using static VoteTracker.Tests.Features.Milestones.MilestoneRequests;

namespace VoteTracker.Tests.Features.Milestones;

/// <summary>The timetable of a resolution.</summary>
[EveryEngine]
public sealed class MilestonesTests
{
    [Test]
    public async Task Each_role_reads_its_part_of_the_timetable_in_the_order_of_days_and_hours()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "tally" });
        await app.Plan(
            draft,
            new
            {
                what = "Evening",
                plannedAt = "18:30",
                note = "Ask for the room.",
            }
        );
        await app.Plan(
            draft,
            new
            {
                what = "Morning",
                plannedAt = "10:00",
                @public = true,
                place = "Room 4",
            }
        );
        await app.Plan(draft, new { what = "Whole day" });
        await app.Plan(
            draft,
            new
            {
                kind = "tabled",
                what = "First",
                plannedOn = "2026-11-25",
                @public = true,
            }
        );
        (await Texts(app.Viewer, draft)).ShouldBe(["First", "Whole day", "Morning", "Evening"]);
        (await Texts(app.Anonymous, draft)).ShouldBe(["First", "Morning"]);
        var evening = $"{Timetable(draft)}/1";
        (await app.Lobbyist.GetJson(evening)).Text("note").ShouldBe("Ask for the room.");
        (await app.Viewer.GetJson(evening)).AsObject().ContainsKey("note").ShouldBeFalse();
        (await app.Viewer.GetJson(evening)).Text("createdBy").ShouldBe("coordinator");
        using var hidden = await app.Anonymous.GetAsync(evening);
        await hidden.ShouldBeProblem(404);
        (await app.Anonymous.GetJson($"{Timetable(draft)}/2"))
            .AsObject()
            .Select(p => $"{p.Key}: {p.Value}")
            .ShouldBe([
                "id: 2",
                $"resolution: {draft}",
                "kind: debate",
                "what: Morning",
                "plannedOn: 2026-12-01",
                "plannedAt: 10:00",
                "place: Room 4",
                "doneOn: ",
                "public: true",
                "version: 1",
                "createdAt: 2026-11-21T15:00:00Z",
                "changedAt: 2026-11-21T15:00:00Z",
            ]);
        foreach (var client in (HttpClient[])[app.Lobbyist, app.Viewer])
        {
            using var refused = await client.Send(HttpMethod.Post, Timetable(draft), Body());
            await refused.ShouldBeProblem(403);
        }
        await app.ChangeFields(draft, """{"visibility": "private"}""");
        using var gone = await app.Anonymous.GetAsync(Timetable(draft));
        await gone.ShouldBeProblem(404);
    }

    [Test]
    public async Task Pages_have_every_milestone_once()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        foreach (var hour in (string?[])["10:00", null, "09:00", "10:00", null])
        {
            await app.Plan(draft, new { plannedAt = hour });
        }
        var seen = new List<long>();
        string? next = $"{Timetable(draft)}?limit=2";
        while (next is not null)
        {
            using var answer = await app.Viewer.GetAsync(next);
            seen.AddRange((await answer.Json()).Items().Select(e => e!["id"]!.GetValue<long>()));
            next = answer.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : null;
        }
        seen.ShouldBe([2, 5, 3, 1, 4]);
    }

    [Test]
    public async Task A_milestone_is_changed_with_its_version_and_its_history_stays()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Plan(draft);
        var path = $"{Timetable(draft)}/1";
        using var blind = await app.Coordinator.Patch(path, """{"what": "x"}""", ifMatch: null);
        await blind.ShouldBeProblem(428);
        using var done = await app.Coordinator.Patch(path, """{"doneOn": "2026-11-21"}""", "\"1\"");
        ((int)done.StatusCode).ShouldBe(200);
        done.Headers.ETag!.Tag.ShouldBe("\"2\"");
        using var late = await app.Coordinator.Patch(path, """{"what": "x"}""", "\"1\"");
        (await late.ShouldBeProblem(412))["current"]!.Text("doneOn").ShouldBe("2026-11-21");
        (await app.Viewer.GetItems($"{path}/history"))
            .Select(v => (v.Int("version"), v.Text("doneOn")))
            .ShouldBe([(1, null), (2, "2026-11-21")]);
        // The version of the resolution counts what its tally depends on.
        (await app.Viewer.GetJson($"/v1/resolutions/{draft}"))
            .Int("version")
            .ShouldBe(1);
        (await app.Viewer.GetItems("/v1/changes?since=1h"))
            .TakeLast(2)
            .Select(c => $"{c.Text("kind")} {c.Text("resolution")} {c.Text("changedBy")}")
            .ShouldBe([$"milestone {draft} coordinator", $"milestone {draft} coordinator"]);
        (await app.Anonymous.GetItems("/v1/changes?since=1h")).ShouldBeEmpty();
        using var deleted = await app.Coordinator.Send(HttpMethod.Delete, path, ifMatch: "\"2\"");
        ((int)deleted.StatusCode).ShouldBe(204);
        foreach (var gone in (string[])[path, $"{path}/history"])
        {
            using var answer = await app.Viewer.GetAsync(gone);
            await answer.ShouldBeProblem(404);
        }
        Databases
            .Dump(app.Folder)
            .ShouldNotContain(row => row.Contains("Debate of the item", StringComparison.Ordinal));
        // Its number is not used again.
        (await app.Plan(draft))
            .Int("id")
            .ShouldBe(2);
    }

    [Test]
    public async Task A_milestone_of_another_resolution_is_not_found()
    {
        using var app = new App();
        var (draft, other) = (await app.OpenDraft(), await app.OpenDraft(symbol: "A/ES-10/L.35"));
        await app.Plan(draft);
        foreach (var path in (string[])[$"{Timetable(other)}/1", $"{Timetable(other)}/1/history"])
        {
            using var answer = await app.Viewer.GetAsync(path);
            await answer.ShouldBeProblem(404);
        }
        using var patched = await app.Coordinator.Patch($"{Timetable(other)}/1", """{"what": "x"}""");
        await patched.ShouldBeProblem(404);
        using var deleted = await app.Coordinator.Send(HttpMethod.Delete, $"{Timetable(other)}/1");
        await deleted.ShouldBeProblem(404);
        (await app.Viewer.GetJson($"{Timetable(draft)}/1")).Int("version").ShouldBe(1);
    }

    [Test]
    public async Task The_page_of_a_resolution_shows_its_timetable_to_each_reader()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "tally" });
        (await Page(app.Anonymous, draft)).ShouldNotContain("timetable");
        await app.Plan(
            draft,
            new
            {
                what = "<i>Open</i> step",
                plannedAt = "10:00",
                place = "Room 4",
                @public = true,
            }
        );
        await app.Plan(
            draft,
            new
            {
                what = "Late step",
                plannedOn = "2026-11-20",
                note = "Only for the desk",
            }
        );
        // A page for readers without a key is cached for some seconds.
        app.Clock.Jump(TimeSpan.FromSeconds(11));
        var publicPage = await Page(app.Anonymous, draft);
        publicPage.ShouldContain("1 December 2026, 10:00 in New York");
        publicPage.ShouldContain("&lt;i&gt;Open&lt;/i&gt; step");
        publicPage.ShouldNotContain("Late step");
        var ofTheTeam = await Page(app.Lobbyist, draft);
        ofTheTeam.ShouldContain("20 November 2026: <bdi>Late step</bdi>");
        ofTheTeam.ShouldContain("<bdi>late</bdi>");
        ofTheTeam.ShouldNotContain("Only for the desk");
        (await Page(app.Anonymous, $"{draft}?lang=ar")).ShouldContain("الجدول الزمني");
    }

    private static async Task<string> Page(HttpClient client, string draft)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/resolutions/{draft}");
        using var answer = await client.SendAsync(request);
        ((int)answer.StatusCode).ShouldBe(200);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<string?[]> Texts(HttpClient client, string draft) =>
        [.. (await client.GetItems(Timetable(draft))).Select(m => m.Text("what"))];
}
