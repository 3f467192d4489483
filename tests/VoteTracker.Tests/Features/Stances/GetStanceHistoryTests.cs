namespace VoteTracker.Tests.Features.Stances;

[EveryEngine]
public sealed class GetStanceHistoryTests
{
    [Test]
    public async Task Every_change_has_author_moment_positions_and_reason_the_oldest_first()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var path = $"/v1/resolutions/{id}/stances/ZAF";
        var first = app.Clock.GetUtcNow();
        await app.Lobbyist.RecordStance(id, "ZAF", "undecided", certainty: "leaning", evidence: "call");
        app.Clock.Advance(TimeSpan.FromHours(1));
        using var put = await app.Coordinator.Put(
            path,
            new
            {
                position = "yes",
                certainty = "likely",
                evidence = "meeting",
                note = "In New York",
                reason = "The minister said so",
            }
        );
        put.IsSuccessStatusCode.ShouldBeTrue();
        var history = await app.Viewer.GetItems($"{path}/history");
        history.Count.ShouldBe(2);
        history[0].Int("version").ShouldBe(2);
        history[0].Text("changedBy").ShouldBe("lobbyist");
        history[0].Moment("changedAt").ShouldBe(first);
        (history[0].Text("from"), history[0].Text("to")).ShouldBe(("unknown", "undecided"));
        history[0].Field("reason").ShouldBeNull();
        history[1].Int("version").ShouldBe(3);
        history[1].Text("changedBy").ShouldBe("coordinator");
        history[1].Moment("changedAt").ShouldBe(first.AddHours(1));
        (history[1].Text("from"), history[1].Text("to")).ShouldBe(("undecided", "yes"));
        (history[1].Text("fromCertainty"), history[1].Text("toCertainty")).ShouldBe(("leaning", "likely"));
        (history[1].Text("note"), history[1].Text("reason")).ShouldBe(("In New York", "The minister said so"));
    }

    [Test]
    public async Task Its_pages_show_every_change_once()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        for (var i = 0; i < 7; i++)
        {
            await app.Lobbyist.RecordStance(id, "ZAF", i % 2 == 0 ? "yes" : "no");
        }
        var pages = await app.Viewer.GetPages($"/v1/resolutions/{id}/stances/ZAF/history?limit=3", 3);
        pages.Select(h => h.Int("version")).ShouldBe([2, 3, 4, 5, 6, 7, 8]);
        pages[3].Text("from").ShouldBe("yes", "what was before is known on the first line of a page too");
    }
}
