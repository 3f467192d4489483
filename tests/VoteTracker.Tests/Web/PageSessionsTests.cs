using System.Net.Http.Json;
using Dapper;
using VoteTracker.Security;
using VoteTracker.Tests.Features;

namespace VoteTracker.Tests.Web;

/// <summary>A session has the caller of its key for reads, and ends with the key.</summary>
[EveryEngine]
public sealed class PageSessionsTests
{
    private const string Restricted = "/v1/resolutions/es-10-27/forecast";
    private const string Changes = "/v1/changes";

    [Test]
    public async Task A_session_reads_what_its_key_reads_and_writes_nothing_without_a_proof()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "private" });
        using var browser = new CookieBrowser(app);
        (await browser.Status($"/v1/resolutions/{id}/tally")).ShouldBe(404);
        var (key, _) = await NewKey(app, "lobbyist");
        await browser.SignIn(key);
        (await browser.Status($"/v1/resolutions/{id}/tally")).ShouldBe(200);
        (await browser.Status("/v1/contacts")).ShouldBe(200);
        using var role = await browser.Get("/v1/api-keys");
        await role.ShouldBeProblem(403);
        using var head = await browser.Send(HttpMethod.Head, "/v1/contacts");
        ((int)head.StatusCode).ShouldBe(200);
        foreach (var method in (HttpMethod[])[HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete])
        {
            using var write = await browser.Send(method, $"/v1/resolutions/{id}/stances/NOR", "same-origin");
            await write.ShouldBeProblem(403);
        }
        using var post = await browser.Send(HttpMethod.Post, "/v1/contacts", "same-origin");
        await post.ShouldBeProblem(403);
    }

    [Test]
    public async Task A_signed_out_or_unknown_session_is_anonymous_and_no_error()
    {
        using var app = new App();
        using var browser = new CookieBrowser(app);
        await browser.SignIn(App.AdminKey);
        (await browser.Status("/v1/api-keys")).ShouldBe(200);
        await browser.SignOut();
        (await browser.Status("/v1/api-keys")).ShouldBe(401);
        (await browser.Status(Changes)).ShouldBe(200);
        foreach (var wrong in (string[])["", "x", new string('a', 43), new string('é', 43), new string('a', 4000)])
        {
            browser.Cookie = $"votetracker={wrong}";
            (await browser.Status(Changes)).ShouldBe(200);
            (await browser.Status("/v1/api-keys")).ShouldBe(401);
        }
    }

    [Test]
    public async Task A_session_ends_when_its_key_is_revoked_and_so_does_its_stream()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "private" });
        using var browser = new CookieBrowser(app);
        var (key, keyId) = await NewKey(app, "viewer");
        await browser.SignIn(key);
        using var stream = await browser.Get($"/v1/resolutions/{id}/tally/stream", "same-origin");
        ((int)stream.StatusCode).ShouldBe(200);
        (await app.Admin.DeleteAsync($"/v1/api-keys/{keyId}")).EnsureSuccessStatusCode();
        (await browser.Status("/v1/calibration")).ShouldBe(401);
        await app.Lobbyist.RecordStance(id, "NOR", "yes");
        using var limit = new CancellationTokenSource(Hang.Limit);
        var events = await stream.Content.ReadAsStringAsync(limit.Token);
        events.ShouldContain("event: tally");
        events.ShouldNotContain("\"yes\":1");
    }

    [Test]
    public async Task A_session_ends_when_its_key_expires_and_after_thirty_days()
    {
        using var app = new App(settings: new() { ["SessionIdleHours"] = "0" });
        using var browser = new CookieBrowser(app);
        var (key, _) = await NewKey(app, "viewer", app.Clock.GetUtcNow().AddDays(1));
        await browser.SignIn(key);
        app.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMinutes(1));
        (await browser.Status(Restricted)).ShouldNotBe(401);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await browser.Status(Restricted)).ShouldBe(401);
        await browser.SignIn(App.AdminKey);
        app.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(1));
        (await browser.Status("/v1/api-keys")).ShouldBe(200);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await browser.Status("/v1/api-keys")).ShouldBe(401);
        await Until(() => Count(app) == 0, "the hourly deletion deletes both sessions");
    }

    [Test]
    public async Task A_session_that_nobody_used_for_a_week_ends_and_is_deleted()
    {
        using var app = new App();
        using var browser = new CookieBrowser(app);
        await browser.SignIn(App.AdminKey);
        app.Clock.Jump(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        (await browser.Status("/v1/api-keys")).ShouldBe(200);
        app.Clock.Jump(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        (await browser.Status("/v1/api-keys")).ShouldBe(200, "its use counts");
        app.Clock.Jump(TimeSpan.FromDays(7));
        (await browser.Status("/v1/api-keys")).ShouldBe(401);
        app.Clock.Advance(TimeSpan.FromHours(1));
        await Until(() => Count(app) == 0, "the hourly deletion deletes the session");
    }

    [Test]
    public async Task A_session_of_the_admin_key_ends_when_the_setting_changes_and_others_outlive_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("votetracker-test-").FullName;
        try
        {
            string admin;
            string made;
            using (var first = new App(folder: folder))
            {
                using var browser = new CookieBrowser(first);
                await browser.SignIn(App.AdminKey);
                admin = browser.Cookie!;
                await browser.SignIn((await NewKey(first, "viewer")).Key);
                made = browser.Cookie!;
            }
            using var other = new App(
                settings: new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["AdminKey"] = "vt_another-admin-key-of-the-tests-987654",
                },
                folder: folder
            );
            using var again = new CookieBrowser(other) { Cookie = admin };
            (await again.Status("/v1/api-keys")).ShouldBe(401);
            again.Cookie = made;
            (await again.Status("/v1/api-keys")).ShouldBe(403);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public async Task A_key_has_twenty_sessions_and_a_new_one_ends_the_oldest()
    {
        using var app = new App();
        var (key, _) = await NewKey(app, "viewer");
        using var browser = new CookieBrowser(app);
        await browser.SignIn(App.AdminKey);
        var cookies = new List<string>();
        for (var i = 0; i <= PageSessions.MaxPerKey; i++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            // Another browser: a sign-in ends the session of the same one.
            browser.Cookie = null;
            await browser.SignIn(key);
            cookies.Add(browser.Cookie!);
        }
        Count(app).ShouldBe(PageSessions.MaxPerKey + 1, "and the session of the other key");
        browser.Cookie = cookies[0];
        (await browser.Status("/v1/calibration")).ShouldBe(401);
        foreach (var cookie in cookies.Skip(1))
        {
            browser.Cookie = cookie;
            (await browser.Status("/v1/calibration")).ShouldBe(200);
        }
    }

    [OnlyPostgres]
    [Test]
    public async Task Another_replica_knows_a_session_at_once_and_its_end_within_a_second()
    {
        using var one = new App();
        using var other = new App(folder: one.Folder);
        using var browser = new CookieBrowser(one);
        await browser.SignIn(App.AdminKey);
        using var there = new CookieBrowser(other) { Cookie = browser.Cookie };
        (await there.Status("/v1/api-keys")).ShouldBe(200);
        await browser.SignOut();
        other.Clock.Advance(TimeSpan.FromMilliseconds(1_001));
        (await there.Status("/v1/api-keys")).ShouldBe(401);
    }

    [Test]
    public async Task The_database_has_neither_the_token_nor_the_key()
    {
        using var app = new App();
        using var browser = new CookieBrowser(app);
        await browser.SignIn(App.AdminKey);
        var rows = string.Join('\n', Databases.Dump(app.Folder));
        rows.ShouldContain(ApiKey.Hash(browser.Token));
        rows.Contains(browser.Token, StringComparison.Ordinal).ShouldBeFalse();
        rows.Contains(App.AdminKey, StringComparison.Ordinal).ShouldBeFalse();
    }

    private static async Task<(string Key, string Id)> NewKey(App app, string role, DateTimeOffset? expiresAt = null)
    {
        using var answer = await app.Admin.PostAsJsonAsync(
            "/v1/api-keys",
            new
            {
                label = $"{role} of a page",
                role,
                expiresAt,
            }
        );
        var made = await answer.Json();
        return (made.Text("key")!, made.Text("id")!);
    }

    private static long Count(App app)
    {
        using var connection = Databases.Open(app.Folder);
        return connection.ExecuteScalar<long>("SELECT COUNT(*) FROM page_session");
    }

    private static async Task Until(Func<bool> holds, string what)
    {
        for (var tries = 0; !holds(); tries++)
        {
            tries.ShouldBeLessThan(500, what);
            await Task.Delay(20);
        }
    }
}
