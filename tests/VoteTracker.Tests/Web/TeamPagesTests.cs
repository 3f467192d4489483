using VoteTracker.Tests.Features;
using VoteTracker.Tests.Features.Briefs;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Web;

/// <summary>The pages of the day, of gaps and of briefs, as the server writes them for each role.</summary>
[EveryEngine]
public sealed class TeamPagesTests
{
    [Test]
    public async Task A_viewer_gets_no_comments_views_or_work_on_any_page_of_the_desk()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var lobbyist = app.Lobbyist;
        await lobbyist.Add($"/v1/resolutions/{id}/stances/NOR/comments", new { text = "@coordinator Quokka" });
        await lobbyist.Add("/v1/engagements", DeskRequests.Meeting(new { resolution = id, summary = "Quokka" }));
        (
            await lobbyist.Put("/v1/views/Quokka", new { filter = "position=yes", shared = true })
        ).EnsureSuccessStatusCode();
        await lobbyist.Add(
            "/v1/tasks",
            new
            {
                what = "Quokka",
                assignee = "me",
                dueOn = "2026-01-01",
            }
        );
        foreach (
            var path in new[]
            {
                $"/desk/{id}",
                "/desk/tasks",
                "/desk/today",
                $"/desk/today?since=7d&resolution={id}",
                "/desk/gaps",
                $"/vote-day/{id}",
                $"/desk/gaps?resolution={id}&kind=no-assignee&assignee=lobbyist&group=nam",
                $"/desk/{id}/briefs/NOR",
            }
        )
        {
            (await app.Viewer.GetStringAsync(path)).ShouldNotContain("Quokka", customMessage: path);
            (await app.Viewer.GetStringAsync(path)).ShouldNotContain("<li data-state=", customMessage: path);
        }
        (await lobbyist.GetStringAsync($"/desk/{id}")).ShouldContain("1 comment");
        (await lobbyist.GetStringAsync($"/desk/{id}")).ShouldContain("data-view=\"Quokka\"");
        (await app.Coordinator.GetStringAsync("/desk/today")).ShouldContain("@coordinator Quokka");
        (await lobbyist.GetStringAsync($"/desk/{id}/briefs/NOR")).ShouldContain("@coordinator Quokka");
    }

    [Test]
    public async Task A_confidential_engagement_is_on_the_brief_of_its_author_and_of_coordinators_only()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var author = await app.Member("Ann");
        await author.Add("/v1/engagements", DeskRequests.Meeting(new { summary = "Quokka", confidential = true }));
        foreach (
            var (client, sees) in new[]
            {
                (author, true),
                (app.Coordinator, true),
                (app.Lobbyist, false),
                (app.Viewer, false),
            }
        )
        {
            var html = await client.GetStringAsync($"/desk/{id}/briefs/NOR");
            html.Contains("Quokka", StringComparison.Ordinal).ShouldBe(sees);
        }
    }

    [Test]
    public async Task A_co_sponsor_of_an_earlier_text_is_told_from_a_state_that_was_not_asked()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.Stance(id, "yes");
        await app.Lobbyist.CoSponsor(id, "signed");
        (await app.Lobbyist.GetMarkdown(BriefRequests.Path(id))).ShouldContain("- Co-sponsor: signed, additional\n");
        using var revised = await app.Coordinator.Patch($"/v1/resolutions/{id}", """{"textVersion":"Rev.1"}""");
        revised.EnsureSuccessStatusCode();
        var markdown = await app.Lobbyist.GetMarkdown(BriefRequests.Path(id));
        markdown.ShouldContain("- Co-sponsor: signed, additional, for the original text\n");
        var page = await app.Lobbyist.GetStringAsync($"/desk/{id}/briefs/NOR");
        page.ShouldContain("<bdi>for the original text</bdi>");
        var gaps = await app.Lobbyist.GetStringAsync($"/desk/gaps?resolution={id}&kind=yes-not-asked-to-co-sponsor");
        foreach (var text in new[] { markdown, page, gaps })
        {
            text.ShouldContain("Yes, asked about an earlier text: ask again");
        }
        page.ShouldNotContain("Yes, not asked to co-sponsor");
    }

    [Test]
    public async Task The_page_of_a_brief_names_the_contact_that_said_it_and_those_of_each_engagement()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var contact = await DeskRequests.Contact(app);
        await app.Lobbyist.Stance(id, "yes", contact: contact);
        await app.Lobbyist.Add("/v1/engagements", DeskRequests.Meeting(new { contacts = new[] { contact } }));
        var page = await app.Lobbyist.GetStringAsync($"/desk/{id}/briefs/NOR");
        page.ShouldContain("<dt>Contact</dt><dd><bdi>The desk</bdi></dd>");
        page[page.IndexOf("id=\"engagements\"", StringComparison.Ordinal)..].ShouldContain("<bdi>The desk</bdi>");
        (await app.Viewer.GetStringAsync($"/desk/{id}/briefs/NOR")).ShouldNotContain("The desk");
    }

    [Test]
    public async Task The_day_lists_the_mentions_of_a_month_and_marks_the_new_ones()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.Comment(id, "@coordinator On Friday");
        app.Clock.Jump(TimeSpan.FromDays(3));
        var page = await app.Coordinator.GetStringAsync("/desk/today");
        page.ShouldContain("@coordinator On Friday");
        page.ShouldContain("Since 25 October 2026");
        page.ShouldNotContain(">new</span>");
        await app.Lobbyist.Comment(id, "@coordinator On Monday");
        (await app.Coordinator.GetStringAsync("/desk/today")).ShouldContain(">new</span>");
        app.Clock.Jump(TimeSpan.FromDays(28));
        page = await app.Coordinator.GetStringAsync("/desk/today");
        page.ShouldNotContain("@coordinator On Friday");
        page.ShouldContain("@coordinator On Monday");
    }

    [Test]
    public async Task The_day_says_that_a_list_was_cut()
    {
        using var app = new App();
        for (var i = 1; i <= 10; i++)
        {
            await app.OpenDraft(symbol: $"A/ES-10/L.{i}");
        }
        (await app.Viewer.GetStringAsync("/desk/today")).ShouldNotContain("There are more entries than these.");
        await app.OpenDraft(symbol: "A/ES-10/L.11");
        (await app.Viewer.GetStringAsync("/desk/today")).ShouldContain("There are more entries than these.");
    }

    [TestCase("/desk/gaps?resolution=no-such")]
    [TestCase("/desk/today?resolution=no-such")]
    [TestCase("/desk/no-such/briefs/NOR")]
    [TestCase("/desk/{id}/briefs/XYZ")]
    [TestCase("/desk/{id}/briefs/CSK")]
    public async Task A_page_about_what_does_not_exist_is_a_404(string path)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var answer = await app.Lobbyist.GetAsync(path.Replace("{id}", id, StringComparison.Ordinal));
        ((int)answer.StatusCode).ShouldBe(404);
    }

    [TestCase("24x")]
    [TestCase("2099-01-01")]
    [TestCase("0d")]
    public async Task A_day_since_no_moment_of_the_past_is_that_since_yesterday_and_says_so(string since)
    {
        using var app = new App();
        await app.OpenDraft();
        var html = await app.Lobbyist.GetStringAsync($"/desk/today?since={since}");
        html.ShouldContain($"This is not a moment in the past (examples: 24h, 7d, a day): <bdi>{since}</bdi>");
        html.ShouldContain("Since 20 November 2026");
    }

    [Test]
    public async Task Without_an_open_draft_the_pages_say_so_and_after_the_vote_nothing_is_missing()
    {
        using var app = new App();
        (await app.Lobbyist.GetStringAsync("/desk/gaps")).ShouldContain("There is no open draft.");
        (await app.Lobbyist.GetStringAsync("/desk/today")).ShouldContain("There is no open draft.");
        var html = await app.Lobbyist.GetStringAsync("/desk/gaps?resolution=es-10-27");
        html.ShouldContain("The vote is over.");
        html.ShouldNotContain("<li data-state=");
    }
}
