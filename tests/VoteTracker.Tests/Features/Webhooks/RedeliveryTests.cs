using System.Net;
using System.Net.Http.Json;

namespace VoteTracker.Tests.Features.Webhooks;

/// <summary>Deliveries that are sent again, tests, and changes of a webhook while deliveries wait.</summary>
[EveryEngine]
public sealed class RedeliveryTests
{
    [Test]
    public async Task A_delivery_is_sent_again_on_request_with_the_same_id()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var id = await app.OpenDraft();
        var webhook = await app.Coordinator.AddWebhook(receiver.Url, "stance.changed");
        await app.RecordStances(id, "NOR");
        var delivery = (await app.Coordinator.WaitForDeliveries(webhook, "delivered 1")).Single();
        var path = $"/v1/webhooks/{webhook.Text("id")}/deliveries/{delivery.Int("id")}/redeliver";
        using var again = await app.Coordinator.PostAsync(path, content: null);
        (await again.Json()).Text("status").ShouldBe("pending");
        (await receiver.WaitFor(2)).Select(m => m.Id).Distinct().ShouldHaveSingleItem();
        await app.Coordinator.WaitForDeliveries(webhook, "delivered 2");

        // A pending one is attempted at once.
        receiver.AnswerWith(500);
        await app.RecordStances(id, "ZAF");
        await app.Coordinator.WaitForDeliveries(webhook, "delivered 2", "pending 1");
        receiver.AnswerWith(200);
        var second = (await app.Coordinator.Deliveries(webhook))[1];
        using var now = await app.Coordinator.PostAsync(
            $"/v1/webhooks/{webhook.Text("id")}/deliveries/{second.Int("id")}/redeliver",
            content: null
        );
        now.EnsureSuccessStatusCode();
        await app.Coordinator.WaitForDeliveries(webhook, "delivered 2", "delivered 2");

