using System.Net;
using Microsoft.AspNetCore.Http;
using static VoteTracker.Tests.Security.KeyRequests;

namespace VoteTracker.Tests.Web;

/// <summary>The forms that sign in and out: their cookie, where they return, and requests of other sites.</summary>
public sealed class SignInTests
{
    private const string WrongKey = "vt_nobody-has-this-key-nobody-has-this-key-0000";

    [Test]
    public async Task A_sign_in_sets_a_cookie_that_no_script_and_no_other_site_gets_and_returns_to_the_page()
    {
        using var app = new App();
        using var browser = new CookieBrowser(app);
        using var answer = await browser.Send(
            "/sign-in",
            ("key", $" {App.AdminKey}\n"),
            ("return", "/s/es-10?lang=fr")
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldBe("/s/es-10?lang=fr");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var cookie = answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldMatch("^votetracker=[A-Za-z0-9_-]{43}; max-age=2592000; path=/; samesite=strict; httponly$");
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
    }

    [Test]
    public async Task With_TLS_the_cookie_is_secure_and_bound_to_the_host()
    {
        using var app = new App();
        using var browser = new CookieBrowser(app, "https");
        using var answer = await browser.Send("/sign-in", ("key", App.AdminKey));
        answer.Headers.Location!.OriginalString.ShouldBe("/");
        answer
            .Headers.GetValues("Set-Cookie")
            .ShouldHaveSingleItem()
            .ShouldMatch("^__Host-votetracker=[^;]{43}; max-age=2592000; path=/; secure; samesite=strict; httponly$");
        await browser.SignIn(App.AdminKey);
        (await browser.Status("/v1/api-keys")).ShouldBe(200);
        // Another host of the domain can set a cookie without the prefix.
        browser.Cookie = $"votetracker={browser.Token}";
        (await browser.Status("/v1/api-keys")).ShouldBe(401);
    }

    [Test]
    public async Task Behind_a_trusted_proxy_with_TLS_the_cookie_is_secure()
    {
        using var app = new App(
            settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["TrustedProxies"] = "127.0.0.1" }
        );
        (await Cookie("127.0.0.1")).ShouldStartWith("__Host-votetracker=");
        (await Cookie("192.0.2.7")).ShouldStartWith("votetracker=");

        async Task<string> Cookie(string peer)
        {
            var answer = await app.Server.SendAsync(http =>
            {
                http.Connection.RemoteIpAddress = IPAddress.Parse(peer);
                http.Request.Method = "POST";
                http.Request.Path = "/sign-in";
                http.Request.ContentType = "application/x-www-form-urlencoded";
                http.Request.Headers["X-Forwarded-Proto"] = "https";
                http.Request.Headers["Sec-Fetch-Site"] = "same-origin";
                http.Request.Body = new MemoryStream([
                    .. "key="u8,
                    .. System.Text.Encoding.UTF8.GetBytes(App.AdminKey),
                ]);
            });
            answer.Response.StatusCode.ShouldBe(StatusCodes.Status303SeeOther);
            return answer.Response.Headers.SetCookie.ToString();
        }
    }

    [TestCase("//evil.example")]
    [TestCase("/\\evil.example")]
    [TestCase("\\\\evil.example")]
    [TestCase("https://evil.example/")]
    [TestCase("javascript:alert(1)")]
    [TestCase("evil.example")]
    [TestCase("/\t/evil.example")]
    [TestCase("/a\r\nSet-Cookie: x=y")]
    [TestCase(" /")]
    public async Task An_address_of_another_host_is_no_page_to_return_to(string page)
    {
        using var app = new App();
        using var browser = new CookieBrowser(app);
        foreach (var path in (string[])["/sign-in", "/sign-out"])
        {
            using var answer = await browser.Send(path, ("key", App.AdminKey), ("return", page));
            await answer.ShouldBeProblem(400, "return");
            answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        }
    }

    [TestCase("cross-site", null)]
    [TestCase("same-site", null)]
    [TestCase("cross-site", "http://localhost")]
    [TestCase(null, "https://evil.example")]
    [TestCase(null, "http://localhost.evil.example")]
    [TestCase(null, "https://localhost")]
    [TestCase(null, "null")]
    [TestCase(null, null)]
    public async Task A_form_of_another_site_signs_nobody_in_or_out(string? site, string? origin)
    {
        using var app = new App();
        using var browser = new CookieBrowser(app);
        await browser.SignIn(App.AdminKey);
        foreach (var path in (string[])["/sign-in", "/sign-out"])
        {
            using var answer = await browser.Send(path, site, [("key", App.AdminKey)], origin);
            await answer.ShouldBeProblem(403);
            answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        }
        (await browser.Status("/v1/api-keys")).ShouldBe(200);
    }

    [Test]
    public async Task Without_fetch_metadata_the_origin_of_the_form_counts()
    {
        using var app = new App();
        using var browser = new CookieBrowser(app);
        using var answer = await browser.Send("/sign-in", null, [("key", App.AdminKey)], "http://localhost");
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Test]
    public async Task A_wrong_key_is_a_401_a_missing_one_a_400_and_another_body_a_415()
    {
        using var app = new App();
        using var browser = new CookieBrowser(app);
        foreach (var wrong in (string[])[WrongKey, "vt_short", App.AdminKey + "x", $"Bearer {App.AdminKey}"])
        {
            using var answer = await browser.Send("/sign-in", ("key", wrong));
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain(wrong);
            answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        }
        using var missing = await browser.Send("/sign-in", ("key", " "));
        missing.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await missing.Content.ReadAsStringAsync()).ShouldContain("Enter a key.");
        using var json = new HttpRequestMessage(HttpMethod.Post, "/sign-in");
        json.Headers.Add("Sec-Fetch-Site", "same-origin");
        json.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var other = await app.Anonymous.SendAsync(json);
        await other.ShouldBeProblem(415);
    }

    [Test]
    public async Task Wrong_keys_in_the_form_and_in_the_header_have_one_limit()
    {
        using var app = new App(
            settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["AnonymousRequestsPerMinute"] = "4" }
        );
        using var wrong = app.WithKey(WrongKey);
        for (var i = 0; i < 3; i++)
        {
            using var answer = await wrong.GetAsync(Public);
            await answer.ShouldBeProblem(401);
        }
        using var browser = new CookieBrowser(app);
        using (var answer = await browser.Send("/sign-in", ("key", WrongKey)))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
        using var over = await browser.Send("/sign-in", ("key", WrongKey));
        await over.ShouldBeProblem(429);
        over.Headers.RetryAfter.ShouldNotBeNull();
        (await browser.Send("/sign-in", ("key", App.AdminKey))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Test]
    public async Task The_key_and_the_token_are_in_no_log_and_a_form_accepts_any_query()
    {
        using var app = new App(settings: LogsEverything);
        using var browser = new CookieBrowser(app);
        await browser.SignIn(App.AdminKey);
        (await browser.Status("/v1/api-keys")).ShouldBe(200);
        using (var answer = await browser.Send("/sign-out?utm_source=mail", ("return", "/")))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
            answer
                .Headers.GetValues("Set-Cookie")
                .ShouldHaveSingleItem()
                .ShouldStartWith("votetracker=; expires=Thu, 01 Jan 1970");
        }
        app.Log.ShouldContain(line => line.Contains("/sign-in", StringComparison.Ordinal));
        app.Log.ShouldNotContain(line => line.Contains(App.AdminKey, StringComparison.Ordinal));
        app.Log.ShouldNotContain(line => line.Contains(browser.Token, StringComparison.Ordinal));
    }
}
