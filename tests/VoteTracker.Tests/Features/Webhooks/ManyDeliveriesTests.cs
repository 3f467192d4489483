using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Webhooks;

/// <summary>Many deliveries are changed and deleted some at a time, so that other writes are not delayed.</summary>
[EveryEngine]
public sealed class ManyDeliveriesTests
{
    [Test]
    public async Task The_deliveries_of_a_deleted_webhook_are_deleted_within_an_hour()
    {
        using var app = new App(settings: Settings);
        var webhook = await AddDeliveries(app, 4_100, "pending");
        var other = await AddDeliveries(app, 3, "failed");
        (await app.Coordinator.Send(HttpMethod.Delete, $"/v1/webhooks/{webhook.Text("id")}")).EnsureSuccessStatusCode();
        (await Count(app)).ShouldBe(4_103, "one write must not delete them all");
        using var gone = await app.Coordinator.GetAsync($"/v1/webhooks/{webhook.Text("id")}/deliveries");
        await gone.ShouldBeProblem(404);
        app.Clock.Advance(TimeSpan.FromHours(1));
        await TestReceiver.Until(async () => await Count(app) == 3, () => "The deliveries are not deleted.");
        (await app.Coordinator.Deliveries(other)).Count.ShouldBe(3);
    }

    [Test]
    public async Task An_old_delivery_that_is_pending_keeps_no_others()
    {
        using var app = new App(settings: Settings);
        var webhook = await AddDeliveries(app, 1, "pending");
        await AddDeliveries(app, 6_000, "failed", webhook);
        app.Clock.Jump(TimeSpan.FromDays(30));
        await AddDeliveries(app, 2, "delivered", webhook);
        app.Clock.Advance(TimeSpan.FromHours(1));
        await TestReceiver.Until(async () => await Count(app) == 3, () => "The old deliveries are not deleted.");
        (await app.Coordinator.Deliveries(webhook))
            .Select(d => d.Text("status"))
            .ShouldBe(["pending", "delivered", "delivered"]);
    }

    [Test]
    public async Task Many_failed_deliveries_are_sent_again_2000_at_a_time()
    {
        using var app = new App(settings: Settings);
        var webhook = await AddDeliveries(app, 2_003, "failed");
        foreach (var expected in (int[])[2_000, 3, 0])
        {
            using var again = await app.Coordinator.PostAsJsonAsync(
                $"/v1/webhooks/{webhook.Text("id")}/redeliver",
                new { }
            );
            (await again.Json()).Int("deliveries").ShouldBe(expected);
        }
        (await CountPending(app)).ShouldBe(2_003);
    }

    [Test]
    public async Task Enabling_a_webhook_ends_many_pending_deliveries_some_at_a_time()
    {
        using var app = new App(settings: Settings);
        var webhook = await AddDeliveries(app, 4_500, "pending");
        var path = $"/v1/webhooks/{webhook.Text("id")}";
        (await app.Coordinator.Patch(path, """{"enabled": false}""")).EnsureSuccessStatusCode();
        var commits = 0;
        app.Services.GetRequiredService<CommitFeed>().Committed += _ => Interlocked.Increment(ref commits);
        (await app.Coordinator.Patch(path, """{"format": "text"}""")).EnsureSuccessStatusCode();
        commits.ShouldBe(1);
        (await app.Coordinator.Patch(path, """{"enabled": true}""")).EnsureSuccessStatusCode();
        commits.ShouldBe(1 + 3, "twice 2,000, and the rest with the change");
        (await CountPending(app)).ShouldBe(0);
        (await Count(app)).ShouldBe(4_500);
    }

    // Nothing is sent, so that the deliveries stay as they are.
    private static Dictionary<string, string> Settings
    {
        get
        {
            var settings = TestReceiver.Settings;
            settings["SendWebhooks"] = "false";
            return settings;
        }
    }

    // Creates a webhook if there is none yet, and inserts deliveries of one event.
    private static async Task<JsonNode> AddDeliveries(App app, int count, string status, JsonNode? webhook = null)
    {
        webhook ??= await app.Coordinator.AddWebhook("http://127.0.0.1:9/", "stance.changed");
        var id = webhook.Text("id");
        await app
            .Services.GetRequiredService<Db>()
            .Write(async write =>
            {
                await write.Connection.ExecuteAsync(
                    """
                    INSERT INTO webhook_event (name, type, payload, line, at) VALUES ('msg_a', 'stance.changed', '{}', '', @Now)
                    """,
                    new { write.Now }
                );
                return await write.Connection.ExecuteAsync(
                    """
                    INSERT INTO webhook_delivery (webhook, event, lane, status, attempts, tries, created_at)
                    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @count)
                    SELECT w.id, (SELECT MAX(number) FROM webhook_event), '', @status, 0, 0, @Now
                    FROM n
                    JOIN webhook w ON w.id = @id
                    """,
                    new
                    {
                        id,
                        count,
                        status,
                        write.Now,
                    }
                );
            });
        return webhook;
    }

    private static Task<long> Count(App app) =>
        app
            .Services.GetRequiredService<Db>()
            .Read(connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM webhook_delivery"));

    private static Task<long> CountPending(App app) =>
        app
            .Services.GetRequiredService<Db>()
            .Read(connection =>
                connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM webhook_delivery WHERE status = 'pending'")
            );
}
