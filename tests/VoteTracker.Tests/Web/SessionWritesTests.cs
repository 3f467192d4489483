using System.Net.Http.Json;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Tests.Features;
using static VoteTracker.Tests.Security.KeyRequests;

namespace VoteTracker.Tests.Web;

/// <summary>A write with the cookie of a session needs the proof that a page of this service sent it.</summary>
[EveryEngine]
public sealed class SessionWritesTests
{
    private static readonly object Yes = new
    {
        position = "yes",
        certainty = "likely",
        evidence = "call",
    };

    [Test]
    public async Task A_write_with_the_proof_has_the_caller_of_the_session()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var path = $"/v1/resolutions/{id}/stances/NOR";
        using var browser = new CookieBrowser(app);
        await browser.SignIn(await NewKey(app, new { label = "desk", role = "lobbyist" }));
        using (var put = await browser.Write(HttpMethod.Put, path, Yes))
        {
            ((int)put.StatusCode).ShouldBe(200, await put.Content.ReadAsStringAsync());
            (await put.Json())["changedBy"]!.GetValue<string>().ShouldBe("desk");
            put.Headers.CacheControl!.NoStore.ShouldBeTrue();
            put.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        }
        using (var patch = await browser.Write(HttpMethod.Patch, path, new { note = "A note" }))
        {
            ((int)patch.StatusCode).ShouldBe(200);
        }
        using (var delete = await browser.Write(HttpMethod.Delete, path))
        {
            ((int)delete.StatusCode).ShouldBe(204);
        }
        // The role of the key still decides.
        using var post = await browser.Write(HttpMethod.Post, "/v1/api-keys", new { label = "x", role = "viewer" });
        await post.ShouldBeProblem(403);
        (await post.Json())["type"]!.GetValue<string>().ShouldBe("/problems/role-too-low");
    }

    [TestCase("same-origin", null, null)]
    [TestCase("same-origin", null, "wrong")]
    [TestCase("same-origin", null, "é")]
    [TestCase("cross-site", null, "")]
    [TestCase("same-site", "http://other.localhost", "")]
    [TestCase(null, "https://evil.example", "")]
    [TestCase(null, "null", "")]
    [TestCase(null, null, "")]
    public async Task Without_a_proof_or_from_another_origin_a_write_is_a_403_that_says_so(
        string? site,
        string? origin,
        string? proof
    )
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var path = $"/v1/resolutions/{id}/stances/NOR";
        using var browser = new CookieBrowser(app);
        await browser.SignIn(App.AdminKey);
        foreach (var method in (HttpMethod[])[HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete])
        {
            using var write = await browser.Write(method, path, Yes, site, origin, proof);
            await write.ShouldBeProblem(403);
            (await write.Json())["detail"]!.GetValue<string>().ShouldContain(SessionCookie.ProofHeader);
        }
        using var post = await browser.Write(
            HttpMethod.Post,
            "/v1/api-keys",
            new { label = "x", role = "admin" },
            site,
            origin,
            proof
        );
        await post.ShouldBeProblem(403);
        var stance = await app.Admin.GetJson(path);
        stance["position"]!.GetValue<string>().ShouldBe("unknown");
        (await app.Admin.GetJson("/v1/api-keys"))["items"]!
            .AsArray()
            .ShouldNotContain(k => k!["label"]!.GetValue<string>() == "x");
    }

    [Test]
    public async Task The_proof_of_another_session_or_of_an_ended_one_proves_nothing()
    {
        using var app = new App();
        var path = $"/v1/resolutions/{await app.OpenDraft()}/stances/NOR";
        using var other = new CookieBrowser(app);
        await other.SignIn(App.AdminKey);
        using var browser = new CookieBrowser(app);
        await browser.SignIn(App.AdminKey);
        using var foreign = await browser.Write(HttpMethod.Put, path, Yes, proof: SessionCookie.ProofOf(other.Token));
        await foreign.ShouldBeProblem(403);
        await browser.SignOut();
        using var ended = await browser.Write(HttpMethod.Put, path, Yes);
        await ended.ShouldBeProblem(401);
    }

    [Test]
    public async Task Without_fetch_metadata_the_own_origin_is_enough_and_a_key_needs_no_proof()
    {
        using var app = new App();
        var path = $"/v1/resolutions/{await app.OpenDraft()}/stances/NOR";
        using var browser = new CookieBrowser(app);
        await browser.SignIn(App.AdminKey);
        using var put = await browser.Write(HttpMethod.Put, path, Yes, site: null, origin: "http://localhost");
        ((int)put.StatusCode).ShouldBe(200);
        using var keyed = app.Lobbyist;
        keyed.DefaultRequestHeaders.Add("Cookie", browser.Cookie);
        using var withKey = await keyed.Put(path, Yes);
        ((int)withKey.StatusCode).ShouldBe(200);
        (await withKey.Json())["changedBy"]!.GetValue<string>().ShouldBe("lobbyist");
    }

    [Test]
    public async Task An_idempotency_key_belongs_to_its_session()
    {
        using var app = new App();
        var draft = new
        {
            symbol = "A/ES-10/L.90",
            title = "A draft",
            session = "es-10",
            kind = "draft",
        };
        using var one = new CookieBrowser(app);
        await one.SignIn(App.AdminKey);
        using var first = await one.Write(HttpMethod.Post, "/v1/resolutions", draft, idempotencyKey: "once");
        ((int)first.StatusCode).ShouldBe(201);
        using var again = await one.Write(HttpMethod.Post, "/v1/resolutions", draft, idempotencyKey: "once");
        ((int)again.StatusCode).ShouldBe(201);
        again.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        using var two = new CookieBrowser(app);
        await two.SignIn(App.AdminKey);
        using var other = await two.Write(HttpMethod.Post, "/v1/resolutions", draft, idempotencyKey: "once");
        await other.ShouldBeProblem(409);
    }

    [Test]
    public async Task Writes_of_a_session_have_no_limit_of_an_address()
    {
        using var app = new App(
            settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["AnonymousRequestsPerMinute"] = "5" }
        );
        var path = $"/v1/resolutions/{await app.OpenDraft()}/stances/NOR";
        using var browser = new CookieBrowser(app);
        await browser.SignIn(App.AdminKey);
        for (var i = 0; i < 10; i++)
        {
            using var put = await browser.Write(HttpMethod.Put, path, Yes);
            ((int)put.StatusCode).ShouldBe(200);
        }
    }

    [Test]
    public async Task The_proof_is_in_a_page_of_the_session_only_and_in_no_log()
    {
        using var app = new App(settings: LogsEverything);
        var id = await app.OpenDraft();
        using var browser = new CookieBrowser(app);
        await browser.SignIn(App.AdminKey);
        var proof = SessionCookie.ProofOf(browser.Token);
        using var page = await browser.Get($"/desk/{id}", "same-origin");
        (await page.Content.ReadAsStringAsync()).ShouldContain($"data-proof=\"{proof}\"");
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        page.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        using var foreign = await browser.Get($"/desk/{id}", "cross-site", "https://evil.example");
        (await foreign.Content.ReadAsStringAsync()).ShouldNotContain(proof);
        // The key names the caller, not the cookie.
        using var client = app.Admin;
        client.DefaultRequestHeaders.Add("Cookie", browser.Cookie);
        using var keyed = await client.GetAsync($"/desk/{id}");
        var html = await keyed.Content.ReadAsStringAsync();
        html.ShouldContain("data-me");
        html.ShouldNotContain("data-proof");
        app.Log.ShouldNotContain(line => line.Contains(proof, StringComparison.Ordinal));
    }
}
