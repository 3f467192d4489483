using static VoteTracker.Tests.Features.CoSponsors.CoSponsorRequests;

namespace VoteTracker.Tests.Features.CoSponsors;

/// <summary>Every change of a co-sponsor stays.</summary>
[EveryEngine]
public sealed class CoSponsorHistoryTests
{
    [Test]
    public async Task Every_change_is_listed_with_its_author_and_what_it_changed()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        (await app.Viewer.GetItems($"{Path(draft, "NOR")}/history")).ShouldBeEmpty();
        await Sign(app, draft, "SWE");
        await Sign(app, draft, "NOR", "approached");
        app.Clock.Advance(TimeSpan.FromHours(1));
        await Revise(app, draft, "Rev.1");
        using var signed = await app.Coordinator.Put(
            Path(draft, "NOR"),
            new
            {
                status = "signed",
                role = "main",
                since = "2026-11-20",
                note = "By letter.",
            }
        );
        signed.EnsureSuccessStatusCode();
        await Sign(app, draft, "NOR", "withdrawn");
        using var deleted = await app.Lobbyist.Send(HttpMethod.Delete, Path(draft, "NOR"));
        deleted.EnsureSuccessStatusCode();
        await Sign(app, draft, "NOR");

        var changes = await app.Viewer.GetItems($"{Path(draft, "NOR")}/history");
        changes
            .Select(c => (c.Int("version"), c.Text("changedBy"), c.Text("from"), c.Text("to")))
            .ShouldBe([
                (3, "lobbyist", null, "approached"),
                (5, "coordinator", "approached", "signed"),
                (6, "lobbyist", "signed", "withdrawn"),
                (7, "lobbyist", "withdrawn", null),
                (8, "lobbyist", null, "signed"),
            ]);
        changes
            .Select(c => (c.Text("role"), c.Text("fromTextVersion"), c.Text("textVersion")))
            .ShouldBe([
                ("additional", null, null),
                ("main", null, "Rev.1"),
                ("additional", "Rev.1", "Rev.1"),
                (null, "Rev.1", null),
                ("additional", null, "Rev.1"),
            ]);
        changes
            .Select(c => (c.Text("since"), c.Text("withdrawnOn"), c.Text("note")))
            .ShouldBe([
                (null, null, null),
                ("2026-11-20", null, "By letter."),
                (null, "2026-11-21", null),
                (null, null, null),
                (null, null, null),
            ]);
        (changes[1].Moment("changedAt") - changes[0].Moment("changedAt")).ShouldBe(TimeSpan.FromHours(1));
    }

    [Test]
    public async Task The_history_is_paged_and_a_page_knows_the_change_before_it()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        string[] statuses = ["wanted", "approached", "committed", "signed", "withdrawn"];
        foreach (var status in statuses)
        {
            await Sign(app, draft, "NOR", status);
        }
        var next = $"{Path(draft, "NOR")}/history?limit=2";
        var seen = new List<(string?, string?)>();
        while (next is not null)
        {
            using var page = await app.Viewer.GetAsync(next);
            page.EnsureSuccessStatusCode();
            seen.AddRange((await page.Json())["items"]!.AsArray().Select(c => (c!.Text("from"), c!.Text("to"))));
            next = page.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }
        seen.ShouldBe([
            (null, "wanted"),
            ("wanted", "approached"),
            ("approached", "committed"),
            ("committed", "signed"),
            ("signed", "withdrawn"),
        ]);
    }

    [Test]
    public async Task It_is_for_viewers_and_for_states_that_may_co_sponsor()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "positions" });
        await Sign(app, draft, "VAT");
        (await app.Viewer.GetItems($"{Path(draft, "vat")}/history")).Count.ShouldBe(1);
        using var anonymous = await app.Anonymous.GetAsync($"{Path(draft, "VAT")}/history");
        await anonymous.ShouldBeProblem(401);
        foreach (var iso3 in (string[])["XXX", "SUN", "YUG"])
        {
            using var answer = await app.Viewer.GetAsync($"{Path(draft, iso3)}/history");
            await answer.ShouldBeProblem(404);
        }
        using var missing = await app.Viewer.GetAsync($"{Path("es-10-l-99", "NOR")}/history");
        await missing.ShouldBeProblem(404);
        using var wrong = await app.Viewer.GetAsync($"{Path(draft, "NOR")}/history?limit=0&cursor=x&since=24h");
        await wrong.ShouldBeProblem(400, "since");
    }
}
