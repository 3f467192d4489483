using VoteTracker.Tests.Features;
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
