using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.Webhooks;

/// <summary>Webhooks of a process that is killed, and of a copy that is not to send.</summary>
[EveryEngine]
public sealed class WebhookProcessTests
{
    private static readonly string[] Allowed = ["--WebhookHosts", "127.0.0.1"];

    [Test]
    public async Task After_a_killed_process_every_event_arrives_in_order()
    {
        await using var receiver = await TestReceiver.Start();
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        string id;
        await using (var service = await Service.Start(folder, settings: Allowed))
        {
            using var admin = service.Client();
            id = await admin.OpenDraft();
            await admin.AddWebhook(receiver.Url, "stance.changed");
            await admin.RecordStance(id, "NOR", "yes");
            await receiver.WaitFor(1);
            receiver.AnswerWith(500);
            foreach (var state in (string[])["ZAF", "BRA", "KEN"])
            {
                await admin.RecordStance(id, state, "yes");
            }
            // Some are not events yet.
            await service.Kill();
        }
        receiver.AnswerWith(200);
        await using var again = await Service.Start(folder, settings: Allowed);
        using var client = again.Client();
        await client.RecordStance(id, "CHL", "yes");
        // A delivery whose result was not saved before the kill arrives twice.
        await TestReceiver.Until(
            () => receiver.Accepted.DistinctBy(m => m.Id).Count() >= 5,
            () => $"{receiver.Accepted.Count} messages were accepted"
        );
        receiver
            .Accepted.DistinctBy(m => m.Id)
            .Select(m => m.Data.Text("memberState"))
            .ShouldBe(["NOR", "ZAF", "BRA", "KEN", "CHL"]);
    }

    [Test]
    public async Task A_service_that_is_not_to_send_keeps_everything_for_later()
    {
        await using var receiver = await TestReceiver.Start();
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        string id;
        await using (var service = await Service.Start(folder, settings: [.. Allowed, "--SendWebhooks", "false"]))
        {
            using var admin = service.Client();
            id = await admin.OpenDraft();
            await admin.AddWebhook(receiver.Url, "stance.changed");
            await admin.RecordStance(id, "NOR", "yes");
            await Task.Delay(500);
            receiver.Received.ShouldBeEmpty();
            await service.Stop();
        }
        await using var again = await Service.Start(folder, settings: Allowed);
        (await receiver.WaitFor(1)).Single().Data.Text("memberState").ShouldBe("NOR");
    }
}
