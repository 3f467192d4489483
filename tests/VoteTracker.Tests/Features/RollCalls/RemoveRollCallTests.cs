namespace VoteTracker.Tests.Features.RollCalls;

/// <summary>A roll call that the campaign entered by mistake is removed, and the past keeps it.</summary>
[EveryEngine]
public sealed class RemoveRollCallTests
{
    [Test]
    public async Task A_removed_roll_call_leaves_the_stances_to_count_and_stays_in_the_past()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { status = "tabled", voteOn = "2026-12-10" });
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.Enter(id, ("ZAF", "no"));
        await app.Enter(id, ("ZAF", "no"), ("NAM", "no"));
        var recorded = app.Clock.GetUtcNow();
        var then = await app.Viewer.GetStringAsync($"/v1/resolutions/{id}/export/roll-call.csv?asOf={recorded.Iso()}");
        var package = await app.Viewer.GetByteArrayAsync($"/v1/resolutions/{id}/export.zip?asOf={recorded.Iso()}");
        var record = await app.Viewer.GetStringAsync($"/v1/export/matrix.csv?source=all&asOf={recorded.Iso()}");
        app.Clock.Advance(TimeSpan.FromHours(1));

        var path = $"/v1/resolutions/{id}/roll-call";
        using var lobbyist = await app.Lobbyist.Send(HttpMethod.Delete, path);
        await lobbyist.ShouldBeProblem(403);
        using var blind = await app.Coordinator.Send(HttpMethod.Delete, path, ifMatch: null);
        await blind.ShouldBeProblem(428);
        using var old = await app.Coordinator.Send(HttpMethod.Delete, path, ifMatch: "\"2\"");
        await old.ShouldBeProblem(412);
        using var removed = await app.Coordinator.Send(HttpMethod.Delete, path, ifMatch: "\"4\"");
        ((int)removed.StatusCode).ShouldBe(204, await removed.Content.ReadAsStringAsync());
        removed.Headers.ETag!.Tag.ShouldBe("\"5\"");

        var resolution = await app.Viewer.GetJson($"/v1/resolutions/{id}");
        (resolution.Text("status"), resolution.Text("voteOn"), resolution.Text("basis")).ShouldBe(
            ("tabled", "2026-12-10", "stances")
        );
        var tally = await app.Viewer.GetJson($"/v1/resolutions/{id}/tally");
        (tally.Text("basis"), tally.Int("yes"), tally.Int("no"), tally.Int("version")).ShouldBe(("stances", 1, 0, 5));
        using var gone = await app.Viewer.GetAsync(path);
        await gone.ShouldBeProblem(404);
        using var hidden = await app.Anonymous.GetAsync($"/v1/resolutions/{id}");
        await hidden.ShouldBeProblem(404);
        using var again = await app.Coordinator.Send(HttpMethod.Delete, path);
        await again.ShouldBeProblem(404);
        (await app.Viewer.GetItems("/v1/member-states/ZAF/votes?source=all&limit=1"))[0]
            .Text("source")
            .ShouldBe("library");
        // The stances can be recorded again.
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.Lobbyist.RecordStance(id, "ZAF", "abstain");

        (await app.Viewer.GetStringAsync($"/v1/resolutions/{id}/export/roll-call.csv?asOf={recorded.Iso()}")).ShouldBe(
            then
        );
        (await app.Viewer.GetByteArrayAsync($"/v1/resolutions/{id}/export.zip?asOf={recorded.Iso()}")).ShouldBe(
            package
        );
        (await app.Viewer.GetStringAsync($"/v1/export/matrix.csv?source=all&asOf={recorded.Iso()}")).ShouldBe(record);
        var points = await app.Viewer.GetItems($"/v1/resolutions/{id}/tally/timeline");
        points
            .Select(p => $"{p.Text("basis")} {p.Int("yes")}-{p.Int("no")}-{p.Int("abstain")}")
            .ShouldBe(["stances 1-0-0", "recorded-votes 0-2-0", "stances 1-0-0", "stances 0-0-1"]);
        foreach (var point in points)
        {
            var asOf = await app.Viewer.GetJson($"/v1/resolutions/{id}/tally?asOf={point.Text("asOf")}");
            asOf.ToJsonString().ShouldBe(point.ToJsonString());
        }
        var diff = await app.Viewer.GetJson($"/v1/resolutions/{id}/diff?from={recorded.Iso()}");
        diff["moves"]!.AsArray().ShouldNotBeEmpty();
    }

    [Test]
    public async Task The_Librarys_roll_call_cannot_be_removed_and_counts_again_without_the_campaigns()
    {
        using var app = new App();
        var before = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/roll-call");
        using var refused = await app.Coordinator.Send(HttpMethod.Delete, "/v1/resolutions/es-10-27/roll-call");
        await refused.ShouldBeProblem(409);
        await app.Enter("es-10-27", "2025-06-12", ("ZAF", "no"));
        (await app.Anonymous.GetJson("/v1/resolutions/es-10-27/roll-call")).Text("source").ShouldBe("campaign");
        (await app.Anonymous.GetJson("/v1/resolutions/es-10-27")).Text("status").ShouldBe("not-adopted");
        using var removed = await app.Coordinator.Send(HttpMethod.Delete, "/v1/resolutions/es-10-27/roll-call");
        ((int)removed.StatusCode).ShouldBe(204);
        var after = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/roll-call");
        (after.Text("source"), after.Text("status")).ShouldBe(("library", "adopted"));
        after["totals"]!.ToJsonString().ShouldBe(before["totals"]!.ToJsonString());
    }
}
