using System.Text.RegularExpressions;
using Microsoft.Playwright;
using VoteTracker.Tests.Documents;
using VoteTracker.Tests.Features;

namespace VoteTracker.Tests.Web.Browser.Guide;

/// <summary>Every page of the guide and of the reference, on a phone.</summary>
public sealed partial class GuidePagesTests : BrowserFixture
{
    [TestCase("/guide")]
    [TestCase("/docs")]
    public async Task Every_page_is_readable_on_a_phone_without_scrolling_sideways(string start)
    {
        var app = Start();
        using var client = app.Anonymous;
        var paths = Links()
            .Matches(await client.GetStringAsync(start))
            .Select(m => m.Groups["path"].Value)
            .Where(path => path.StartsWith($"{start}/", StringComparison.Ordinal))
            .Distinct()
            .Prepend(start)
            .ToList();
        paths.Count.ShouldBeGreaterThan(12);
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        var faults = new List<string>();
        foreach (var path in paths)
        {
            await page.GoTo(path);
            // Everything that a reader can open is checked too.
            await page.Page.EvaluateAsync(
                "() => document.querySelectorAll('main details').forEach((d) => (d.open = true))"
            );
            faults.AddRange((await Looks.Faults(page.Page)).Select(fault => $"{path}: {fault}"));
            faults.AddRange((await Accessibility.Faults(page.Page)).Select(fault => $"{path}: {fault}"));
        }
        faults.ShouldBeEmpty();
    }

    [Test]
    public async Task An_example_is_copied_as_it_is()
    {
        var app = Start();
        var page = await Open(
            app,
            "/guide/tally",
            new Look("fr", Look.Phone),
            options => options.Permissions = ["clipboard-read", "clipboard-write"],
            BrowserPage.WithoutLimits
        );
        var example = page.Page.Locator(".code[data-language=sh]").First;
        var button = example.Locator("button");
        await Assertions.Expect(button).ToHaveTextAsync("Copier");
        await button.ClickAsync();
        await Assertions.Expect(button).ToHaveTextAsync("Copié");
        var copied = await page.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        var chapter = Document.All.Single(d => d.Path == "openapi/tally.md");
        // The example names this service.
        var origin = app.Address.GetLeftPart(UriPartial.Authority);
        copied.ShouldBe(
            chapter
                .Blocks.First(b => b.Language == "sh")
                .Code.Replace("http://127.0.0.1:5080", origin, StringComparison.Ordinal)
        );
        // What a command prints has no button.
        (await page.Page.Locator(".code[data-language=text] button").CountAsync()).ShouldBe(0);
    }

    [Test]
    public async Task The_script_in_the_chapter_of_the_tally_logs_its_sentence()
    {
        var app = Start();
        var id = await app.OpenDraft(new { visibility = "tally" });
        using var lobbyist = app.Lobbyist;
        await lobbyist.RecordStance(id, "NOR", "yes");
        var chapter = Document.All.Single(d => d.Path == "openapi/tally.md");
        var script = chapter
            .Blocks.Single(b => b.Language == "js")
            .Code.Replace("http://127.0.0.1:5080/", app.Address.ToString(), StringComparison.Ordinal);
        var page = await Open(app, "/guide/tally");
        var logged = page.Page.WaitForConsoleMessageAsync();
        await page.Page.EvaluateAsync(script);
        (await logged).Text.ShouldContain("present and voting");
    }

    [GeneratedRegex("href=\"(?<path>/[a-z/-]+)\"", RegexOptions.None, 1_000)]
    private static partial Regex Links();
}
