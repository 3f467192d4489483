using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser;

/// <summary>Scripts of readers that begin at the start page: each takes at most three clicks.</summary>
public sealed class ThreeClicksTests : BrowserFixture
{
    private int _clicks;

    [TestCase("NOR", Look.Phone)]
    [TestCase("HUN", Look.Desktop)]
    [TestCase("PRY", Look.Desktop)]
    public async Task A_reader_sees_how_a_state_voted_on_a_resolution(string iso3, int width)
    {
        var app = Start();
        using var client = app.Anonymous;
        var rollCall = await client.GetJson("/v1/resolutions/es-10-27/roll-call");
        var vote = rollCall["votes"]!.AsArray().Single(v => v!["memberState"]!.GetValue<string>() == iso3)![
            "vote"
        ]!.GetValue<string>();

        var page = await Open(app, "/", new Look(Width: width));
        await Click(page.Page.Locator("main a[href='/resolutions/es-10-27']"));
        await Assertions
            .Expect(page.Page.Locator($"#state-{iso3}"))
            .ToContainTextAsync(page.Look.Language.Text($"vote.{vote}"));
        _clicks.ShouldBeLessThanOrEqualTo(3);
    }

    [Test]
    public async Task A_reader_finds_the_vote_of_a_state_by_its_name()
    {
        var app = Start();
        var page = await Open(app, "/", new Look("es", Look.Phone));
        await page.Page.Locator("#q").FillAsync("Noruega");
        await Click(page.Page.Locator("form[role=search] [type=submit]"));
        await Click(page.Page.Locator("main a[href^='/states/NOR']"));
        await Assertions
            .Expect(page.Page.Locator("#vote-es-10-27"))
            .ToContainTextAsync(page.Look.Language.Text("vote.yes"));
        _clicks.ShouldBeLessThanOrEqualTo(3);
    }

    [Test]
    public async Task A_reader_sees_what_a_draft_is_missing()
    {
        var app = Start();
        await SampleDraft.Open(app);
        using var viewer = app.Viewer;
        var path = await viewer.GetJson($"/v1/resolutions/{SampleDraft.Id}/path");
        if (path["reached"]!.GetValue<bool>())
        {
            path = await viewer.GetJson($"/v1/resolutions/{SampleDraft.Id}/path?goal=block");
        }
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        await page.SignIn(app, "viewer");

        await page.GoTo("/");
        await Click(page.Page.Locator($"main a[href='/resolutions/{SampleDraft.Id}']"));
        var section = page.Page.Locator("section[aria-labelledby=path]");
        await Assertions.Expect(section).ToBeVisibleAsync();
        var text = await section.InnerTextAsync();
        foreach (var kind in path["kinds"]!.AsArray().Where(k => k!["needed"] is not null))
        {
            text.ShouldContain($"{kind!["needed"]}");
        }
        text.ShouldContain(page.Look.Language.State(path["states"]!.AsArray()[0]!["memberState"]!.GetValue<string>()));
        _clicks.ShouldBeLessThanOrEqualTo(3);
    }

    [Test]
    public async Task A_reader_goes_from_a_region_to_its_members_with_one_click()
    {
        var app = Start();
        var page = await Open(app, "/resolutions/es-10-27", new Look(Width: Look.Phone));
        var members = page.Page.Locator("#group-african-states");
        await Assertions.Expect(members).ToBeHiddenAsync();
        await Click(page.Page.Locator("a[href='#group-african-states']"));
        await Assertions.Expect(members).ToBeVisibleAsync();
        _clicks.ShouldBe(1);
    }

    private async Task Click(ILocator place)
    {
        _clicks++;
        await place.ClickAsync();
    }
}
