using System.Net;
using System.Net.Http.Json;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Webhooks;

/// <summary>Webhooks as coordinators manage them.</summary>
[EveryEngine]
public sealed class WebhooksTests
{
    [Test]
    public async Task A_coordinator_creates_shows_changes_and_deletes_a_webhook()
    {
        using var app = new App(settings: TestReceiver.Settings);
        var id = await app.OpenDraft();
        using var created = await app.Coordinator.PostAsJsonAsync(
            "/v1/webhooks",
            new
            {
                url = "http://127.0.0.1:9/hook",
                events = (string[])["stance.changed", "task.overdue"],
                resolution = id,
                format = "text",
            }
        );
        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        created.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var webhook = await created.Json();
        var path = created.Headers.Location!.ToString();
        path.ShouldBe($"/v1/webhooks/{webhook.Text("id")}");
        webhook.Text("secret")!.ShouldStartWith("whsec_");
        Convert.FromBase64String(webhook.Text("secret")!["whsec_".Length..]).Length.ShouldBe(32);
        webhook.Text("url").ShouldBe("http://127.0.0.1:9/hook");
        webhook["events"]!.ToJsonString().ShouldBe("""["stance.changed","task.overdue"]""");
        webhook.Text("resolution").ShouldBe(id);
        webhook.Text("format").ShouldBe("text");
        webhook.Flag("enabled").ShouldBe(true);
        webhook.Text("createdBy").ShouldBe("coordinator");

        using var shown = await app.Coordinator.GetAsync(path);
        shown.ETag().ShouldBe(created.ETag());
        var json = await shown.Json();
        json.AsObject().ContainsKey("secret").ShouldBeFalse();
        (await app.Coordinator.GetItems("/v1/webhooks")).Single().ToJsonString().ShouldBe(json.ToJsonString());

        using var changed = await app.Coordinator.Patch(
            path,
            """{"format": "json", "resolution": null, "events": ["co-sponsor.signed"]}""",
            shown.ETag()
        );
        var now = await changed.Json();
        (now.Text("format"), now.Text("resolution"), now["events"]!.ToJsonString()).ShouldBe(
            ("json", null, """["co-sponsor.signed"]""")
        );
        now.Version().ShouldBe(webhook.Version() + 1);
        now.AsObject().ContainsKey("secret").ShouldBeFalse();

        using var old = await app.Coordinator.Patch(path, """{"format": "text"}""", shown.ETag());
        (await old.ShouldBeProblem(412))["current"]!.Text("format").ShouldBe("json");
        using var unconditional = await app.Coordinator.Patch(path, """{"format": "text"}""", ifMatch: null);
        await unconditional.ShouldBeProblem(428);

        using var deleted = await app.Coordinator.Send(HttpMethod.Delete, path, ifMatch: changed.ETag());
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var gone = await app.Coordinator.GetAsync(path);
        await gone.ShouldBeProblem(404);
    }

    [Test]
    public async Task A_webhook_can_be_disabled_and_enabled_again()
    {
        using var app = new App(settings: TestReceiver.Settings);
        var webhook = await app.Coordinator.AddWebhook("http://127.0.0.1:9/", "stance.changed");
        var path = $"/v1/webhooks/{webhook.Text("id")}";
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var off = await app.Coordinator.Patch(path, """{"enabled": false}""");
        var disabled = await off.Json();
        disabled.Flag("enabled").ShouldBe(false);
        disabled.Moment("disabledAt").ShouldBe(app.Clock.GetUtcNow());
        disabled.Text("disabledReason").ShouldBe("by-user");
        // Another field does not enable it, and does not change since when it is disabled.
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var other = await app.Coordinator.Patch(path, """{"format": "text"}""");
        (await other.Json()).Moment("disabledAt").ShouldBe(disabled.Moment("disabledAt"));
        using var on = await app.Coordinator.Patch(path, """{"enabled": true}""");
        var enabled = await on.Json();
        (enabled.Flag("enabled"), enabled.Text("disabledAt"), enabled.Text("disabledReason")).ShouldBe(
            (true, null, null)
        );
    }

