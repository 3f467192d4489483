using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Endorsements;

/// <summary>Which callers read endorsements, acts and pressures, also through the feed of changes.</summary>
[EveryEngine]
public sealed class SupportSecrecyTests
{
    [Test]
    public async Task Without_a_key_only_public_endorsements_are_readable()
    {
        using var app = new App();
        await app.Lobbyist.Endorse("shown", new { memberState = "NOR" });
        await app.Lobbyist.Endorse("hidden", new { @public = false });
        using var anonymous = app.Anonymous;
        (await anonymous.Organisations()).ShouldBe(["shown"]);
        (await anonymous.Organisations("?q=hidden")).ShouldBeEmpty();
        (await app.Viewer.Organisations()).ShouldBe(["hidden", "shown"]);
        var shown = await anonymous.GetJson("/v1/endorsements/1");
        shown.AsObject().ContainsKey("changedBy").ShouldBeFalse();
        using var hidden = await anonymous.GetAsync("/v1/endorsements/2");
        using var missing = await anonymous.GetAsync("/v1/endorsements/3");
        (await hidden.ShouldBeProblem(404))
            .ToJsonString()
            .ShouldBe((await missing.ShouldBeProblem(404)).ToJsonString());
        // An endorsement that is no longer public is gone for these readers.
        using var changed = await app.Lobbyist.Patch("/v1/endorsements/1", """{"public": false}""");
        ((int)changed.StatusCode).ShouldBe(200);
        using var gone = await anonymous.GetAsync("/v1/endorsements/1");
        await gone.ShouldBeProblem(404);
        (await anonymous.GetJson("/v1/endorsements/summary")).Int("total").ShouldBe(0);
    }

    [Test]
    public async Task What_names_a_private_resolution_needs_a_key_until_the_resolution_is_public()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "private" });
        await app.Lobbyist.Endorse("of the draft", new { resolution = draft });
        await app.Lobbyist.Act(new { resolution = draft });
        await app.Lobbyist.Act(new { title = "Of no draft" });
        using var anonymous = app.Anonymous;
        (await anonymous.Organisations()).ShouldBeEmpty();
        (await anonymous.GetJson("/v1/endorsements/summary")).Int("total").ShouldBe(0);
        (await anonymous.GetItems("/v1/acts")).ShouldHaveSingleItem().Text("title").ShouldBe("Of no draft");
        (await app.Viewer.GetItems("/v1/acts")).Count.ShouldBe(2);
        using var act = await anonymous.GetAsync("/v1/acts/1");
        await act.ShouldBeProblem(404);
        foreach (var list in (string[])["endorsements", "endorsements/summary", "acts"])
        {
            using var filtered = await anonymous.GetAsync($"/v1/{list}?resolution={draft}");
            using var unknown = await anonymous.GetAsync($"/v1/{list}?resolution=es-10-l-35");
            (await filtered.ShouldBeProblem(400, "resolution"))
                .ToJsonString()
                .Replace(draft, "es-10-l-35", StringComparison.Ordinal)
                .ShouldBe((await unknown.ShouldBeProblem(400, "resolution")).ToJsonString());
        }
        (await Feed(anonymous)).ShouldBe(["act NOR"]);
        using var opened = await app.Coordinator.Patch($"/v1/resolutions/{draft}", """{"visibility": "tally"}""");
        ((int)opened.StatusCode).ShouldBe(200);
        (await anonymous.Organisations($"?resolution={draft}")).ShouldBe(["of the draft"]);
        var shown = await anonymous.GetJson("/v1/acts/1");
        (shown.Text("resolution"), shown.AsObject().ContainsKey("changedBy")).ShouldBe((draft, false));
    }

    [Test]
    public async Task Pressures_are_for_lobbyists_and_up()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "positions" });
        await app.Lobbyist.Press("NOR", "no", "high", new { note = "Quokka" });
        foreach (var path in (string[])["/v1/pressures", "/v1/pressures/1"])
        {
            using var viewer = await app.Viewer.GetAsync(path);
            await viewer.ShouldBeProblem(403);
            using var anonymous = await app.Anonymous.GetAsync(path);
            await anonymous.ShouldBeProblem(401);
        }
        (await app.Viewer.GetJson($"/v1/resolutions/{draft}/briefs/NOR"))
            .AsObject()
            .ContainsKey("pressures")
            .ShouldBeFalse();
        app.Log.ShouldNotContain(line => line.Contains("Quokka", StringComparison.Ordinal));
    }

    [Test]
    public async Task The_feed_has_each_kind_for_the_roles_that_may_read_it()
    {
        using var app = new App();
        await app.Lobbyist.Endorse("a", new { memberState = "KEN", @public = false });
        await app.Lobbyist.Endorse("b", new { memberState = "FRA" });
        await app.Lobbyist.Act();
        await app.Lobbyist.Press("ZAF", "no", "low");
        using (await app.Lobbyist.Patch("/v1/endorsements/2", """{"public": false}""")) { }
        using (await app.Lobbyist.Send(HttpMethod.Delete, "/v1/endorsements/2")) { }
        (await Feed(app.Anonymous)).ShouldBe(["endorsement FRA", "act NOR", "endorsement FRA"]);
        (await Feed(app.Viewer)).ShouldBe([
            "endorsement KEN",
            "endorsement FRA",
            "act NOR",
            "endorsement FRA",
            "endorsement FRA",
        ]);
        (await Feed(app.Lobbyist)).ShouldBe([
            "endorsement KEN",
            "endorsement FRA",
            "act NOR",
            "pressure ZAF",
            "endorsement FRA",
            "endorsement FRA",
        ]);
    }

    private static async Task<string[]> Feed(HttpClient client) =>
        [
            .. (await client.GetItems("/v1/changes?since=1h&limit=1000"))
                .Where(change => change.Text("kind") is "endorsement" or "act" or "pressure")
                .Select(change => $"{change.Text("kind")} {change.Text("memberState")}"),
        ];
}
