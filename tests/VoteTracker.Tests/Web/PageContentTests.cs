using System.Globalization;
using System.Net;
using System.Net.Http.Json;

namespace VoteTracker.Tests.Web;

/// <summary>What pages say, without a browser.</summary>
public sealed class PageContentTests
{
    [Test]
    public async Task An_address_of_one_reader_does_not_change_the_page_of_others()
    {
        using var app = new App();
        using var client = app.Anonymous;
        (await client.GetStringAsync("/Resolutions/es-10-27?utm=strange&compare=&since=nonsense")).ShouldNotContain(
            "strange"
        );
        var page = await client.GetStringAsync("/resolutions/es-10-27");
        page.ShouldNotContain("strange");
        page.ShouldNotContain("nonsense");
        page.ShouldContain("href=\"/resolutions/es-10-27?lang=fr\"");
    }

    [Test]
    public async Task The_list_says_that_a_draft_is_not_voted_on_and_what_is_open()
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var id = await app.OpenDraft(new { visibility = "positions" });
        var empty = await Home(app);
        empty.ShouldContain("Nothing is recorded yet.");
        empty.ShouldNotContain("not reached");
        await lobbyist.RecordStance(id, "NOR", "yes");
        var home = await Home(app);
        home.ShouldContain("If the vote were held now:");
        home.ShouldContain("Open: 192 unknown, 0 undecided");
    }

    [Test]
    public async Task Many_amendments_hide_neither_the_record_nor_other_drafts()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "positions", title = "The first draft" });
        using var coordinator = app.Coordinator;
        for (var i = 0; i < 110; i++)
        {
            await coordinator.OpenDraft(
                new
                {
                    kind = "amendment",
                    parent = id,
                    title = $"Amendment {i}",
                    visibility = "positions",
                },
                $"A/ES-10/L.{100 + i}"
            );
        }
        var home = await Home(app);
        home.ShouldContain("The first draft");
        home.ShouldNotContain("Amendment 5");
        home.ShouldContain("/resolutions/es-10-27");
        (await app.Anonymous.GetStringAsync($"/resolutions/{id}")).ShouldContain("<option value=\"es-10-27\"");
        (await app.Anonymous.GetStringAsync("/?q=Amendment 57")).ShouldContain("Amendment 57");
        // States are found by their aliases, as at /v1/member-states.
        (await app.Anonymous.GetStringAsync("/?q=Ivory Coast")).ShouldContain("/states/CIV");
    }

    [Test]
    public async Task A_withdrawn_draft_is_not_a_recorded_vote()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        var id = await app.OpenDraft(new { visibility = "positions", title = "Withdrawn later" });
        using var answer = await coordinator.Patch($"/v1/resolutions/{id}", """{"status":"withdrawn"}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var home = await Home(app);
        home.IndexOf("Withdrawn later", StringComparison.Ordinal)
            .ShouldBeGreaterThan(home.IndexOf("id=\"without-vote\"", StringComparison.Ordinal));
        home.ShouldContain("id=\"without-vote\"");
    }

    [Test]
    public async Task Only_a_reader_that_may_open_the_package_of_a_draft_is_told_to_cite_it()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "positions" });
        (await app.Anonymous.GetStringAsync($"/resolutions/{id}")).ShouldNotContain("export.zip");
        (await app.Viewer.GetStringAsync($"/resolutions/{id}")).ShouldContain("export.zip");
        (await app.Anonymous.GetStringAsync("/resolutions/es-10-27")).ShouldContain("export.zip?asOf=");
    }

    [TestCase("en", "may vote", "may not vote", "simple majority")]
    [TestCase("fr", "droit de vote", "sans droit de vote", "majorité simple")]
    public async Task Changes_of_rights_and_of_the_rule_are_in_the_language(string lang, params string[] words)
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        var id = await app.OpenDraft(new { visibility = "positions", voteOn = "2026-12-20" });
        await coordinator.RecordStance(id, "VEN", "yes");
        app.Clock.Jump(TimeSpan.FromHours(30));
        using var ineligible = await coordinator.PutAsJsonAsync(
            "/v1/member-states/VEN/ineligibility",
            new { from = "2026-01-01", reason = "article-19" }
        );
        ineligible.IsSuccessStatusCode.ShouldBeTrue(await ineligible.Content.ReadAsStringAsync());
        using var rule = await coordinator.Patch($"/v1/resolutions/{id}", """{"rule":"simple-majority"}""");
        rule.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await app.Viewer.GetStringAsync($"/resolutions/{id}?lang={lang}");
        var moves = page[page.IndexOf("id=\"moves\"", StringComparison.Ordinal)..];
        moves = WebUtility.HtmlDecode(moves[..moves.IndexOf("</table>", StringComparison.Ordinal)]);
        foreach (var word in words)
        {
            moves.ShouldContain(word);
        }
        moves.ShouldNotContain("may-");
        moves.ShouldNotContain("simple-majority");
    }

    [Test]
    public async Task A_reached_majority_shows_what_could_turn_it_and_a_missed_one_what_would_reach_it()
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var id = await app.OpenDraft(new { visibility = "positions" });
        await lobbyist.RecordStance(id, "NOR", "yes");
        (await app.Viewer.GetStringAsync($"/resolutions/{id}")).ShouldContain("against adoption");
        foreach (var state in (string[])["SWE", "DNK"])
        {
            await lobbyist.RecordStance(id, state, "no");
        }
        (await app.Viewer.GetStringAsync($"/resolutions/{id}")).ShouldContain("for adoption");
    }

    [Test]
    public async Task A_moment_is_read_with_or_without_its_zone_and_a_wrong_one_is_named()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "positions" });
        using var viewer = app.Viewer;
        var since = app.Clock.GetUtcNow().AddHours(30).ToString("yyyy-MM-dd'T'HH':17'", CultureInfo.InvariantCulture);
        app.Clock.Jump(TimeSpan.FromHours(48));
        (await viewer.GetStringAsync($"/resolutions/{id}?since={since}")).ShouldContain($"{since[11..]} UTC");
        (await viewer.GetStringAsync($"/resolutions/{id}?since={since}:00Z")).ShouldContain($"{since[11..]} UTC");
        var page = await viewer.GetStringAsync($"/resolutions/{id}?since=yester<day>");
        page.ShouldContain("yester&lt;day&gt;");
        page.ShouldContain("role=\"alert\"");
    }

    private static Task<string> Home(App app) => app.Anonymous.GetStringAsync("/");
}
