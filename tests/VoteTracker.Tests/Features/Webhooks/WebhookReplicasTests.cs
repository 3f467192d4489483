using Dapper;
using VoteTracker.Tests.Features.Engagements;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.Webhooks;

/// <summary>Webhooks with several replicas on one PostgreSQL database, and while its connections end.</summary>
[OnlyPostgres]
public sealed class WebhookReplicasTests
{
    [Test]
    public async Task One_replica_sends_and_the_other_takes_over_when_it_ends()
    {
        await using var receiver = await TestReceiver.Start();
        using var folder = new Folder();
        var one = new App(settings: TestReceiver.Settings, folder: folder, hasOtherWriters: true);
        try
        {
            using var other = new App(settings: TestReceiver.Settings, folder: folder, hasOtherWriters: true);
            var id = await one.OpenDraft();
            var webhook = await one.Coordinator.AddWebhook(receiver.Url, "stance.changed", "mention.created");
            await one.RecordStances(id, "NOR");
            await receiver.WaitFor(1);
            // A stance is notified of at once, a comment is found within a second.
            await other.RecordStances(id, "ZAF");
            await receiver.WaitFor(2);
            other.Clock.Advance(TimeSpan.FromSeconds(6));
            using var zoe = await other.Member("Zoe");
            await zoe.Add($"/v1/resolutions/{id}/stances/NOR/comments", new { text = "@Zoe" });
            await one.AdvanceUntil(
                TimeSpan.FromSeconds(1),
                () => receiver.Accepted.Count >= 3,
                () => $"{receiver.Accepted.Count} were accepted"
            );
            await one.Coordinator.WaitForDeliveries(webhook, "delivered 1", "delivered 1", "delivered 1");

            // While no replica sends, an event waits.
            receiver.AnswerWith(500);
            await one.RecordStances(id, "BRA", "KEN");
            await one.Coordinator.WaitForDeliveries(
                webhook,
                "delivered 1",
                "delivered 1",
                "delivered 1",
                "pending 1",
                "pending 0"
            );
            one.Dispose();
            receiver.AnswerWith(200);
            await other.RecordStances(id, "CHL");
            await other.AdvanceUntil(
                TimeSpan.FromSeconds(6),
                () => receiver.Accepted.Count >= 6,
                () => $"{receiver.Accepted.Count} were accepted"
            );
            receiver
                .Accepted.Where(m => m.Type == "stance.changed")
                .Select(m => m.Data.Text("memberState"))
                .ShouldBe(["NOR", "ZAF", "BRA", "KEN", "CHL"]);
        }
        finally
        {
            one.Dispose();
        }
    }

    [Test]
    public async Task A_replica_that_lost_its_lease_stops_when_another_has_begun()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings, hasOtherWriters: true);
        var id = await app.OpenDraft();
        var webhook = await app.Coordinator.AddWebhook(receiver.Url, "stance.changed");
        await app.RecordStances(id, "NOR");
        await app.Coordinator.WaitForDeliveries(webhook, "delivered 1");
        await using (var connection = Databases.Open(app.Folder))
        {
            await connection.ExecuteAsync("UPDATE webhook_cursor SET sender = 'another'");
        }
        await app.RecordStances(id, "ZAF");
        await Task.Delay(300);
        receiver.Received.Count.ShouldBe(1);
        // The other has not sent it, and no longer has the lease.
        await app.AdvanceUntil(
            TimeSpan.FromSeconds(6),
            () => receiver.Accepted.Count >= 2,
            () => $"{receiver.Accepted.Count} were accepted"
        );
        receiver.Accepted.Select(m => m.Data.Text("memberState")).ShouldBe(["NOR", "ZAF"]);
    }

    [Test]
    public async Task While_connections_end_every_committed_change_is_sent_in_order_and_no_other()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings, hasOtherWriters: true);
        var id = await app.OpenDraft();
        await app.Coordinator.AddWebhook(receiver.Url, "stance.changed");
        using var lobbyist = app.Lobbyist;
        await using var administrator = Databases.Open(app.Folder);
        string[] states = ["NOR", "ZAF", "BRA", "KEN", "CHL", "PER", "FJI", "DNK", "SWE", "FIN", "IND", "JPN"];
        for (var i = 0; i < 36; i++)
        {
            if (i % 6 == 3)
            {
                await administrator.ExecuteAsync(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = CURRENT_DATABASE() AND pid <> pg_backend_pid()
                    """
                );
            }
            app.Clock.Advance(TimeSpan.FromMilliseconds(1));
            using var answer = await lobbyist.Put(
                $"/v1/resolutions/{id}/stances/{states[i % states.Length]}",
                new
                {
                    position = i % 2 == 0 ? "yes" : "no",
                    certainty = "likely",
                    evidence = "call",
                }
            );
            ((int)answer.StatusCode).ShouldBeOneOf(200, 503);
        }
        await using var reader = Databases.Open(app.Folder);
        var expected = (
            await reader.QueryAsync<long>(
                "SELECT version FROM change WHERE resolution = @id AND kind = 'stance' ORDER BY seq",
                new { id }
            )
        ).ToList();
        expected.Count.ShouldBeGreaterThan(20);
        await app.AdvanceUntil(
            TimeSpan.FromSeconds(1),
            () => receiver.Accepted.Select(m => m.Id).Distinct().Count() >= expected.Count,
            () => $"{receiver.Accepted.Count} of {expected.Count} were accepted"
        );
        // At least once: a repetition has the same id.
        receiver.Accepted.DistinctBy(m => m.Id).Select(m => m.Data["version"]!.GetValue<long>()).ShouldBe(expected);
    }
}
