using System.Net.Http.Json;
using static VoteTracker.Tests.Features.Engagements.DeskRequests;

namespace VoteTracker.Tests.Features.Engagements;

/// <summary>An engagement is corrected and deleted, and erased with its contact.</summary>
[EveryEngine]
public sealed class ChangeEngagementTests
{
    [Test]
    public async Task A_correction_keeps_the_version_before()
    {
        using var app = new App();
        var contact = await Contact(app);
        await app.Lobbyist.Add("/v1/engagements", Meeting(new { contacts = new[] { contact } }));
        app.Clock.Advance(TimeSpan.FromHours(1));
        using var changed = await app.Coordinator.Patch(
            "/v1/engagements/1",
            """{"summary": "Went through the whole text.", "contacts": null, "kind": "event"}""",
            "\"1\""
        );
        ((int)changed.StatusCode).ShouldBe(200);
        changed.Headers.ETag!.Tag.ShouldBe("\"2\"");
        (await app.Lobbyist.GetItems("/v1/engagements/1/history"))
            .Select(v =>
                (
                    v.Int("version"),
                    v.Text("summary"),
                    v["contacts"]!.AsArray().Count,
                    v.Text("changedBy"),
                    v.Text("createdBy")
                )
            )
            .ShouldBe([
                (1, "Went through the text.", 1, "lobbyist", "lobbyist"),
                (2, "Went through the whole text.", 0, "coordinator", "lobbyist"),
            ]);
        (await app.Lobbyist.Numbers($"/v1/engagements?contact={contact}")).ShouldBeEmpty();
        using var page = await app.Lobbyist.GetAsync("/v1/engagements/1/history?limit=1");
        var next = page.Headers.GetValues("Link").Single().Split('<', '>')[1];
        (await app.Lobbyist.GetItems(next)).ShouldHaveSingleItem().Int("version").ShouldBe(2);
    }

    [Test]
    public async Task A_change_names_the_version_that_it_saw()
    {
        using var app = new App();
        await app.Lobbyist.Add("/v1/engagements", Meeting());
        using var blind = await app.Lobbyist.Patch("/v1/engagements/1", """{"outcome": "x"}""", ifMatch: null);
        await blind.ShouldBeProblem(428);
        using var first = await app.Lobbyist.Patch("/v1/engagements/1", """{"outcome": "Yes."}""", "\"1\"");
        ((int)first.StatusCode).ShouldBe(200);
        using var late = await app.Coordinator.Patch("/v1/engagements/1", """{"outcome": "No."}""", "\"1\"");
        (await late.ShouldBeProblem(412))["current"]!.Text("outcome").ShouldBe("Yes.");
        using var delete = await app.Coordinator.Send(HttpMethod.Delete, "/v1/engagements/1", ifMatch: "\"1\"");
        await delete.ShouldBeProblem(412);
        (await app.Lobbyist.GetJson("/v1/engagements/1")).Text("outcome").ShouldBe("Yes.");
        using var unknown = await app.Lobbyist.Patch("/v1/engagements/2", """{"outcome": "x"}""");
        await unknown.ShouldBeProblem(404);
        using var known = new HttpRequestMessage(HttpMethod.Get, "/v1/engagements/1");
        known.Headers.TryAddWithoutValidation("If-None-Match", "\"2\"").ShouldBeTrue();
        using var same = await app.Lobbyist.SendAsync(known);
        ((int)same.StatusCode).ShouldBe(304);
    }

    [Test]
    public async Task A_correction_with_a_contact_of_another_state_changes_nothing()
    {
        using var app = new App();
        var africa = await Contact(app, "ZAF");
        var norway = await Contact(app);
        await app.Lobbyist.Add("/v1/engagements", Meeting(new { contacts = new[] { norway } }));
        foreach (var body in (string[])[$$"""{"contacts": ["{{africa}}"]}""", """{"memberState": "ZAF"}"""])
        {
            using var answer = await app.Lobbyist.Patch("/v1/engagements/1", body);
            await answer.ShouldBeProblem(400, "contacts[0]");
        }
        (await app.Lobbyist.GetJson("/v1/engagements/1")).Int("version").ShouldBe(1);
    }