        using var none = await app.Coordinator.PostAsync(
            $"/v1/webhooks/{webhook.Text("id")}/deliveries/999/redeliver",
            content: null
        );
        await none.ShouldBeProblem(404);
        var other = await app.Coordinator.AddWebhook(receiver.Url, "stance.changed");
        using var foreign = await app.Coordinator.PostAsync(
            $"/v1/webhooks/{other.Text("id")}/deliveries/{delivery.Int("id")}/redeliver",
            content: null
        );
        await foreign.ShouldBeProblem(404);
    }

    [Test]
    public async Task Only_the_failed_deliveries_since_a_moment_are_sent_again()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var id = await app.OpenDraft();
        var webhook = await app.Coordinator.AddWebhook(receiver.Url, "stance.changed");
        var path = $"/v1/webhooks/{webhook.Text("id")}";
        receiver.AnswerWith(500);
        await app.RecordStances(id, "NOR");
        await app.Coordinator.WaitForDeliveries(webhook, "pending 1");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.RecordStances(id, "ZAF");
        await app.Coordinator.WaitForDeliveries(webhook, "pending 1", "pending 0");
        var since = app.Clock.GetUtcNow();
        (await app.Coordinator.Patch(path, """{"enabled": false}""")).EnsureSuccessStatusCode();
        (await app.Coordinator.Patch(path, """{"enabled": true}""")).EnsureSuccessStatusCode();
        await app.Coordinator.WaitForDeliveries(webhook, "failed 1", "failed 0");
        (await app.Coordinator.Deliveries(webhook, "&status=failed")).Count.ShouldBe(2);
        (await app.Coordinator.Deliveries(webhook, "&status=pending")).ShouldBeEmpty();
        receiver.AnswerWith(200);
        using var again = await app.Coordinator.PostAsJsonAsync($"{path}/redeliver", new { since });
        (await again.Json()).Int("deliveries").ShouldBe(1);
        (await receiver.WaitFor(1)).Single().Data.Text("memberState").ShouldBe("ZAF");
        using var future = await app.Coordinator.PostAsJsonAsync(
            $"{path}/redeliver",
            new { since = since.AddHours(1) }
        );
        await future.ShouldBeProblem(400, "since");
    }

    [Test]
    public async Task Pending_deliveries_go_to_the_new_address_at_once()
    {
        await using var old = await TestReceiver.Start();
        await using var newer = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var id = await app.OpenDraft();
        var webhook = await app.Coordinator.AddWebhook(old.Url, "stance.changed");
        old.AnswerWith(500);
        await app.RecordStances(id, "NOR", "ZAF");
        await app.Coordinator.WaitForDeliveries(webhook, "pending 1", "pending 0");
        (
            await app.Coordinator.Patch(
                $"/v1/webhooks/{webhook.Text("id")}",
                $$"""{"url": "{{newer.Url}}", "format": "text"}"""
            )
        ).EnsureSuccessStatusCode();
        (await newer.WaitFor(2)).Select(m => m.Json.Text("text")!.Contains("Norway")).ShouldBe([true, false]);
    }

    [Test]
    public async Task A_deleted_webhook_gets_nothing_more()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var id = await app.OpenDraft();
        var webhook = await app.Coordinator.AddWebhook(receiver.Url, "stance.changed");
        receiver.AnswerWith(500);
        await app.RecordStances(id, "NOR", "ZAF");
        await app.Coordinator.WaitForDeliveries(webhook, "pending 1", "pending 0");
        (await app.Coordinator.Send(HttpMethod.Delete, $"/v1/webhooks/{webhook.Text("id")}")).EnsureSuccessStatusCode();
        // The sender sees the deletion within a moment.
        await Task.Delay(300);
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.RecordStances(id, "BRA");
        await Task.Delay(300);
        receiver.Received.Count.ShouldBe(1);
        using var list = await app.Coordinator.GetAsync($"/v1/webhooks/{webhook.Text("id")}/deliveries");
        await list.ShouldBeProblem(404);
    }

    [Test]
    public async Task A_test_is_sent_at_once_and_shows_its_result()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var webhook = await app.Coordinator.AddWebhook(receiver.Url, "stance.changed");
        var path = $"/v1/webhooks/{webhook.Text("id")}/test";
        using var good = await app.Coordinator.PostAsync(path, content: null);
        good.StatusCode.ShouldBe(HttpStatusCode.OK);
        var delivery = await good.Json();
        (delivery.Text("type"), delivery.Text("status"), delivery.IntOrNull("lastStatus")).ShouldBe(
            ("webhook.test", "delivered", 200)
        );
        var message = (await receiver.WaitFor(1)).Single();
        message.Id.ShouldBe(delivery.Text("event"));
        message.Data.Text("webhook").ShouldBe(webhook.Text("id"));
        message.IsSignedWith(webhook.Text("secret")!).ShouldBeTrue();

        receiver.AnswerWith(404);
        using var bad = await app.Coordinator.PostAsync(path, content: null);
        delivery = await bad.Json();
        (delivery.Text("status"), delivery.IntOrNull("lastStatus"), delivery.Text("lastFault")).ShouldBe(
            ("failed", 404, "status")
        );
        await app.Coordinator.WaitForDeliveries(webhook, "delivered 1", "failed 1");
        receiver.Received.Count.ShouldBe(2);
        // It is sent to a disabled webhook too, so that a repair can be checked.
        receiver.AnswerWith(200);
        (
            await app.Coordinator.Patch($"/v1/webhooks/{webhook.Text("id")}", """{"enabled": false}""")
        ).EnsureSuccessStatusCode();
        using var disabled = await app.Coordinator.PostAsync(path, content: null);
        (await disabled.Json()).Text("status").ShouldBe("delivered");
    }

    [Test]
    public async Task A_test_that_is_sent_again_is_posted_once_and_does_not_disable_the_webhook()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var webhook = await app.Coordinator.AddWebhook(receiver.Url, "stance.changed");
        var path = $"/v1/webhooks/{webhook.Text("id")}";
        receiver.AnswerWith(410);
        using var test = await app.Coordinator.PostAsync($"{path}/test", content: null);
        var id = (await test.Json()).Int("id");
        using var all = await app.Coordinator.PostAsync($"{path}/redeliver", content: null);
        (await all.Json()).Int("deliveries").ShouldBe(0);
        using var again = await app.Coordinator.PostAsync($"{path}/deliveries/{id}/redeliver", content: null);
        var delivery = await again.Json();
        (delivery.Text("status"), delivery.Int("attempts"), delivery.IntOrNull("lastStatus")).ShouldBe(
            ("failed", 2, 410)
        );
        await Task.Delay(300);
        receiver.Received.Count.ShouldBe(2);
        receiver.Received.Select(m => m.Id).Distinct().ShouldHaveSingleItem();
        (await app.Coordinator.GetJson(path)).Flag("enabled").ShouldBe(true);

        receiver.AnswerWith(200);
        (await app.Coordinator.Patch(path, """{"enabled": false}""")).EnsureSuccessStatusCode();
        using var last = await app.Coordinator.PostAsync($"{path}/deliveries/{id}/redeliver", content: null);
        delivery = await last.Json();
        (delivery.Text("status"), delivery.Int("attempts"), delivery.Text("lastFault")).ShouldBe(
            ("delivered", 3, null)
        );
    }

    [Test]
    public async Task The_attempts_are_counted_on_and_the_waits_begin_again_when_a_delivery_is_sent_again()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var id = await app.OpenDraft();
        var webhook = await app.Coordinator.AddWebhook(receiver.Url, "stance.changed");
        var path = $"/v1/webhooks/{webhook.Text("id")}";
        receiver.AnswerWith(500);
        await app.RecordStances(id, "NOR");
        await app.Coordinator.WaitForDeliveries(webhook, "pending 1");
        app.Clock.Advance(TimeSpan.FromSeconds(6));
        var delivery = (await app.Coordinator.WaitForDeliveries(webhook, "pending 2")).Single();
        using var again = await app.Coordinator.PostAsync(
            $"{path}/deliveries/{delivery.Int("id")}/redeliver",
            content: null
        );
        (await again.Json()).Int("attempts").ShouldBe(2);
        delivery = (await app.Coordinator.WaitForDeliveries(webhook, "pending 3")).Single();
        (delivery.Moment("nextAttemptAt") - delivery.Moment("lastAttemptAt")).ShouldBeLessThan(TimeSpan.FromSeconds(6));
        // A failed one says how often it was attempted.
        (await app.Coordinator.Patch(path, """{"enabled": false}""")).EnsureSuccessStatusCode();
        await app.Coordinator.WaitForDeliveries(webhook, "failed 3");
    }

    [Test]
    public async Task Both_secrets_sign_until_the_end_of_a_rotation()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var webhook = await app.Coordinator.AddWebhook(receiver.Url, "stance.changed");
        var path = $"/v1/webhooks/{webhook.Text("id")}";
        using var unconditional = await app.Coordinator.PostAsync($"{path}/rotate-secret", content: null);
        await unconditional.ShouldBeProblem(428);
        using var rotated = await app.Coordinator.Send(
            HttpMethod.Post,
            $"{path}/rotate-secret",
            new { overlapHours = 2 }
        );
        var newer = await rotated.Json();
        newer.Moment("oldSecretUntil").ShouldBe(app.Clock.GetUtcNow().AddHours(2));
        newer.Text("secret").ShouldNotBe(webhook.Text("secret"));
        async Task<ReceivedMessage> Send()
        {
            (await app.Coordinator.PostAsync($"{path}/test", content: null)).EnsureSuccessStatusCode();
            return receiver.Accepted.Last();
        }
        var both = await Send();
        both.Signature.Split(' ').Length.ShouldBe(2);
        (both.IsSignedWith(newer.Text("secret")!), both.IsSignedWith(webhook.Text("secret")!)).ShouldBe((true, true));
        app.Clock.Advance(TimeSpan.FromHours(2));
        var one = await Send();
        (one.IsSignedWith(newer.Text("secret")!), one.IsSignedWith(webhook.Text("secret")!)).ShouldBe((true, false));
        using var wrong = await app.Coordinator.Send(
            HttpMethod.Post,
            $"{path}/rotate-secret",
            new { overlapHours = 169 }
        );
        await wrong.ShouldBeProblem(400, "overlapHours");
        using var atOnce = await app.Coordinator.Send(
            HttpMethod.Post,
            $"{path}/rotate-secret",
            new { overlapHours = 0 }
        );
        (await atOnce.Json()).Text("oldSecretUntil").ShouldBeNull();
        (await Send()).Signature.Split(' ').Length.ShouldBe(1);
    }
}
