using System.Globalization;
using VoteTracker.Localization;
using VoteTracker.Tests.Features;
using VoteTracker.Web.Embedding;
using static Microsoft.Playwright.Assertions;

namespace VoteTracker.Tests.Web.Browser.Embedding;

/// <summary>The lines that the pages recommend, on sites with scripts of their own and with long titles.</summary>
public sealed class EmbedLinesTests : EmbedFixture
{
    [TestCase("<script src=\"/vendor/embed.js\"></script>", "async")]
    [TestCase("<script type=\"module\" src=\"/vendor/embed.js\"></script>", "async")]
    [TestCase("<script src=\"/vendor/embed.js\"></script>", "type=\"module\"")]
    [TestCase("<script type=\"module\" src=\"/vendor/embed.js\"></script>", "type=\"module\"")]
    public async Task Another_script_of_the_same_name_changes_nothing(string vendor, string kind)
    {
        var app = Start();
        var lines = EmbedFrame.Element(Origin(app), "es-10-27", "The count");
        lines.ShouldContain("<script async ");
        var visit = await OpenSite(app, lines.Replace("<script async ", $"<script {kind} "), vendor);
        visit.Page.Expect("404");
        visit.Page.Expect("vendor");
        await Expect(Visit.Count(visit.Page.Page.Locator("vote-tally ul"), "yes")).ToHaveTextAsync("149");
    }

    [Test]
    public async Task After_a_restore_an_element_shows_the_lower_version()
    {
        var app = Start();
        var id = await app.OpenDraft(new { visibility = "tally" });
        var before = new LaterVersions();
        var visit = await OpenSite(
            app,
            EmbedFrame.Element(Origin(app), id, "The count"),
            before: page => page.Page.RouteAsync("**/embed/*.json*", before.Answer)
        );
        var element = visit.Page.Page.Locator("vote-tally");
        await Expect(Visit.Count(element.Locator("ul"), "yes")).ToHaveTextAsync("0");
        await EmbeddedCountTests.WaitForStream(visit);
        using var lobbyist = app.Lobbyist;
        before.IsRestored = true;
        var version = (await lobbyist.RecordStance(id, "NOR", "yes"))["version"]!.GetValue<long>();
        await Expect(element).ToHaveAttributeAsync("data-version", version.ToString(CultureInfo.InvariantCulture));
        await Expect(Visit.Count(element.Locator("ul"), "yes")).ToHaveTextAsync("1");
    }

    [Test]
    public async Task A_frame_of_the_recommended_height_needs_no_scroll_bar()
    {
        var app = Start();
        using var client = app.Anonymous;
        var longest = (await client.GetJson("/v1/resolutions?limit=200"))["items"]!
            .AsArray()
            .Select(r => r!["title"]!.GetValue<string>())
            .MaxBy(title => title.Length)!;
        var id = await app.OpenDraft(
            new
            {
                visibility = "tally",
                title = longest,
                voteOn = "2027-12-30",
            }
        );
        using var lobbyist = app.Lobbyist;
        foreach (
            var (state, position) in new[]
            {
                ("NOR", "yes"),
                ("FRA", "no"),
                ("BRA", "abstain"),
                ("KEN", "undecided"),
                ("IND", "absent"),
            }
        )
        {
            await lobbyist.RecordStance(id, state, position);
        }
        var faults = new List<string>();
        foreach (var width in (int[])[300, 340, 440, 560, 600])
        {
            var html = EmbedFrame.Html(
                Origin(app),
                id,
                Language.Find("ru"),
                "The count",
                width,
                EmbedFrame.HeightFor(width)
            );
            await Measure(app, $"{width}", html, faults);
        }
        var seats = EmbedFrame.Html(Origin(app), id, Language.Find("ru"), "The count", EmbedFrame.DefaultWidth, 750);
        await Measure(
            app,
            "seats",
            seats.Replace("lang=ru", "lang=ru&amp;picture=seats", StringComparison.Ordinal),
            faults
        );
        faults.ShouldBeEmpty();
    }

    private async Task Measure(App app, string name, string html, List<string> faults)
    {
        var visit = await OpenSite(app, html);
        await Expect(visit.Frame.Locator("h1")).ToBeVisibleAsync();
        await EmbeddedCountTests.WaitForStream(visit);
        var frame = visit.Page.Page.Frames[1];
        var (needed, height) = (
            await frame.EvaluateAsync<int>("() => document.documentElement.scrollHeight"),
            await frame.EvaluateAsync<int>("() => innerHeight")
        );
        // Without a scroll bar, the document is as high as the frame; the text inside it says how high it must be.
        var content = await frame.EvaluateAsync<int>(
            "() => { document.querySelector('main').style.minHeight = '0'; return Math.ceil(document.querySelector('main').getBoundingClientRect().height); }"
        );
        var measured = string.Create(CultureInfo.InvariantCulture, $"{name}: {content} of {height}, document {needed}");
        await TestContext.Out.WriteLineAsync(measured);
        if (needed > height)
        {
            faults.Add(measured);
        }
    }

    private static string Origin(App app) => app.Address.GetLeftPart(UriPartial.Authority);
}
