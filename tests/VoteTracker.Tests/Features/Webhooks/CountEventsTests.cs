namespace VoteTracker.Tests.Features.Webhooks;

/// <summary>The events of the count: the threshold, the outlook and the vote.</summary>
[EveryEngine]
public sealed class CountEventsTests
{
    [Test]
    public async Task The_threshold_is_crossed_once_each_way_also_if_many_changes_are_read_together()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var id = await app.OpenDraft(new { visibility = "tally" });
        await app.Coordinator.AddWebhook(receiver.Url, "threshold.crossed");
        using var lobbyist = app.Lobbyist;
        // Y ≥ 2N: reached at 1-0, lost at 1-1, reached at 2-1, lost at 2-2, reached at 4-2.
        foreach (
            var (state, position) in new[]
            {
                ("NOR", "yes"),
                ("ZAF", "no"),
                ("BRA", "yes"),
                ("KEN", "no"),
                ("CHL", "yes"),
                ("PER", "yes"),
                ("FJI", "yes"),
            }
        )
        {
            app.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await lobbyist.RecordStance(id, state, position);
        }
        var messages = await receiver.WaitFor(5);
        messages
            .Select(m => $"{m.Data.Int("version")} {m.Data.Text("crossing")}")
            .ShouldBe(["2 reached", "3 no-longer-reached", "4 reached", "5 no-longer-reached", "7 reached"]);
        await app.RecordStances(id, "DNK");
        await Task.Delay(300);
        receiver.Received.Count.ShouldBe(5);
    }

    [Test]
    public async Task A_private_count_that_crosses_the_threshold_does_not_say_how()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var id = await app.OpenDraft();
        await app.Coordinator.AddWebhook(receiver.Url, "threshold.crossed", "outlook.changed");
        await app.RecordStances(id, "NOR");
        var message = (await receiver.WaitFor(1)).Single();
        message.Type.ShouldBe("threshold.crossed");
        message
            .Data.ToJsonString()
            .ShouldBe($$"""{"resolution":"{{id}}","version":2,"link":"/v1/resolutions/{{id}}/tally"}""");
    }

    [Test]
    public async Task An_import_is_one_change_of_the_count()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var id = await app.OpenDraft(new { visibility = "tally" });
        await app.Coordinator.AddWebhook(receiver.Url, "threshold.crossed");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        // Between its lines, the count would be reached at 1-0 and lost at 1-1.
        using var content = new StringContent(
            "iso3,position,certainty,evidence\nNOR,yes,likely,call\nZAF,no,likely,call\nBRA,yes,likely,call\nKEN,no,likely,call\n",
            System.Text.Encoding.UTF8,
            "text/csv"
        );
        (await app.Lobbyist.PostAsync($"/v1/resolutions/{id}/stances/import", content)).EnsureSuccessStatusCode();
        await app.RecordStances(id, "CHL", "PER");
        (await receiver.WaitFor(1)).Select(m => m.Short).ShouldBe(["threshold.crossed 7"]);
    }

    [Test]
    public async Task The_outlook_of_a_public_draft_is_sent_when_it_changes()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        await app.Coordinator.AddWebhook(receiver.Url, "outlook.changed");
        // The opening of a draft that is secured from the start is no change.
        var id = await app.OpenDraft(new { visibility = "tally", baseline = "es-11-1" });
        using var lobbyist = app.Lobbyist;
        var tally = await app.Anonymous.GetJson($"/v1/resolutions/{id}/tally");
        tally.Text("outlook").ShouldBe("secured");
        var yes = (await lobbyist.GetItems($"/v1/resolutions/{id}/stances?limit=200"))
            .Where(s => s.Text("position") == "yes")
            .Select(s => s.Text("memberState")!)
            .ToList();
        var changed = 0;
        do
        {
            app.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await lobbyist.RecordStance(id, yes[changed++], "undecided");
            tally = await app.Anonymous.GetJson($"/v1/resolutions/{id}/tally");
        } while (tally.Text("outlook") == "secured");
        var message = (await receiver.WaitFor(1)).Single();
        (message.Data.Int("version"), message.Data.Text("outlook")).ShouldBe((tally.Int("version"), "open"));
        receiver.Received.Count.ShouldBe(1);
    }

    [Test]
    public async Task The_stances_of_a_baseline_are_no_events()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        await app.Coordinator.AddWebhook(receiver.Url, "stance.changed", "threshold.crossed", "outlook.changed");
        var id = await app.OpenDraft(new { visibility = "tally", baseline = "es-11-3" });
        await app.RecordStances(id, "NOR");
        (await receiver.WaitFor(1)).Single().Data.Text("memberState").ShouldBe("NOR");
        await Task.Delay(300);
        receiver.Received.Count.ShouldBe(1);
    }

    [Test]
    public async Task A_recorded_vote_is_sent_and_crosses_no_threshold()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var id = await app.OpenDraft(new { visibility = "tally" });
        await app.RecordStances(id, "NOR");
        await app.Coordinator.AddWebhook(receiver.Url, "resolution.voted", "threshold.crossed", "outlook.changed");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var votes = (await app.Anonymous.GetItems("/v1/member-states?limit=1000"))
            .Where(s => s.Text("kind") == "member")
            .Select(s => new { memberState = s.Text("iso3"), vote = s.Text("iso3") == "NOR" ? "no" : "abstain" });
        (
            await app.Coordinator.Put($"/v1/resolutions/{id}/roll-call", new { recordedOn = "2026-11-21", votes })
        ).EnsureSuccessStatusCode();
        var message = (await receiver.WaitFor(1)).Single();
        (message.Type, message.Data.Text("status")).ShouldBe(("resolution.voted", "not-adopted"));
        // A correction is no second vote. After its removal, the stances count again.
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        (
            await app.Coordinator.Put($"/v1/resolutions/{id}/roll-call", new { recordedOn = "2026-11-20", votes })
        ).EnsureSuccessStatusCode();
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        (await app.Coordinator.Send(HttpMethod.Delete, $"/v1/resolutions/{id}/roll-call")).EnsureSuccessStatusCode();
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        (
            await app.Lobbyist.Put(
                $"/v1/resolutions/{id}/stances/NOR",
                new
                {
                    position = "no",
                    certainty = "confirmed",
                    evidence = "call",
                }
            )
        ).EnsureSuccessStatusCode();
        (await receiver.WaitFor(2))[1].Type.ShouldBe("threshold.crossed");
    }
}
