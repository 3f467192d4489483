using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Web.Browser.Desk;

/// <summary>The brief of a state on paper and on a phone.</summary>
public sealed partial class BriefPageTests : BrowserFixture
{
    private static readonly string Long = string.Concat(Enumerable.Repeat("They went through the text. ", 140));

    [TestCase("en")]
    [TestCase("ru")]
    [TestCase("ar")]
    public async Task A_brief_with_everything_has_at_most_two_pages_on_paper_and_fits_a_phone(string language)
    {
        var app = Start();
        await SampleDraft.Open(app);
        using var client = app.Lobbyist;
        await Fill(client);
        var page = await Blank(app.Address, new Look(language, Look.Phone));
        await page.OpenSheet(app, query: $"?lang={language}#ZWE");
        await page.Page.Locator(".card [data-part=brief]").ClickAsync();
        await page.WaitUntilReady();
        await Assertions.Expect(page.Page.Locator(".brief .contacts > li")).ToHaveCountAsync(20);
        await Assertions.Expect(page.Page.Locator(".brief [data-do=print]")).ToBeVisibleAsync();
        await page.Picture($"desk-brief-{language}");
        foreach (var format in new[] { "A4", "Letter" })
        {
            var pdf = await page.Page.PdfAsync(new() { Format = format, PrintBackground = false });
            var path = Path.Combine(
                Repository.Root,
                "TestResults",
                "screenshots",
                $"desk-brief-{language}-{format}.pdf"
            );
            await File.WriteAllBytesAsync(path, pdf);
            Pages().Count(Encoding.Latin1.GetString(pdf)).ShouldBeInRange(1, 2, format);
        }
    }

    [Test]
    public async Task A_brief_of_a_state_of_which_little_is_known_is_one_page()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address);
        await page.SignIn(app, "lobbyist");
        await page.GoTo($"/desk/{SampleDraft.Id}/briefs/zwe");
        await page.Screenshot("desk-brief-short");
        Pages().Count(Encoding.Latin1.GetString(await page.Page.PdfAsync(new() { Format = "A4" }))).ShouldBe(1);
    }

    [Test]
    public async Task A_viewers_brief_has_no_work_of_the_team()
    {
        var app = Start();
        await SampleDraft.Open(app);
        using var client = app.Lobbyist;
        await Fill(client);
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        await page.OpenSheet(app, "viewer", "#ZWE");
        await page.Page.Locator(".card [data-part=brief]").ClickAsync();
        await page.WaitUntilReady();
        await Assertions.Expect(page.Page.Locator(".brief .stance")).ToBeVisibleAsync();
        (await page.Page.Locator("#contacts, #tasks, #engagements, #comments, #gaps").CountAsync()).ShouldBe(0);
        (await page.Page.Locator(".brief").InnerTextAsync()).ShouldNotContain("They went through");
        // The other pages say which key they need.
        await page.GoTo("/desk/gaps");
        await Assertions
            .Expect(page.Page.Locator(".notice"))
            .ToContainTextAsync(page.Look.Language.Text("page.desk.role"));
        await page.GoTo("/desk/today");
        (await page.Page.Locator("#mentions, #team, .mine").CountAsync()).ShouldBe(0);
        await Assertions.Expect(page.Page.Locator(".changes-of")).ToHaveCountAsync(2);
    }

    [Test]
    public async Task A_brief_of_an_observer_a_former_member_and_an_unknown_state()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        await page.SignIn(app, "lobbyist");
        await page.GoTo($"/desk/{SampleDraft.Id}/briefs/VAT");
        await Assertions.Expect(page.Page.Locator(".brief #contacts")).ToBeVisibleAsync();
        (await page.Page.Locator(".brief #forecast, .brief #votes").CountAsync()).ShouldBe(0);
        await page.GoTo($"/desk/{SampleDraft.Id}/briefs/CSK", 404);
        await Assertions.Expect(page.Page.Locator("main")).ToContainTextAsync("until");
        await page.GoTo($"/desk/{SampleDraft.Id}/briefs/XYZ", 404);
        await page.GoTo("/desk/no-such-resolution/briefs/NOR", 404);
    }

    private static async Task Fill(HttpClient client)
    {
        var contacts = new List<string>();
        for (var i = 0; i < 22; i++)
        {
            var added = await client.Add(
                "/v1/contacts",
                new
                {
                    memberState = "ZWE",
                    name = $"Desk officer {i}",
                    title = "Second secretary for legal affairs and human rights",
                    office = i % 2 == 0 ? "mission" : "ministry",
                    email = $"officer.{i}@example.org",
                    phone = "+1 212 555 0100",
                    languages = "English, French",
                    notes = Long,
                }
            );
            contacts.Add(added["id"]!.GetValue<string>());
        }
        for (var i = 0; i < 12; i++)
        {
            await client.Add(
                "/v1/engagements",
                DeskRequests.Meeting(
                    new
                    {
                        memberState = "ZWE",
                        resolution = SampleDraft.Id,
                        summary = Long[..3_900],
                        outcome = Long[..900],
                        contacts = contacts.Take(2),
                    }
                )
            );
            await client.Add(
                "/v1/tasks",
                new
                {
                    what = Long[..900],
                    memberState = "ZWE",
                    assignee = "me",
                    dueOn = i < 3 ? "2026-11-01" : "2026-12-24",
                }
            );
            await client.Add(
                $"/v1/resolutions/{SampleDraft.Id}/stances/ZWE/comments",
                new { text = $"@coordinator {Long[..3_900]}" }
            );
            using var stance = await client.Put(
                $"/v1/resolutions/{SampleDraft.Id}/stances/ZWE",
                new
                {
                    position = i % 2 == 0 ? "yes" : "undecided",
                    certainty = "likely",
                    evidence = "call",
                    note = "They ask for a change of paragraph 4.",
                    reason = string.Concat(Enumerable.Repeat("Said so in a call. ", 40)),
                }
            );
            stance.EnsureSuccessStatusCode();
        }
    }

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)", RegexOptions.CultureInvariant)]
    private static partial Regex Pages();
}
