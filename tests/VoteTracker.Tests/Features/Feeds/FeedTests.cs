using System.Net;
using System.Xml;
using System.Xml.Linq;
using VoteTracker.Tests.Features.Milestones;

namespace VoteTracker.Tests.Features.Feeds;

/// <summary>The feed of public resolutions, as a feed reader reads it.</summary>
[EveryEngine]
public sealed class FeedTests
{
    private const string Path = "/v1/feed.atom";
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Test]
    public async Task It_has_an_entry_when_a_public_resolution_was_opened_crossed_its_threshold_and_was_voted()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "tally", title = "A <draft> & more\u0001" });
        await Next(app);
        await app.Lobbyist.RecordStance(draft, "NOR", "yes");
        await Next(app);
        await app.Lobbyist.RecordStance(draft, "BRA", "yes");
        await Next(app);
        await app.Lobbyist.RecordStance(draft, "ZAF", "no");
        await Next(app);
        await app.Lobbyist.RecordStance(draft, "KEN", "no");
        await Next(app);
        await app.Vote(draft);
        var feed = await Read(app);
        Entries(feed)
            .Take(4)
            .ShouldBe([
                "voted 2026-11-21T15:05:00Z",
                "no-longer-reached 2026-11-21T15:04:00Z",
                "reached 2026-11-21T15:01:00Z",
                "opened 2026-11-21T15:00:00Z",
            ]);
        var opened = feed.Elements(Atom + "entry").ElementAt(3);
        opened.Element(Atom + "title")!.Value.ShouldBe("A/ES-10/L.34: opened");
        opened.Element(Atom + "summary")!.Value.ShouldBe("A <draft> & more");
        opened.Element(Atom + "link")!.Attribute("href")!.Value.ShouldEndWith($"/resolutions/{draft}");
        feed.Elements(Atom + "entry")
            .ElementAt(2)
            .Element(Atom + "summary")!
            .Value.ShouldContain("1 of 1 present and voting");
        feed.Element(Atom + "updated")!.Value.ShouldBe("2026-11-21T15:05:00Z");
        var ids = feed.Descendants(Atom + "id").Select(id => id.Value).ToList();
        ids.Distinct().Count().ShouldBe(ids.Count);
        ids.ShouldAllBe(id => id.StartsWith("urn:uuid:", StringComparison.Ordinal));
        var french = await Read(app, "?lang=fr");
        french.Descendants(Atom + "id").Select(id => id.Value).ShouldBe(ids);
        french.Element(Atom + "entry")!.Element(Atom + "title")!.Value.ShouldBe("A/ES-10/L.34 : le vote");
    }

    [Test]
    public async Task Private_resolutions_are_never_in_it_not_even_for_a_key()
    {
        using var app = new App();
        var hidden = await app.OpenDraft();
        var shown = await app.OpenDraft(new { visibility = "positions" }, symbol: "A/ES-10/L.35");
        await app.Lobbyist.RecordStance(shown, "NOR", "yes");
        foreach (var client in (HttpClient[])[app.Anonymous, app.Admin])
        {
            var text = await client.GetStringAsync(Path);
            text.ShouldNotContain(hidden);
            text.ShouldContain(shown);
        }
        await app.ChangeFields(shown, """{"visibility": "private"}""");
        (await app.Anonymous.GetStringAsync(Path)).ShouldNotContain(shown);
        // What happened while it was private stays private.
        await Next(app);
        await app.Lobbyist.RecordStance(shown, "BRA", "no");
        await Next(app);
        await app.ChangeFields(shown, """{"visibility": "tally"}""");
        await Next(app);
        await app.Lobbyist.RecordStance(shown, "BRA", "yes");
        Entries(await Read(app), shown).ShouldBe(["reached 2026-11-21T15:03:00Z", "opened 2026-11-21T15:02:00Z"]);
    }

    [Test]
    public async Task A_vote_of_the_record_has_its_day()
    {
        using var app = new App();
        var feed = await Read(app);
        // In New York the day began five hours later than in UTC.
        Entries(feed, "es-10-27").ShouldBe(["voted 2025-06-12T04:00:00Z"]);
        Entries(feed).ShouldAllBe(entry => entry.StartsWith("voted ", StringComparison.Ordinal));
    }

    [Test]
    public async Task A_removed_roll_call_leaves_the_feed()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "tally" });
        await app.Vote(draft);
        Entries(await Read(app), draft).ShouldBe(["voted 2026-11-21T15:00:00Z", "opened 2026-11-21T15:00:00Z"]);
        using var removed = await app.Coordinator.Send(HttpMethod.Delete, $"/v1/resolutions/{draft}/roll-call");
        ((int)removed.StatusCode).ShouldBe(204);
        Entries(await Read(app), draft).ShouldBe(["opened 2026-11-21T15:00:00Z"]);
    }

    [Test]
    public async Task A_corrected_roll_call_is_updated_and_was_published_before()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "tally" });
        await app.Vote(draft);
        await Next(app);
        await app.Vote(draft, "2026-11-20");
        var entry = (await Read(app)).Element(Atom + "entry")!;
        entry.Element(Atom + "updated")!.Value.ShouldBe("2026-11-21T15:01:00Z");
        entry.Element(Atom + "published")!.Value.ShouldBe("2026-11-21T15:00:00Z");
    }

    [Test]
    public async Task The_newest_hundred_entries_are_kept()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "tally" });
        for (var i = 0; i < 105; i++)
        {
            await Next(app);
            await app.Lobbyist.RecordStance(draft, "NOR", i % 2 == 0 ? "yes" : "no");
        }
        var entries = Entries(await Read(app));
        entries.Count.ShouldBe(100);
        entries[0].ShouldStartWith("reached ");
        entries[1].ShouldStartWith("no-longer-reached ");
    }

    [Test]
    public async Task A_reader_that_has_it_gets_a_304_until_something_happens()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "tally" });
        using var client = app.Anonymous;
        using var first = await client.GetAsync(Path);
        first.Content.Headers.ContentType!.ToString().ShouldBe("application/atom+xml; charset=utf-8");
        var tag = first.ETag()!;
        app.Clock.Jump(TimeSpan.FromHours(1));
        // A stance that crosses nothing is not in the feed.
        await app.Lobbyist.RecordStance(draft, "NOR", "abstain");
        using var same = await client.Send(HttpMethod.Get, Path, ifMatch: null, ifNoneMatch: tag);
        same.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        await app.Lobbyist.RecordStance(draft, "NOR", "yes");
        using var other = await client.Send(HttpMethod.Get, Path, ifMatch: null, ifNoneMatch: tag);
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetStringAsync("/")).ShouldContain("href=\"/v1/feed.atom");
    }

    [TestCase("?lang=xx", "lang")]
    [TestCase("?since=24h", "since")]
    public async Task An_unknown_parameter_is_named(string query, string field)
    {
        using var app = new App();
        using var answer = await app.Anonymous.GetAsync(Path + query);
        await answer.ShouldBeProblem(400, field);
    }

    internal static Task Next(App app)
    {
        app.Clock.Jump(TimeSpan.FromMinutes(1));
        return Task.CompletedTask;
    }

    internal static async Task<XElement> Read(App app, string query = "")
    {
        using var client = app.Anonymous;
        await using var stream = await client.GetStreamAsync(Path + query);
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { Async = true });
        var feed = (await XDocument.LoadAsync(reader, LoadOptions.None, default)).Root!;
        feed.Name.ShouldBe(Atom + "feed");
        foreach (var part in feed.Elements(Atom + "entry").Prepend(feed))
        {
            foreach (var required in (string[])["id", "title", "updated"])
            {
                part.Elements(Atom + required).ShouldHaveSingleItem().Value.ShouldNotBeEmpty();
            }
            part.Elements(Atom + "link").ShouldContain(link => link.Attribute("rel")!.Value == "alternate");
        }
        feed.Element(Atom + "author")!.Element(Atom + "name")!.Value.ShouldBe("VoteTracker");
        feed.Elements(Atom + "link")
            .Single(link => link.Attribute("rel")!.Value == "self")
            .Attribute("href")!
            .Value.ShouldEndWith(Path + query);
        return feed;
    }

    internal static List<string> Entries(XElement feed, string? resolution = null) =>
        [
            .. feed.Elements(Atom + "entry")
                .Where(entry =>
                    resolution is null
                    || entry
                        .Element(Atom + "link")!
                        .Attribute("href")!
                        .Value.EndsWith($"/{resolution}", StringComparison.Ordinal)
                )
                .Select(entry =>
                    $"{entry.Element(Atom + "category")!.Attribute("term")!.Value} {entry.Element(Atom + "updated")!.Value}"
                ),
        ];
}