    [Test]
    public async Task There_are_at_most_100_webhooks()
    {
        using var app = new App(settings: TestReceiver.Settings);
        for (var i = 0; i < 100; i++)
        {
            await app.Coordinator.AddWebhook($"http://127.0.0.1:9/{i}", "stance.changed");
        }
        using var more = await app.Coordinator.PostAsJsonAsync(
            "/v1/webhooks",
            new { url = "http://127.0.0.1:9/100", events = (string[])["stance.changed"] }
        );
        (await more.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/too-many-webhooks");
        (await app.Coordinator.GetPages("/v1/webhooks?limit=40", 40)).Count.ShouldBe(100);
    }

    [AnyEngine]
    [TestCase("""{}""", "url", "events")]
    [TestCase("""{"url": "http://127.0.0.1:9/", "events": []}""", "events")]
    [TestCase("""{"url": "http://127.0.0.1:9/", "events": [null]}""", "events")]
    [TestCase("""{"url": "http://127.0.0.1:9/", "events": ["stance.removed"]}""", "events[0]")]
    [TestCase("""{"url": "http://127.0.0.1:9/", "events": ["webhook.test"]}""", "events[0]")]
    [TestCase("""{"url": "http://127.0.0.1:9/", "events": "stance.changed"}""", "events")]
    [TestCase("""{"url": "http://127.0.0.1:9/", "events": [3]}""", "events[0]")]
    [TestCase("""{"url": "http://127.0.0.1:9/", "events": ["task.overdue", "task.overdue"]}""", "events")]
    [TestCase("""{"url": "http://127.0.0.1:9/", "events": ["task.overdue"], "format": "xml"}""", "format")]
    [TestCase("""{"url": "http://127.0.0.1:9/", "events": ["task.overdue"], "secret": "whsec_a"}""", "secret")]
    [TestCase("""{"url": "http://127.0.0.1:9/", "events": ["task.overdue"], "enabled": "yes"}""", "enabled")]
    [TestCase(
        """{"url": "http://127.0.0.1:9/", "events": ["task.overdue"], "resolution": "es-99-l-1"}""",
        "resolution"
    )]
    [TestCase("""{"url": "http://127.0.0.1:9/", "events": ["task.overdue"], "resolution": ""}""", "resolution")]
    [TestCase("""{"url": 7, "events": ["task.overdue"]}""", "url")]
    [TestCase("""{"url": "not an address", "events": ["task.overdue"]}""", "url")]
    [TestCase("""{"url": "ftp://127.0.0.1/", "events": ["task.overdue"]}""", "url")]
    [TestCase("""{"url": "http://user:word@127.0.0.1:9/", "events": ["task.overdue"]}""", "url")]
    [TestCase("""{"url": "http://127.0.0.1:9/#part", "events": ["task.overdue"]}""", "url")]
    [TestCase("""{"url": "http://example.org/", "events": ["task.overdue"]}""", "url")]
    [TestCase("""{"url": "https://", "events": ["task.overdue"]}""", "url")]
    public async Task A_wrong_webhook_is_rejected_with_its_fields(string body, params string[] fields)
    {
        using var app = new App(settings: TestReceiver.Settings);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await app.Coordinator.PostAsync("/v1/webhooks", content);
        var problem = await answer.ShouldBeProblem(400, fields);
        problem["errors"]!.AsObject().Count.ShouldBe(fields.Length, problem.ToJsonString());
        (await app.Coordinator.GetItems("/v1/webhooks")).ShouldBeEmpty();
    }

    [Test]
    [AnyEngine]
    public async Task A_long_address_and_one_with_markup_are_rejected_or_stored_as_they_are()
    {
        using var app = new App(settings: TestReceiver.Settings);
        var faults = await app.Coordinator.Faults(
            "/v1/webhooks",
            new { url = $"http://127.0.0.1:9/{new string('a', 10_000)}", events = (string[])["task.overdue"] }
        );
        faults["url"].ShouldContain("2000");
        const string markup = "http://127.0.0.1:9/?q=<b>\u202E'\"";
        var webhook = await app.Coordinator.AddWebhook(markup, "task.overdue");
        webhook.Text("url").ShouldBe(markup);
    }

    [Test]
    public async Task A_lobbyist_and_a_reader_without_a_key_see_no_webhooks()
    {
        using var app = new App(settings: TestReceiver.Settings);
        var webhook = await app.Coordinator.AddWebhook("http://127.0.0.1:9/", "stance.changed");
        foreach (var path in (string[])["/v1/webhooks", $"/v1/webhooks/{webhook.Text("id")}"])
        {
            using var lobbyist = await app.Lobbyist.GetAsync(path);
            await lobbyist.ShouldBeProblem(403);
            using var anonymous = await app.Anonymous.GetAsync(path);
            await anonymous.ShouldBeProblem(401);
        }
        (await app.Admin.GetItems("/v1/webhooks")).Count.ShouldBe(1);
    }

    [Test]
    public async Task A_secret_is_in_no_response_but_the_first_and_in_no_log()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var id = await app.OpenDraft();
        var webhook = await app.Coordinator.AddWebhook($"{receiver.Url}?token=quiet", "stance.changed");
        var path = $"/v1/webhooks/{webhook.Text("id")}";
        await app.RecordStances(id, "NOR");
        await receiver.WaitFor(1);
        receiver.AnswerWith(500);
        await app.RecordStances(id, "ZAF");
        await receiver.WaitForReceived(2);
        var secret = webhook.Text("secret")!["whsec_".Length..];
        foreach (var shown in (string[])["/v1/webhooks", path, $"{path}/deliveries", "/v1/changes?limit=1000"])
        {
            (await app.Admin.GetStringAsync(shown)).ShouldNotContain(secret);
        }
        app.Log.ShouldNotBeEmpty();
        app.Log.ShouldAllBe(line => !line.Contains(secret) && !line.Contains("token=quiet"));
    }

    [Test]
    public async Task A_repeated_request_with_a_key_creates_one_webhook_with_one_secret()
    {
        using var app = new App(settings: TestReceiver.Settings);
        var secrets = new HashSet<string>();
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/webhooks")
            {
                Content = JsonContent.Create(
                    new { url = "http://127.0.0.1:9/", events = (string[])["stance.changed"] }
                ),
            };
            request.Headers.Add("Idempotency-Key", "one");
            using var answer = await app.Coordinator.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
            secrets.Add((await answer.Json()).Text("secret")!);
        }
        secrets.Count.ShouldBe(1);
        (await app.Coordinator.GetItems("/v1/webhooks")).Count.ShouldBe(1);
    }
}
