using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Webhooks;

/// <summary>Which events a receiver gets, and what they say.</summary>
[EveryEngine]
public sealed class WebhookEventsTests
{
    [Test]
    public async Task A_changed_stance_is_sent_with_ids_alone()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var id = await app.OpenDraft();
        await app.RecordStances(id, "ZAF");
        var webhook = await app.Coordinator.AddWebhook(receiver.Url, "stance.changed");
        await app.RecordStances(id, "NOR");
        var message = (await receiver.WaitFor(1)).Single();
        message.Id.ShouldMatch("^msg_[a-z0-9]{24}$");
        message.IsSignedWith(webhook.Text("secret")!).ShouldBeTrue();
        message.IsSignedWith($"whsec_{Convert.ToBase64String(new byte[32])}").ShouldBeFalse();
        message.Timestamp.ShouldBe($"{app.Clock.GetUtcNow().ToUnixTimeSeconds()}");
        message
            .Json.ToJsonString()
            .ShouldBe(
                $$$"""{"type":"stance.changed","timestamp":"2026-11-21T15:00:00.002Z","data":{"resolution":"{{{id}}}","version":3,"memberState":"NOR","link":"/v1/resolutions/{{{id}}}/stances/NOR"}}"""
            );
        var delivery = (await app.Coordinator.WaitForDeliveries(webhook, "delivered 1")).Single();
        (
            delivery.Text("event"),
            delivery.Text("type"),
            delivery.Text("resolution"),
            delivery.IntOrNull("lastStatus")
        ).ShouldBe((message.Id, "stance.changed", id, 200));
    }

    [Test]
    public async Task A_public_position_is_part_of_the_event()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var id = await app.OpenDraft(new { visibility = "positions" });
        await app.Coordinator.AddWebhook(receiver.Url, "stance.changed");
        await app.RecordStances(id, "NOR");
        (await receiver.WaitFor(1)).Single().Data.Text("position").ShouldBe("yes");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        (
            await app.Coordinator.Patch($"/v1/resolutions/{id}", """{"visibility": "private"}""")
        ).EnsureSuccessStatusCode();
        await app.RecordStances(id, "ZAF");
        (await receiver.WaitFor(2))[1].Data.AsObject().ContainsKey("position").ShouldBeFalse();
    }

    [Test]
    public async Task A_state_that_signs_is_sent_once_for_each_signature()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var id = await app.OpenDraft();
        await app.Coordinator.AddWebhook(receiver.Url, "co-sponsor.signed");
        using var lobbyist = app.Lobbyist;
        foreach (var status in (string[])["committed", "signed", "signed", "withdrawn", "signed"])
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            (
                await lobbyist.Put($"/v1/resolutions/{id}/co-sponsors/NOR", new { status, role = "main" })
            ).EnsureSuccessStatusCode();
        }
        (await receiver.WaitFor(2))
            .Select(m => $"{m.Short} {m.Data.Text("memberState")}")
            .ShouldBe(["co-sponsor.signed 3 NOR", "co-sponsor.signed 6 NOR"]);
    }

    [Test]
    public async Task A_task_is_overdue_once_at_midnight_in_New_York()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var id = await app.OpenDraft();
        await app.Lobbyist.Add("/v1/tasks", new { what = "Quiet words", dueOn = "2026-11-20" });
        var webhook = await app.Coordinator.AddWebhook(receiver.Url, "task.overdue");
        var task = await app.Lobbyist.Add(
            "/v1/tasks",
            new
            {
                what = "Quiet words",
                dueOn = "2026-11-21",
                memberState = "NOR",
                resolution = id,
            }
        );
        var done = await app.Lobbyist.Add("/v1/tasks", new { what = "Quiet words", dueOn = "2026-11-21" });
        (
            await app.Lobbyist.Patch($"/v1/tasks/{done.Int("id")}", """{"doneOn": "2026-11-21"}""")
        ).EnsureSuccessStatusCode();
        await app.Lobbyist.Add("/v1/tasks", new { what = "Quiet words", dueOn = "2026-11-22" });
        app.Clock.Advance(TimeSpan.FromHours(13.9));
        await Task.Delay(300);
        receiver.Received.ShouldBeEmpty();
        app.Clock.Advance(TimeSpan.FromHours(0.2));
        var message = (await receiver.WaitFor(1)).Single();
        message
            .Json.ToJsonString()
            .ShouldBe(
                $$$"""{"type":"task.overdue","timestamp":"2026-11-22T05:00:00Z","data":{"task":{{{task.Int("id")}}},"resolution":"{{{id}}}","memberState":"NOR","link":"/v1/tasks/{{{task.Int("id")}}}"}}"""
            );
        // The clock also ends attempts, so none may be running.
        await app.Coordinator.WaitForDeliveries(webhook, "delivered 1");
        app.Clock.Advance(TimeSpan.FromDays(1));
        (await receiver.WaitFor(2))[1].Data.ToJsonString().ShouldNotContain("memberState");
        await app.Coordinator.WaitForDeliveries(webhook, "delivered 1", "delivered 1");
        app.Clock.Advance(TimeSpan.FromDays(1));
        await Task.Delay(300);
        receiver.Received.Count.ShouldBe(2);
    }

    [Test]
    public async Task A_task_of_a_confidential_engagement_does_not_name_the_state()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        await app.Coordinator.AddWebhook(receiver.Url, "task.overdue");
        await app.Lobbyist.Add(
            "/v1/engagements",
            DeskRequests.Meeting(
                new { confidential = true, tasks = new[] { new { what = "Quiet words", dueOn = "2026-11-21" } } }
            )
        );
        app.Clock.Advance(TimeSpan.FromHours(15));
        var message = (await receiver.WaitFor(1)).Single();
        message.Body.ShouldNotContain("NOR");
        message.Body.ShouldNotContain("Quiet");
    }

    [Test]
    public async Task A_mention_is_sent_without_the_label_and_the_text()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        using var zoe = await app.Member("Zoe");
        var id = await app.OpenDraft();
        await app.Coordinator.AddWebhook(receiver.Url, "mention.created");
        var path = $"/v1/resolutions/{id}/stances/NOR/comments";
        await app.Lobbyist.Add(path, new { text = "Nobody is mentioned" });
        var comment = await app.Lobbyist.Add(path, new { text = "@Zoe quiet words" });
        var second = await app.Lobbyist.Add(path, new { text = "@Zoe more" });
        var messages = await receiver.WaitFor(2);
        messages.Select(m => m.Data.Int("comment")).ShouldBe([comment.Int("id"), second.Int("id")]);
        messages[0]
            .Data.ToJsonString()
            .ShouldBe(
                $$"""{"resolution":"{{id}}","memberState":"NOR","comment":{{comment.Int("id")}},"link":"{{path}}"}"""
            );
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        (await app.Coordinator.DeleteAsync($"{path}/{second.Int("id")}")).EnsureSuccessStatusCode();
        await app.Lobbyist.Add(path, new { text = "@Zoe again" });
        (await receiver.WaitFor(3)).Count.ShouldBe(3);
    }

    [Test]
    public async Task Chat_gets_one_sentence_with_the_address_of_a_page()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: new(TestReceiver.Settings) { ["PublicUrl"] = "https://votes.example.org/" });
        var id = await app.OpenDraft(new { visibility = "positions" });
        var webhook = await app.Coordinator.Add(
            "/v1/webhooks",
            new
            {
                url = receiver.Url,
                events = (string[])["stance.changed", "threshold.crossed", "co-sponsor.signed"],
                format = "text",
            }
        );
        await app.RecordStances(id, "NOR");
        var messages = await receiver.WaitFor(2);
        messages
            .Select(m => m.Json.ToJsonString())
            .ShouldBe([
                $$"""{"text":"{{id}}: the stance of Norway changed to yes. https://votes.example.org/resolutions/{{id}}"}""",
                $$"""{"text":"{{id}}: the majority is reached. https://votes.example.org/resolutions/{{id}}"}""",
            ]);
        messages.ShouldAllBe(m => m.IsSignedWith(webhook.Text("secret")!));
    }

    [Test]
    public async Task A_webhook_of_one_resolution_gets_only_its_events()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var (one, other) = (await app.OpenDraft(), await app.OpenDraft(symbol: "A/ES-10/L.35"));
        await app.Coordinator.Add(
            "/v1/webhooks",
            new
            {
                url = receiver.Url,
                events = (string[])["stance.changed"],
                resolution = one,
            }
        );
        await app.RecordStances(other, "NOR");
        await app.RecordStances(one, "ZAF");
        (await receiver.WaitFor(1)).Single().Data.Text("resolution").ShouldBe(one);
    }

    [Test]
    public async Task A_new_webhook_gets_no_earlier_events_and_a_disabled_one_none()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var id = await app.OpenDraft();
        var first = await app.Coordinator.AddWebhook(receiver.Url, "stance.changed");
        await app.RecordStances(id, "NOR");
        await receiver.WaitFor(1);
        (
            await app.Coordinator.Patch($"/v1/webhooks/{first.Text("id")}", """{"enabled": false}""")
        ).EnsureSuccessStatusCode();
        await app.RecordStances(id, "ZAF");
        await app.Coordinator.AddWebhook($"{receiver.Url}2", "stance.changed");
        await app.RecordStances(id, "BRA");
        (await receiver.WaitFor(2))[1].Data.Text("memberState").ShouldBe("BRA");
        (
            await app.Coordinator.Patch($"/v1/webhooks/{first.Text("id")}", """{"enabled": true}""")
        ).EnsureSuccessStatusCode();
        await app.RecordStances(id, "KEN");
        (await receiver.WaitFor(4)).Select(m => m.Data.Text("memberState")).ShouldBe(["NOR", "BRA", "KEN", "KEN"]);
    }
}
