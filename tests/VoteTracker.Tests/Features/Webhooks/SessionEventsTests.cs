using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Webhooks;

/// <summary>The event of a session that was convened.</summary>
[EveryEngine]
public sealed class SessionEventsTests
{
    [Test]
    public async Task A_convened_session_is_sent_once_and_a_requested_one_is_not()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        await app.Coordinator.AddWebhook(receiver.Url, "session.convened");
        await app.Coordinator.Add(
            "/v1/sessions",
            new
            {
                id = "es-12",
                kind = "new-emergency-session",
                subject = "Quiet words",
            }
        );
        foreach (
            var patch in (string[])
                ["""{"subject": "Other words"}""", """{"status": "convened"}""", """{"subject": "Words"}"""]
        )
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            using var changed = await app.Coordinator.Patch("/v1/sessions/es-12", patch);
            changed.EnsureSuccessStatusCode();
        }
        var message = (await receiver.WaitFor(1)).Single();
        message.Data.ToJsonString().ShouldBe("""{"session":"es-12","version":3,"link":"/v1/sessions/es-12"}""");
        await Task.Delay(300);
        receiver.Received.Count.ShouldBe(1);
    }
}
