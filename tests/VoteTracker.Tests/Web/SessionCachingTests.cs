using VoteTracker.Tests.Features;
using static VoteTracker.Tests.Security.KeyRequests;

namespace VoteTracker.Tests.Web;

/// <summary>No cache and no other origin gets the response to a session.</summary>
public sealed class SessionCachingTests
{
    [Test]
    public async Task A_response_to_a_session_is_never_stored_and_one_without_it_varies_by_the_cookie()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "tally" });
        using var browser = new CookieBrowser(app);
        foreach (var path in Paths(id))
        {
            using var before = await browser.Get(path);
            before.Headers.Vary.ShouldContain("Cookie", path);
            before.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        }
        await browser.SignIn(App.AdminKey);
        foreach (var path in Paths(id).Append($"/v1/resolutions/{id}/forecast").Append("/v1/resolutions/nothing"))
        {
            using var answer = await browser.Get(path, "same-origin");
            answer.Headers.CacheControl!.ToString().ShouldBe("no-store, no-transform, private", path);
            answer.Headers.Vary.ShouldContain("Cookie", path);
            answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse(path);
        }
    }

    [Test]
    public async Task A_browser_with_the_public_version_gets_the_version_of_its_session()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "tally" });
        using var browser = new CookieBrowser(app);
        foreach (var path in Paths(id).Where(p => !p.Contains("export", StringComparison.Ordinal)))
        {
            browser.Cookie = null;
            using var first = await browser.Get(path);
            var tag = first.ETag();
            if (tag is null)
            {
                continue;
            }
            using var same = await browser.Get(path, tag: tag);
            ((int)same.StatusCode).ShouldBe(304, path);
            await browser.SignIn(App.AdminKey);
            using var signedIn = await browser.Get(path, tag: tag);
            ((int)signedIn.StatusCode).ShouldBe(200, path);
        }
    }

    [TestCase("cross-site", null)]
    [TestCase("cross-site", "https://evil.example")]
    [TestCase("same-site", "http://other.localhost")]
    [TestCase(null, "https://evil.example")]
    public async Task A_request_of_another_origin_is_anonymous_even_if_the_browser_sends_the_cookie(
        string? site,
        string? origin
    )
    {
        using var app = new App();
        using var browser = new CookieBrowser(app);
        await browser.SignIn(App.AdminKey);
        (await browser.Status("/v1/api-keys", "same-origin")).ShouldBe(200);
        (await browser.Status("/v1/api-keys", "none")).ShouldBe(200);
        using var foreign = await browser.Get("/v1/api-keys", site, origin);
        await foreign.ShouldBeProblem(401);
        foreign.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
    }

    [Test]
    public async Task A_session_has_no_limit_of_reads_and_an_ended_one_has_that_of_its_address()
    {
        using var app = new App(
            settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["AnonymousRequestsPerMinute"] = "5" }
        );
        using var browser = new CookieBrowser(app);
        await browser.SignIn(App.AdminKey);
        for (var i = 0; i < 10; i++)
        {
            (await browser.Status("/v1/changes")).ShouldBe(200);
        }
        browser.Cookie = $"votetracker={new string('a', 43)}";
        var statuses = new List<int>();
        for (var i = 0; i < 6; i++)
        {
            statuses.Add(await browser.Status(Public));
        }
        statuses.ShouldContain(200);
        statuses[^1].ShouldBe(429);
    }

    private static string[] Paths(string id) =>
        [
            Public,
            $"/v1/resolutions/{id}/tally",
            $"/v1/resolutions/{id}",
            $"/v1/resolutions/{id}/breakdown",
            "/v1/member-states",
            "/v1/export/member-states.csv",
        ];
}
