using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Live;

namespace VoteTracker.Tests.Features.Tallies;

[EveryEngine]
public sealed class StreamTallyTests
{
    [Test]
    public async Task A_stream_sends_the_current_state_as_GET_returns_it_and_then_each_newer_one()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        using var listener = await Listener.Open(app.Viewer, id);
        var (first, tally) = await listener.Next();
        first.ShouldBe("2");
        tally.ToJsonString().ShouldBe((await app.Viewer.GetJson($"/v1/resolutions/{id}/tally")).ToJsonString());
        await app.Lobbyist.RecordStance(id, "BRA", "no");
        var (second, changed) = await listener.Next();
        second.ShouldBe("3");
        (changed.Int("yes"), changed.Int("no"), changed.Int("version")).ShouldBe((1, 1, 3));
        using var deleted = await app.Lobbyist.Send(HttpMethod.Delete, $"/v1/resolutions/{id}/stances/BRA");
        (await listener.Next()).Id.ShouldBe("4");
        using var patched = await app.Coordinator.Send(
            HttpMethod.Patch,
            $"/v1/resolutions/{id}",
            new { rule = "simple-majority" }
        );
        (await listener.Next()).Tally.Text("rule").ShouldBe("simple-majority");
    }

    [Test]
    public async Task With_the_current_state_as_Last_Event_ID_nothing_is_sent_until_a_change()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        using var listener = await Listener.Open(app.Viewer, id, lastEventId: "2");
        await app.Lobbyist.RecordStance(id, "ZAF", "no");
        (await listener.Next()).Id.ShouldBe("3", "the state that it named was not sent before");
    }

    [TestCase("1")]
    [TestCase("99")]
    [TestCase("nonsense")]
    [TestCase("2.2026-11-20")]
    public async Task With_another_Last_Event_ID_the_current_state_is_sent_at_once(string lastEventId)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        using var listener = await Listener.Open(app.Viewer, id, lastEventId);
        (await listener.Next()).Id.ShouldBe("2");
    }

    [Test]
    public async Task With_many_writers_ids_increase_and_the_last_state_is_always_sent()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var members = (await app.Anonymous.GetItems("/v1/member-states")).Select(m => m.Text("iso3")!).ToList();
        var listeners = new List<Listener>();
        for (var i = 0; i < 70; i++)
        {
            listeners.Add(await Listener.Open(app.Viewer, id));
        }
        using var client = app.Lobbyist;
        var writing = Task.WhenAll(members.Take(150).Select(m => client.RecordStance(id, m, "yes")));
        foreach (var listener in listeners)
        {
            var last = 0;
            while (last < 151)
            {
                var (eventId, tally) = await listener.Next();
                var version = int.Parse(eventId, CultureInfo.InvariantCulture);
                version.ShouldBeGreaterThan(last);
                (tally.Int("version"), tally.Int("yes")).ShouldBe((version, version - 1));
                last = version;
            }
            listener.Dispose();
        }
        (await writing).Length.ShouldBe(150);
    }

    [Test]
    public async Task Changes_of_another_resolution_are_not_sent()
    {
        using var app = new App();
        await app.OpenDraft(new { id = "mine" });
        await app.OpenDraft(new { id = "other" });
        using var listener = await Listener.Open(app.Viewer, "mine", lastEventId: "1");
        await app.Lobbyist.RecordStance("other", "ZAF", "yes");
        await app.Lobbyist.RecordStance("mine", "BRA", "yes");
        var (eventId, tally) = await listener.Next();
        (eventId, tally.Text("resolution")).ShouldBe(("2", "mine"));
    }

    [TestCase("/v1/resolutions/es-10-27/tally/stream")]
    [TestCase("/v1/stream")]
    public async Task Without_changes_a_heartbeat_is_sent_every_15_seconds(string path)
    {
        using var app = new App();
        using var reader = new StreamReader(await app.Anonymous.GetStreamAsync(path));
        using var limit = new CancellationTokenSource(Hang.Limit);
        var heartbeat = app.Services.GetRequiredService<Heartbeat>();
        var (comments, events) = (0, 0);
        while (comments < 3 || events < 3)
        {
            var line = reader.ReadLineAsync(limit.Token).AsTask();
            while (!line.IsCompleted)
            {
                var beats = heartbeat.Count;
                app.Clock.Advance(TimeSpan.FromSeconds(14));
                heartbeat.Count.ShouldBe(beats);
                app.Clock.Advance(TimeSpan.FromSeconds(1));
                heartbeat.Count.ShouldBe(beats + 1);
                await Task.WhenAny(line, Task.Delay(20));
            }
            (await line).ShouldNotBeNull("the stream ended");
            comments += await line == ":" ? 1 : 0;
            // A script in a browser sees no comments.
            if (await line == "event: heartbeat")
            {
                (await reader.ReadLineAsync(limit.Token)).ShouldBe("data: {}");
                (await reader.ReadLineAsync(limit.Token)).ShouldBe("");
                events++;
            }
            comments.ShouldBeInRange(events, heartbeat.Count);
        }
    }

    [Test]
    public async Task A_stream_must_not_be_stored_by_caches()
    {
        using var app = new App();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/resolutions/es-10-27/tally/stream");
        using var answer = await app.Anonymous.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.GetValues("X-Accel-Buffering").ShouldBe(["no"]);
    }
}
