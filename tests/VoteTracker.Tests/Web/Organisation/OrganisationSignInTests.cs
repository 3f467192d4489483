using System.Net;
using System.Web;
using VoteTracker.Security;
using VoteTracker.Tests.Features;
using static VoteTracker.Tests.Security.KeyRequests;

namespace VoteTracker.Tests.Web.Organisation;

/// <summary>People sign in with the OpenID Connect provider of their organisation.</summary>
[EveryEngine]
public sealed class OrganisationSignInTests
{
    [Test]
    public async Task A_person_signs_in_with_a_code_and_PKCE_gets_the_role_of_the_claims_and_writes_as_its_label()
    {
        await using var fixture = await SignInFixture.Start();
        using var browser = fixture.Browser();
        var address = await SignInFixture.Begin(browser, "/desk/tasks?lang=fr");
        var query = HttpUtility.ParseQueryString(address.Query);
        query["response_type"].ShouldBe("code");
        query["code_challenge_method"].ShouldBe("S256");
        query["state"].ShouldNotBeNullOrEmpty();
        query["nonce"].ShouldNotBeNullOrEmpty();
        query["redirect_uri"].ShouldBe("http://localhost/signin-oidc");

        using var answer = await browser.GetAsync(await fixture.Authorize(address));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        fixture.Provider.Challenge.ShouldNotBeNullOrEmpty();
        fixture.Provider.Tokens.ShouldBe(1);
        var html = await answer.Content.ReadAsStringAsync();
        // The page continues by itself: a redirect would not have the new cookie.
        html.ShouldContain("""<meta http-equiv="refresh" content="0;url=/desk/tasks?lang=fr""");
        var cookie = answer
            .Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith("votetracker=", StringComparison.Ordinal));
        cookie.ShouldMatch("^votetracker=[A-Za-z0-9_-]{43}; max-age=43200; path=/; samesite=strict; httponly$");

        var me = await browser.GetJson("/v1/me");
        (me.Text("label"), me.Text("role")).ShouldBe(("Ada Lovelace", "lobbyist"));
        (await browser.GetAsync("/v1/contacts")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.GetAsync("/v1/api-keys")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var id = await fixture.App.OpenDraft(new { visibility = "private" });
        using var own = new CookieBrowser(fixture.App) { Cookie = cookie.Split(';')[0] };
        using var write = await own.Write(
            HttpMethod.Put,
            $"/v1/resolutions/{id}/stances/NOR",
            new
            {
                position = "yes",
                certainty = "likely",
                evidence = "call",
            }
        );
        (await write.Json()).Text("changedBy").ShouldBe("Ada Lovelace");
    }

