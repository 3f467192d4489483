namespace VoteTracker.Tests.Features.Webhooks;

/// <summary>Attempts, order, the end after three days, and redelivery.</summary>
[EveryEngine]
public sealed class DeliveriesTests
{
    [Test]
    public async Task After_an_hour_of_failure_a_receiver_gets_every_event_once_in_order()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var (one, other) = (await app.OpenDraft(), await app.OpenDraft(symbol: "A/ES-10/L.35"));
        var webhook = await app.Coordinator.AddWebhook(receiver.Url, "stance.changed");
        receiver.AnswerWith(503);
        string[] states = ["NOR", "ZAF", "BRA", "KEN", "CHL", "PER"];
        for (var i = 0; i < states.Length; i++)
        {
            await app.RecordStances(one, states[i]);
            await app.RecordStances(other, states[i]);
            await app.WaitUntilNothingIsDue(webhook, deliveries: 2 * (i + 1));
            app.Clock.Advance(TimeSpan.FromMinutes(10));
        }
        // The first of each resolution is attempted; the later ones wait for it.
        await receiver.WaitForReceived(4);
        receiver
            .Received.Select(m => $"{m.Data.Text("resolution")} {m.Data.Text("memberState")}")
            .Distinct()
            .ShouldBeInAnyOrder([$"{one} NOR", $"{other} NOR"]);
        receiver.AnswerWith(204);
        for (var hours = 0; hours < 4 && receiver.Accepted.Count < 12; hours++)
        {
            await app.WaitUntilNothingIsDue(webhook, deliveries: 12);
            app.Clock.Advance(TimeSpan.FromHours(1));
        }
        await app.WaitUntilNothingIsDue(webhook, deliveries: 12);
        (await app.Coordinator.Deliveries(webhook, "&status=delivered")).Count.ShouldBe(12);
        foreach (var id in (string[])[one, other])
        {
            receiver
                .Accepted.Where(m => m.Data.Text("resolution") == id)
                .Select(m => m.Data.Text("memberState"))
                .ShouldBe(states);
        }
        receiver.Accepted.Select(m => m.Id).Distinct().Count().ShouldBe(12);
        var first = receiver.Received.First();
        receiver
            .Received.Where(m => m.Data.ToJsonString() == first.Data.ToJsonString())
            .Select(m => m.Id)
            .Distinct()
            .ShouldHaveSingleItem();
    }

    [Test]
    public async Task Other_resolutions_and_other_receivers_go_on_while_one_fails()
    {
        await using var broken = await TestReceiver.Start();
        await using var working = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var (one, other) = (await app.OpenDraft(), await app.OpenDraft(symbol: "A/ES-10/L.35"));
        broken.Answer = async http =>
        {
            http.Request.Headers.TryGetValue("webhook-id", out _).ShouldBeTrue();
            var last = broken.Received.Last();
            http.Response.StatusCode = last.Data.Text("resolution") == one ? 500 : 200;
            await Task.CompletedTask;
        };
        await app.Coordinator.AddWebhook(broken.Url, "stance.changed");
        await app.Coordinator.AddWebhook(working.Url, "stance.changed");
        await app.RecordStances(one, "NOR");
        await broken.WaitForReceived(1);
        await app.RecordStances(one, "ZAF");
        await app.RecordStances(other, "NOR", "ZAF");
        (await broken.WaitFor(2)).Select(m => m.Data.Text("resolution")).ShouldBe([other, other]);
        (await working.WaitFor(4)).Count.ShouldBe(4);
        broken.Received.Count(m => m.Data.Text("resolution") == one).ShouldBe(1);
    }

    [Test]
    public async Task After_three_days_of_failure_the_webhook_is_disabled_and_says_so()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var id = await app.OpenDraft();
        var webhook = await app.Coordinator.AddWebhook(receiver.Url, "stance.changed");
        var path = $"/v1/webhooks/{webhook.Text("id")}";
        receiver.AnswerWith(500);
        await app.RecordStances(id, "NOR", "ZAF");
        await app.WaitUntilNothingIsDue(webhook, deliveries: 2);
        var begun = app.Clock.GetUtcNow();
        await TestReceiver.Until(
            async () =>
            {
                await app.WaitUntilNothingIsDue(webhook, deliveries: 2);
                app.Clock.Advance(TimeSpan.FromMinutes(30));
                return (await app.Coordinator.GetJson(path)).Flag("enabled") == false;
            },
            () => $"{receiver.Received.Count} attempts"
        );
        var disabled = await app.Coordinator.GetJson(path);
        disabled.Text("disabledReason").ShouldBe("failing");
        disabled.Text("changedBy").ShouldBe("service");
        disabled.Version().ShouldBe(webhook.Version() + 1);
        (disabled.Moment("disabledAt") - begun).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromDays(3));
        receiver.Received.Select(m => m.Data.Text("memberState")).Distinct().ShouldBe(["NOR"]);
        var attempts = (await app.Coordinator.Deliveries(webhook))[0].Int("attempts");
        attempts.ShouldBe(receiver.Received.Count);
        await app.Coordinator.WaitForDeliveries(webhook, $"failed {attempts}", "failed 0");

        // Events of this time are not sent later.
        receiver.AnswerWith(200);
        await app.RecordStances(id, "BRA");
        using var early = await app.Coordinator.PostAsync($"{path}/redeliver", content: null);
        (await early.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/webhook-disabled");
        (await app.Coordinator.Patch(path, """{"enabled": true}""")).EnsureSuccessStatusCode();
        await app.RecordStances(id, "KEN");
        (await receiver.WaitFor(1)).Single().Data.Text("memberState").ShouldBe("KEN");
        using var again = await app.Coordinator.PostAsync($"{path}/redeliver", content: null);
        (await again.Json()).Int("deliveries").ShouldBe(2);
        (await receiver.WaitFor(3)).Select(m => m.Data.Text("memberState")).ShouldBe(["KEN", "NOR", "ZAF"]);
        await app.Coordinator.WaitForDeliveries(webhook, $"delivered {attempts + 1}", "delivered 1", "delivered 1");
    }

    [Test]
    public async Task A_receiver_that_wants_no_more_events_is_disabled_at_once()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var id = await app.OpenDraft();
        var webhook = await app.Coordinator.AddWebhook(receiver.Url, "stance.changed");
        receiver.AnswerWith(410);
        await app.RecordStances(id, "NOR");
        await app.Coordinator.WaitForDeliveries(webhook, "failed 1");
        (await app.Coordinator.GetJson($"/v1/webhooks/{webhook.Text("id")}")).Text("disabledReason").ShouldBe("gone");
    }

    [Test]
    public async Task A_receiver_says_when_it_can_be_attempted_again_up_to_an_hour()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var id = await app.OpenDraft();
        var webhook = await app.Coordinator.AddWebhook(receiver.Url, "stance.changed");
        receiver.Answer = http =>
        {
            http.Response.StatusCode = 429;
            http.Response.Headers.RetryAfter = "600";
            return Task.CompletedTask;
        };
        await app.RecordStances(id, "NOR");
        var delivery = (await app.Coordinator.WaitForDeliveries(webhook, "pending 1")).Single();
        (delivery.Moment("nextAttemptAt") - delivery.Moment("lastAttemptAt")).ShouldBe(TimeSpan.FromMinutes(10));
        (delivery.IntOrNull("lastStatus"), delivery.Text("lastFault")).ShouldBe((429, "status"));
        app.Clock.Advance(TimeSpan.FromMinutes(9));
        await Task.Delay(300);
        receiver.Received.Count.ShouldBe(1);
        receiver.Answer = http =>
        {
            http.Response.StatusCode = 503;
            http.Response.Headers.RetryAfter = "1000000";
            return Task.CompletedTask;
        };
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        delivery = (await app.Coordinator.WaitForDeliveries(webhook, "pending 2")).Single();
        (delivery.Moment("nextAttemptAt") - delivery.Moment("lastAttemptAt")).ShouldBe(TimeSpan.FromHours(1));
    }

    [Test]
    public async Task Deliveries_are_listed_for_thirty_days()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var id = await app.OpenDraft();
        var webhook = await app.Coordinator.AddWebhook(receiver.Url, "stance.changed");
        await app.RecordStances(id, "NOR");
        await app.Coordinator.WaitForDeliveries(webhook, "delivered 1");
        app.Clock.Advance(TimeSpan.FromDays(29));
        await app.RecordStances(id, "ZAF");
        await app.Coordinator.WaitForDeliveries(webhook, "delivered 1", "delivered 1");
        app.Clock.Advance(TimeSpan.FromDays(2));
        await app.Coordinator.WaitForDeliveries(webhook, "delivered 1");
        (await app.Coordinator.Deliveries(webhook)).Single().Text("event").ShouldBe(receiver.Accepted.Last().Id);
    }
}