    [Test]
    public async Task A_deleted_engagement_is_deleted_with_its_history_and_tasks()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.Add(
            "/v1/engagements",
            Meeting(
                new
                {
                    resolution = draft,
                    stance = new { position = "yes", certainty = "likely" },
                    tasks = new object[] { new { what = "Call again" } },
                }
            )
        );
        using var deleted = await app.Lobbyist.Send(HttpMethod.Delete, "/v1/engagements/1", ifMatch: "\"1\"");
        ((int)deleted.StatusCode).ShouldBe(204);
        foreach (var path in (string[])["/v1/engagements/1", "/v1/engagements/1/history", "/v1/tasks/1"])
        {
            using var gone = await app.Lobbyist.GetAsync(path);
            await gone.ShouldBeProblem(404);
        }
        (await app.Lobbyist.GetJson($"/v1/resolutions/{draft}/stances/NOR")).Int("engagement").ShouldBe(1);
        // The stance that names it can still be changed.
        using var patched = await app.Lobbyist.Patch($"/v1/resolutions/{draft}/stances/NOR", """{"note": "x"}""");
        ((int)patched.StatusCode).ShouldBe(200);
        (await app.Lobbyist.Add("/v1/engagements", Meeting())).Int("id").ShouldBe(2, "no number is used twice");
    }

    [Test]
    public async Task An_erased_contact_takes_every_engagement_and_task_that_names_it_along()
    {
        using var app = new App();
        var (erased, other) = (await Contact(app), await Contact(app));
        foreach (
            var contacts in (string[][])
                [
                    [erased],
                    [erased, other],
                    [other],
                ]
        )
        {
            await app.Lobbyist.Add(
                "/v1/engagements",
                Meeting(new { contacts, tasks = new object[] { new { what = "Call again" } } })
            );
        }
        await app.Lobbyist.Add("/v1/tasks", new { what = "Write", contact = erased });
        // The third one named the contact earlier, and so did a task.
        foreach (var contacts in (string[])[$"\"{erased}\", \"{other}\"", $"\"{other}\""])
        {
            using var patched = await app.Lobbyist.Patch("/v1/engagements/3", $$"""{"contacts": [{{contacts}}]}""");
            patched.EnsureSuccessStatusCode();
        }
        await app.Lobbyist.Add("/v1/tasks", new { what = "Write", contact = erased });
        using var moved = await app.Lobbyist.Patch("/v1/tasks/5", """{"contact": null}""");
        moved.EnsureSuccessStatusCode();
        using var erasure = await app.Lobbyist.Send(HttpMethod.Delete, $"/v1/contacts/{erased}");
        ((int)erasure.StatusCode).ShouldBe(204);
        (await app.Lobbyist.Numbers("/v1/engagements")).ShouldBe([3]);
        (await app.Lobbyist.Numbers("/v1/tasks")).ShouldBe([3, 5]);
        (await app.Lobbyist.GetItems("/v1/engagements/3/history")).Select(v => v.Int("version")).ShouldBe([1, 3]);
        (await app.Lobbyist.GetItems("/v1/tasks/5/history")).Select(v => v.Int("version")).ShouldBe([2]);
        Databases
            .Dump(app.Folder)
            .Where(row => row.Contains(erased, StringComparison.Ordinal))
            .ShouldAllBe(row =>
                row.StartsWith("change: ", StringComparison.Ordinal)
                || row.StartsWith("audit_entry: ", StringComparison.Ordinal)
            );
    }

    [Test]
    public async Task An_erasure_deletes_stored_responses_that_show_the_contact()
    {
        using var app = new App();
        var (erased, other) = (await Contact(app), await Contact(app));
        await Post("/v1/engagements", Meeting(new { contacts = new[] { erased, other } }), "a");
        await Post("/v1/tasks", new { what = "Call", engagement = 1 }, "b");
        await Post("/v1/tasks", new { what = "Call", contact = other }, "c");
        await Post("/v1/tasks", new { what = "Call" }, "d");
        using var erasure = await app.Lobbyist.Send(HttpMethod.Delete, $"/v1/contacts/{erased}");
        ((int)erasure.StatusCode).ShouldBe(204);
        Databases
            .Dump(app.Folder)
            .Count(row => row.StartsWith("kept_answer: ", StringComparison.Ordinal))
            .ShouldBe(2, "those of the other contact and of none");

        async Task Post(string path, object body, string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
            request.Headers.Add("Idempotency-Key", key);
            using var answer = await app.Lobbyist.SendAsync(request);
            ((int)answer.StatusCode).ShouldBe(201, await answer.Content.ReadAsStringAsync());
        }
    }
}
