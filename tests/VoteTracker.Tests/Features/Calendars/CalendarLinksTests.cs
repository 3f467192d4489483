using VoteTracker.Tests.Features.Engagements;
using VoteTracker.Tests.Features.Milestones;
using static VoteTracker.Tests.Features.Calendars.CalendarRequests;

namespace VoteTracker.Tests.Features.Calendars;

/// <summary>Links to calendars: who creates them, and when they end.</summary>
[EveryEngine]
public sealed class CalendarLinksTests
{
    [Test]
    public async Task A_revoked_link_is_a_404_at_once()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        var (calendar, other) = (await zoe.OwnCalendar(), await zoe.OwnCalendar());
        (await app.Status(calendar)).ShouldBe(200);
        for (var i = 0; i < 2; i++)
        {
            using var revoked = await zoe.DeleteAsync($"{List}/{calendar.Id}");
            ((int)revoked.StatusCode).ShouldBe(204);
            (await app.Status(calendar)).ShouldBe(404);
            app.Clock.Jump(TimeSpan.FromHours(1));
        }
        (await app.Status(other)).ShouldBe(200);
        (await zoe.GetItems(List))
            .Select(l => $"{l.Text("kind")} {l.Text("resolution")} {l.Text("createdBy")} {l.Text("revokedAt")}")
            .ShouldBeInAnyOrder(["personal  Zoe 2026-11-21T15:00:00Z", "personal  Zoe "]);
    }

    [Test]
    public async Task A_link_ends_with_the_key_of_its_label_and_survives_a_new_key_of_the_same_holder()
    {
        using var app = new App();
        var made = await app.Admin.Add("/v1/api-keys", new { label = "Zoe", role = "lobbyist" });
        using var zoe = app.WithKey(made.Text("key")!);
        var calendar = await zoe.OwnCalendar();
        var replaced = await app.Admin.Add($"/v1/api-keys/{made.Text("id")}/rotate", new { graceMinutes = 0 });
        (await app.Status(calendar)).ShouldBe(200);
        using var revoked = await app.Admin.DeleteAsync($"/v1/api-keys/{replaced.Text("id")}");
        ((int)revoked.StatusCode).ShouldBe(204);
        (await app.Status(calendar)).ShouldBe(404);
    }

    [Test]
    public async Task A_link_ends_when_the_key_of_its_label_expires()
    {
        using var app = new App();
        var made = await app.Admin.Add(
            "/v1/api-keys",
            new
            {
                label = "Zoe",
                role = "lobbyist",
                expiresAt = "2026-11-21T16:00:00Z",
            }
        );
        using var zoe = app.WithKey(made.Text("key")!);
        var calendar = await zoe.OwnCalendar();
        app.Clock.Jump(TimeSpan.FromMinutes(59));
        (await app.Status(calendar)).ShouldBe(200);
        app.Clock.Jump(TimeSpan.FromMinutes(1));
        (await app.Status(calendar)).ShouldBe(404);
    }

    [Test]
    public async Task Nobody_sees_or_revokes_the_personal_link_of_another_label()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        var calendar = await zoe.OwnCalendar();
        foreach (var client in (HttpClient[])[app.Lobbyist, app.Coordinator, app.Admin])
        {
            (await client.GetItems(List)).ShouldBeEmpty();
            using var answer = await client.DeleteAsync($"{List}/{calendar.Id}");
            await answer.ShouldBeProblem(404);
        }
        (await app.Status(calendar)).ShouldBe(200);
        using var viewer = await app.Viewer.Send(HttpMethod.Post, List, new { kind = "personal" });
        await viewer.ShouldBeProblem(403);
        using var anonymous = await app.Anonymous.Send(HttpMethod.Post, List, new { kind = "personal" });
        await anonymous.ShouldBeProblem(401);
    }

    [Test]
    public async Task Coordinators_publish_the_calendar_of_a_public_resolution()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "tally", voteOn = "2026-12-10" });
        using var refused = await app.Lobbyist.Send(
            HttpMethod.Post,
            List,
            new { kind = "resolution", resolution = draft }
        );
        await refused.ShouldBeProblem(403);
        await app.Plan(draft, new { what = "Secret step" });
        await app.Plan(
            draft,
            new
            {
                what = "Open step",
                @public = true,
                place = "Room 4",
            }
        );
        await app.Plan(
            draft,
            new
            {
                kind = "vote",
                plannedOn = (string?)null,
                plannedAt = "15:00",
                what = "Secret hour",
            }
        );
        var calendar = await app.CalendarOf(draft);
        var file = await app.Read(calendar);
        file.Names.ShouldBe(["milestone-2", $"vote-{draft}"]);
        file[$"vote-{draft}"].Start.ShouldBe("VALUE=DATE:20261210");
        file["milestone-2"].Properties["URL"].ShouldEndWith($"/resolutions/{draft}");
        file.Text.ShouldNotContain("Secret");
        file.Text.ShouldNotContain("CLASS");
        await app.Replan(draft, 3, """{"public": true}""");
        (await app.Read(calendar))[$"vote-{draft}"].Start.ShouldBe("TZID=America/New_York:20261210T150000");
        // A step that readers have seen is cancelled when it is hidden or deleted. They do not learn of others.
        await app.Replan(draft, 2, """{"public": false}""");
        await app.Cancel(draft, 1);
        var after = await app.Read(calendar);
        after.Names.ShouldBe(["milestone-2", $"vote-{draft}"]);
        (after["milestone-2"].Status, after["milestone-2"].Summary).ShouldBe(("CANCELLED", "Deleted entry"));
        after.Text.ShouldNotContain("Room 4");
        (await app.Coordinator.GetItems(List)).ShouldHaveSingleItem().Text("resolution").ShouldBe(draft);
        (await app.Lobbyist.GetItems(List)).ShouldBeEmpty();
        using var forbidden = await app.Lobbyist.DeleteAsync($"{List}/{calendar.Id}");
        await forbidden.ShouldBeProblem(404);
    }

    [Test]
    public async Task The_calendar_of_a_resolution_that_is_private_again_is_a_404()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "tally" });
        var calendar = await app.CalendarOf(draft);
        (await app.Status(calendar)).ShouldBe(200);
        await app.ChangeFields(draft, """{"visibility": "private"}""");
        (await app.Status(calendar)).ShouldBe(404);
        await app.ChangeFields(draft, """{"visibility": "positions"}""");
        (await app.Status(calendar)).ShouldBe(200);
        using var deleted = await app.Coordinator.DeleteAsync($"{List}/{calendar.Id}");
        ((int)deleted.StatusCode).ShouldBe(204);
        (await app.Status(calendar)).ShouldBe(404);
    }

    [Test]
    public async Task A_resolution_with_a_calendar_is_deleted_with_it()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "tally" });
        var calendar = await app.CalendarOf(draft);
        using var deleted = await app.Coordinator.Send(HttpMethod.Delete, $"/v1/resolutions/{draft}");
        ((int)deleted.StatusCode).ShouldBe(204, await deleted.Content.ReadAsStringAsync());
        (await app.Status(calendar)).ShouldBe(404);
        await app.OpenDraft(new { visibility = "tally" });
        (await app.Status(calendar)).ShouldBe(404);
    }

    [Test]
    public async Task Wrong_links_are_rejected_by_their_fields()
    {
        using var app = new App();
        var hidden = await app.OpenDraft();
        using var client = app.Coordinator;
        foreach (
            var (body, field) in ((object, string)[])
                [
                    (new { }, "kind"),
                    (new { kind = "team" }, "kind"),
                    (new { kind = "resolution" }, "resolution"),
                    (new { kind = "resolution", resolution = hidden }, "resolution"),
                    (new { kind = "resolution", resolution = "es-10-l-99" }, "resolution"),
                    (new { kind = "resolution", resolution = new string('x', 10_000) }, "resolution"),
                    (new { kind = "personal", resolution = "es-10-27" }, "resolution"),
                    (new { kind = "personal", label = "Zoe" }, "label"),
                ]
        )
        {
            (await client.Faults(List, body)).Keys.ShouldContain(field);
        }
        (await client.GetItems(List)).ShouldBeEmpty();
        (await app.CalendarOf("es-10-27")).Secret.Length.ShouldBe(32);
    }

    [Test]
    public async Task Twenty_links_of_a_label_are_valid_at_the_same_time()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        var first = await zoe.OwnCalendar();
        for (var i = 1; i < 20; i++)
        {
            await zoe.OwnCalendar();
        }
        using var refused = await zoe.Send(HttpMethod.Post, List, new { kind = "personal" });
        (await refused.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/too-many-calendars");
        using var revoked = await zoe.DeleteAsync($"{List}/{first.Id}");
        ((int)revoked.StatusCode).ShouldBe(204);
        await zoe.OwnCalendar();
        await app.Lobbyist.OwnCalendar();
    }
}