    [Test]
    public async Task Administrators_see_people_among_the_holders_and_end_their_access()
    {
        await using var fixture = await SignInFixture.Start();
        await NewKey(fixture.App, new { label = "ada lovelace", role = "viewer" });
        using var browser = fixture.Browser();
        using (await fixture.SignIn(browser)) { }
        // The label of a key is not given to a person.
        (await browser.GetJson("/v1/me"))
            .Text("label")
            .ShouldBe("Ada Lovelace 2");
        using var admin = fixture.App.Admin;
        var people = (await admin.GetJson("/v1/api-keys"))["items"]!
            .AsArray()
            .Where(holder => holder!["isPerson"]!.GetValue<bool>())
            .ToList();
        var person = people.ShouldHaveSingleItem()!;
        (person.Text("label"), person.Text("role")).ShouldBe(("Ada Lovelace 2", "lobbyist"));
        person["lastUsedAt"].ShouldNotBeNull();
        using var rotate = await admin.PostAsync($"/v1/api-keys/{person.Text("id")}/rotate", content: null);
        await rotate.ShouldBeProblem(409);
        (await admin.DeleteAsync($"/v1/api-keys/{person.Text("id")}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await browser.GetAsync("/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var again = await fixture.SignIn(browser);
        again.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await again.Content.ReadAsStringAsync()).ShouldContain("An administrator has ended your access.");
    }

    [Test]
    public async Task The_next_sign_in_changes_the_role_keeps_the_label_and_without_a_role_ends_all_sessions()
    {
        await using var fixture = await SignInFixture.Start();
        using var phone = fixture.Browser();
        using (await fixture.SignIn(phone)) { }
        fixture.Provider.Roles = ["desk", "other", "leads"];
        fixture.Provider.Name = "Ada King";
        using var browser = fixture.Browser();
        using (await fixture.SignIn(browser)) { }
        foreach (var client in (HttpClient[])[phone, browser])
        {
            var me = await client.GetJson("/v1/me");
            (me.Text("label"), me.Text("role")).ShouldBe(("Ada Lovelace", "coordinator"));
        }
        fixture.Provider.Roles = ["Desk", "other"];
        using var refused = await fixture.SignIn(browser);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("Your organisation gives you no role here.");
        refused.Headers.TryGetValues("Set-Cookie", out var set);
        (set ?? []).ShouldNotContain(c => c.StartsWith("votetracker=", StringComparison.Ordinal));
        (await phone.GetAsync("/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        fixture.Provider.Roles = ["desk"];
        using (await fixture.SignIn(phone)) { }
        (await phone.GetJson("/v1/me")).Text("role").ShouldBe("lobbyist");
    }

    [Test]
    public async Task A_sign_in_replaces_the_session_of_the_browser_and_a_sign_out_ends_it_here_and_at_the_provider()
    {
        await using var fixture = await SignInFixture.Start();
        using var browser = fixture.Browser();
        var first = await TokenOf(await fixture.SignIn(browser));
        var second = await TokenOf(await fixture.SignIn(browser));
        second.ShouldNotBe(first);
        using var own = new CookieBrowser(fixture.App) { Cookie = $"votetracker={first}" };
        (await own.Status("/v1/me")).ShouldBe(401);
        own.Cookie = $"votetracker={second}";
        (await own.Status("/v1/me")).ShouldBe(200);

        using var answer = await own.Send("/sign-out", ("return", "/"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("Set-Cookie").Single().ShouldStartWith("votetracker=; expires=Thu, 01 Jan 1970");
        (await own.Status("/v1/me")).ShouldBe(401);
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldNotContain("Ada Lovelace");
        var address = WebUtility.HtmlDecode(html.Split("content=\"0;url=")[1].Split('"')[0]);
        address.ShouldStartWith($"{fixture.Provider.Address}/end?");
        using var end = await fixture.AtProvider(address);
        end.StatusCode.ShouldBe(HttpStatusCode.Redirect, await end.Content.ReadAsStringAsync());
        end.Headers.Location!.OriginalString.ShouldBe("http://localhost/");
    }

    [Test]
    public async Task A_session_of_a_person_ends_after_its_hours_and_without_use_earlier()
    {
        await using var fixture = await SignInFixture.Start(settings =>
        {
            settings["SignInHours"] = "10";
            settings["SessionIdleHours"] = "4";
        });
        using var browser = new CookieBrowser(fixture.App);
        using var first = fixture.Browser();
        browser.Cookie = $"votetracker={await TokenOf(await fixture.SignIn(first))}";
        for (var hours = 3; hours < 10; hours += 3)
        {
            fixture.App.Clock.Jump(TimeSpan.FromHours(3));
            (await browser.Status("/v1/me")).ShouldBe(200, $"after {hours} hours");
        }
        fixture.App.Clock.Jump(TimeSpan.FromHours(1));
        (await browser.Status("/v1/me")).ShouldBe(401, "its lifetime is over");
        using var other = fixture.Browser();
        browser.Cookie = $"votetracker={await TokenOf(await fixture.SignIn(other))}";
        fixture.App.Clock.Jump(TimeSpan.FromHours(4));
        (await browser.Status("/v1/me")).ShouldBe(401, "nobody used it");
    }

    [Test]
    public async Task The_database_and_the_log_have_no_token_no_code_and_no_secret()
    {
        await using var fixture = await SignInFixture.Start(settings =>
        {
            foreach (var (name, value) in LogsEverything)
            {
                settings[name] = value;
            }
        });
        using var browser = fixture.Browser();
        var callback = await fixture.Authorize(await SignInFixture.Begin(browser));
        var code = HttpUtility.ParseQueryString(callback.Query)["code"]!;
        var token = await TokenOf(await browser.GetAsync(callback));
        var rows = string.Join('\n', Databases.Dump(fixture.App.Folder));
        rows.ShouldContain(ApiKey.Hash(token));
        foreach (var secret in (string[])[token, code, Provider.Secret])
        {
            rows.Contains(secret, StringComparison.Ordinal).ShouldBeFalse();
            fixture.App.Log.ShouldNotContain(line => line.Contains(secret, StringComparison.Ordinal));
        }
    }

    private static async Task<string> TokenOf(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        using (answer)
        {
            var cookie = answer
                .Headers.GetValues("Set-Cookie")
                .Single(c => c.StartsWith("votetracker=", StringComparison.Ordinal));
            return cookie["votetracker=".Length..cookie.IndexOf(';', StringComparison.Ordinal)];
        }
    }
}
