using VoteTracker.Tests.Features;

namespace VoteTracker.Tests.Web;

/// <summary>The pages of the desk, and the links to them, as the server writes them.</summary>
[EveryEngine]
public sealed class DeskPagesTests
{
    [Test]
    public async Task The_tasks_done_last_are_shown_however_many_there_are()
    {
        using var app = new App();
        using var client = app.Lobbyist;
        for (var i = 0; i < 205; i++)
        {
            await Add(client, $"Old {i}", "2026-01-01", "2026-02-01");
        }
        await Add(client, "The newest", null, "2026-11-01");
        using var mine = await client.GetAsync("/desk/tasks");
        var html = await mine.Content.ReadAsStringAsync();
        var done = html[html.IndexOf("data-tasks=\"done\"", StringComparison.Ordinal)..];
        done.ShouldContain("The newest");
        done.IndexOf("The newest", StringComparison.Ordinal)
            .ShouldBeLessThan(done.IndexOf("Old ", StringComparison.Ordinal));
    }

    [Test]
    public async Task Open_tasks_are_not_crowded_out_by_overdue_ones_and_a_list_that_is_cut_says_so()
    {
        using var app = new App();
        using var client = app.Lobbyist;
        for (var i = 0; i < 201; i++)
        {
            await Add(client, $"Late {i}", "2026-01-01", null);
        }
        await Add(client, "Not late", "2026-12-24", null);
        await Add(client, "Any day", null, null);
        using var mine = await client.GetAsync("/desk/tasks");
        var html = await mine.Content.ReadAsStringAsync();
        html.ShouldContain("Only the first 200 are shown.");
        var open = html[html.IndexOf("data-tasks=\"open\"", StringComparison.Ordinal)..];
        open.ShouldContain("Not late");
        open.ShouldContain("Any day");
        open.ShouldNotContain("Late 1");
    }

    [Test]
    public async Task Valid_share_links_are_shown_first_and_a_list_that_is_cut_says_so()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var rows = Enumerable
            .Range(0, 202)
            .Select(i =>
                $"('{i:000000000000}', '{id}', '{(i < 2 ? "Valid" : "Ended")} {i}', 'tally', 'lookup {i}', 'h', '2026-11-21T15:00:{(i < 2 ? 0 : 1):00}.000000Z', 'x', {(i < 2 ? "NULL" : "'2026-11-21T15:00:02.000000Z'")}, 0)"
            )
            .ToList();
        Insert(rows.Take(200));
        using var client = app.Coordinator;
        (await client.GetStringAsync($"/desk/{id}/share")).ShouldNotContain("There are more links");
        Insert(rows.Skip(200));
        var html = await client.GetStringAsync($"/desk/{id}/share");
        html.ShouldContain("There are more links than these");
        html.ShouldContain($"GET /v1/resolutions/{id}/share-links");
        html.Split("data-link=").Length.ShouldBe(201);
        html.IndexOf("Valid 1", StringComparison.Ordinal)
            .ShouldBeInRange(0, html.IndexOf("Ended ", StringComparison.Ordinal));

        void Insert(IEnumerable<string> links) =>
            Databases.Execute(
                app.Folder,
                $"""
                INSERT INTO share_link (
                    id, resolution, label, scope, lookup, hash, created_at, created_by, revoked_at, uses
                )
                VALUES {string.Join(", ", links)}
                """
            );
    }

    [TestCase("lobbyist", true)]
    [TestCase("coordinator", true)]
    [TestCase("viewer", false)]
    [TestCase(null, false)]
    public async Task Pages_link_to_the_desk_for_those_who_record_positions(string? role, bool hasLinks)
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "positions" });
        await app.Coordinator.RecordStance(id, "NOR", "yes");
        using var browser = new CookieBrowser(app);
        if (role is not null)
        {
            using var keyed = app.As(role);
            await browser.SignIn(keyed.DefaultRequestHeaders.Authorization!.Parameter!);
        }
        foreach (
            var (path, link) in new[]
            {
                ("/", $"href=\"/desk/{id}\""),
                ("/", "href=\"/desk/tasks\""),
                ($"/resolutions/{id}", $"href=\"/desk/{id}\""),
                ("/states/NOR", $"href=\"/desk/{id}#NOR\""),
            }
        )
        {
            using var answer = await browser.Get(path, "same-origin");
            var html = await answer.Content.ReadAsStringAsync();
            ((int)answer.StatusCode).ShouldBe(200, path);
            html.Contains(link, StringComparison.Ordinal).ShouldBe(hasLinks, $"{path}: {link}");
            if (role is null)
            {
                continue;
            }
            // No cache shows one reader's page to another.
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue(path);
            answer.Headers.CacheControl.Public.ShouldBeFalse(path);
            browser.Cookie.ShouldNotBeNull();
        }
    }

    [Test]
    public async Task A_page_that_was_cached_for_the_public_has_no_link_of_a_lobbyist()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PublicUrl"] = "https://votes.example",
        };
        using var app = new App(settings: settings);
        var id = await app.OpenDraft(new { visibility = "positions" });
        using var signedIn = app.Lobbyist;
        using var anonymous = app.Anonymous;
        foreach (var client in new[] { signedIn, anonymous, signedIn, anonymous })
        {
            using var answer = await client.GetAsync($"/resolutions/{id}");
            var html = await answer.Content.ReadAsStringAsync();
            html.Contains("/desk/", StringComparison.Ordinal).ShouldBe(client == signedIn);
            answer.Headers.CacheControl!.Public.ShouldBe(client == anonymous);
        }
    }

    [Test]
    public async Task A_viewer_gets_no_labels_of_the_team()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.GetJson("/v1/me");
        foreach (var (client, sees) in new[] { (app.Viewer, false), (app.Lobbyist, true) })
        {
            var html = await client.GetStringAsync($"/desk/{id}");
            html.Contains("<option value=\"coordinator\">", StringComparison.Ordinal).ShouldBe(sees);
        }
    }

    private static async Task Add(HttpClient client, string what, string? dueOn, string? doneOn)
    {
        using var answer = await client.Send(
            HttpMethod.Post,
            "/v1/tasks",
            new
            {
                what,
                assignee = "me",
                dueOn,
                doneOn,
            },
            ifMatch: null
        );
        ((int)answer.StatusCode).ShouldBe(201, await answer.Content.ReadAsStringAsync());
    }
}
