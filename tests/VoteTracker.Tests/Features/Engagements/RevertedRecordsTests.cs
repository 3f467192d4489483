using static VoteTracker.Tests.Features.Engagements.DeskRequests;

namespace VoteTracker.Tests.Features.Engagements;

/// <summary>A wrong correction of an engagement or a task is undone by restoring a version.</summary>
[EveryEngine]
public sealed class RevertedRecordsTests
{
    [Test]
    public async Task An_earlier_version_is_restored_as_a_new_change()
    {
        using var app = new App();
        var contact = await Contact(app);
        await app.Lobbyist.Add("/v1/engagements", Meeting(new { contacts = new[] { contact }, assignee = "me" }));
        await app.Lobbyist.Add(
            "/v1/tasks",
            new
            {
                what = "Call",
                dueOn = "2026-12-01",
                contact,
            }
        );
        foreach (
            var (path, patch) in ((string, string)[])
                [
                    (
                        "/v1/engagements/1",
                        """{"summary": "x", "contacts": null, "assignee": null, "confidential": true}"""
                    ),
                    ("/v1/tasks/1", """{"what": "x", "dueOn": null, "contact": null, "doneOn": "2026-11-21"}"""),
                ]
        )
        {
            var first = (await app.Lobbyist.GetJson(path)).AsObject();
            using var patched = await app.Lobbyist.Patch(path, patch);
            patched.EnsureSuccessStatusCode();
            using var reverted = await Revert(app.Lobbyist, path, new { version = 1 }, "\"2\"");
            var restored = (await reverted.Json()).AsObject();
            ((int)reverted.StatusCode).ShouldBe(200, restored.ToJsonString());
            reverted.Headers.ETag!.Tag.ShouldBe("\"3\"");
            restored.Int("version").ShouldBe(3);
            foreach (var field in (string[])["version", "changedAt"])
            {
                first.Remove(field).ShouldBeTrue();
                restored.Remove(field).ShouldBeTrue();
            }
            restored.ToJsonString().ShouldBe(first.ToJsonString());
            (await app.Lobbyist.GetItems($"{path}/history")).Select(v => v.Int("version")).ShouldBe([1, 2, 3]);
            // The undo of the undo.
            using var again = await Revert(app.Lobbyist, path, new { version = 2 });
            (await again.Json()).ToJsonString().ShouldContain("\"x\"");
        }
    }

    [Test]
    public async Task A_revert_follows_the_rules_of_a_change()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        var contact = await Contact(app);
        await app.Lobbyist.Add("/v1/engagements", Meeting(new { contacts = new[] { contact }, confidential = true }));
        await app.Lobbyist.Add("/v1/tasks", new { what = "Call", contact });
        const string path = "/v1/engagements/1";
        using var open = await app.Lobbyist.Patch(path, """{"confidential": false, "contacts": null}""");
        using var done = await app.Lobbyist.Patch("/v1/tasks/1", """{"contact": null}""");
        (open.IsSuccessStatusCode, done.IsSuccessStatusCode).ShouldBe((true, true));
        foreach (
            var (body, ifMatch, status, field) in ((object, string?, int, string?)[])
                [
                    (new { version = 1 }, null, 428, null),
                    (new { version = 1 }, "\"1\"", 412, null),
                    (new { version = 9 }, "*", 400, "version"),
                    (new { version = 0 }, "*", 400, "version"),
                    (new { }, "*", 400, "version"),
                    (new { version = 1, reason = "x" }, "*", 400, "reason"),
                ]
        )
        {
            using var refused = await Revert(app.Lobbyist, path, body, ifMatch);
            await refused.ShouldBeProblem(status, field is null ? [] : [field]);
        }
        using var hidden = await Revert(zoe, path, new { version = 1 });
        await hidden.ShouldBeProblem(400, "version");
        using var unknown = await Revert(zoe, "/v1/tasks/9", new { version = 1 });
        await unknown.ShouldBeProblem(404);
        // The version with an erased contact is erased too.
        using var erasure = await app.Lobbyist.Send(HttpMethod.Delete, $"/v1/contacts/{contact}");
        erasure.EnsureSuccessStatusCode();
        foreach (var erased in (string[])[path, "/v1/tasks/1"])
        {
            using var gone = await Revert(app.Lobbyist, erased, new { version = 1 });
            await gone.ShouldBeProblem(400, "version");
        }
    }

    private static Task<HttpResponseMessage> Revert(
        HttpClient client,
        string path,
        object body,
        string? ifMatch = "*"
    ) => client.Send(HttpMethod.Post, $"{path}/revert", body, ifMatch);
}
