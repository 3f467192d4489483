using System.Net;
using System.Web;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Web.Organisation;

/// <summary>A sign-in with the organisation that fails begins no session, and the page says what to do.</summary>
public sealed class OrganisationFailureTests
{
    private const string TryAgain = "The sign-in failed or took too long. Try again.";

    [Test]
    public async Task A_code_or_a_state_that_was_used_or_changed_or_belongs_to_another_browser_signs_nobody_in()
    {
        await using var fixture = await SignInFixture.Start();
        using var browser = fixture.Browser();
        using var thief = fixture.Browser();
        var callback = await fixture.Authorize(await SignInFixture.Begin(browser));
        await ShouldFail(await thief.GetAsync(callback), "another browser");
        await ShouldFail(await browser.GetAsync(Replace(callback, "state", "x")), "another state");
        using (var answer = await browser.GetAsync(callback))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        await ShouldFail(await browser.GetAsync(callback), "the same response again");
        // The code of another sign-in: its verifier and nonce are different.
        var other = await fixture.Authorize(await SignInFixture.Begin(thief));
        var own = await fixture.Authorize(await SignInFixture.Begin(browser));
        var mixed = Replace(own, "code", HttpUtility.ParseQueryString(other.Query)["code"]!);
        await ShouldFail(await browser.GetAsync(mixed), "the code of another sign-in");
    }

    [Test]
    public async Task An_ID_token_with_another_nonce_signs_nobody_in()
    {
        await using var fixture = await SignInFixture.Start();
        using var browser = fixture.Browser();
        var address = Replace(await SignInFixture.Begin(browser), "nonce", "638000000000000000.another-nonce");
        await ShouldFail(await browser.GetAsync(await fixture.Authorize(address)), "another nonce");
        fixture.Provider.Tokens.ShouldBe(1, "the code was valid");
    }

    [Test]
    public async Task A_code_that_expired_at_the_provider_signs_nobody_in()
    {
        await using var fixture = await SignInFixture.Start();
        using var browser = fixture.Browser();
        var callback = await fixture.Authorize(await SignInFixture.Begin(browser));
        fixture.App.Clock.Jump(TimeSpan.FromMinutes(11));
        await ShouldFail(await browser.GetAsync(callback), "the code expired");
        fixture.Provider.Tokens.ShouldBe(0);
    }

    [Test]
    public async Task A_person_who_cancels_returns_to_the_page_for_signing_in()
    {
        await using var fixture = await SignInFixture.Start();
        fixture.Provider.Denies = true;
        using var browser = fixture.Browser();
        using var answer = await fixture.SignIn(browser, "/desk/tasks");
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldContain("The sign-in was cancelled, or your organisation denied it.");
        html.ShouldContain("/sign-in/organisation?return=%2Fdesk%2Ftasks");
    }

    [Test]
    public async Task Without_the_provider_the_service_starts_keys_work_and_the_page_says_that_it_cannot_be_reached()
    {
        await using var fixture = await SignInFixture.Start();
        await fixture.Provider.Stop();
        using var browser = fixture.Browser();
        var page = await browser.GetStringAsync("/sign-in");
        page.ShouldContain("Sign in with your organisation");
        (await fixture.App.Admin.GetAsync("/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var answer = await browser.GetAsync("/sign-in/organisation?return=/states");
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldContain("The sign-in of your organisation cannot be reached. Try again later.");
    }

    [Test]
    public async Task If_the_provider_stops_in_the_middle_the_page_says_that_it_cannot_be_reached()
    {
        await using var fixture = await SignInFixture.Start();
        using var browser = fixture.Browser();
        var callback = await fixture.Authorize(await SignInFixture.Begin(browser));
        await fixture.Provider.Stop();
        using var answer = await browser.GetAsync(callback);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("cannot be reached");
    }

    [Test]
    public async Task After_the_provider_changed_its_key_people_sign_in_again()
    {
        await using var fixture = await SignInFixture.Start();
        using var browser = fixture.Browser();
        using (var before = await fixture.SignIn(browser))
        {
            before.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        fixture.Provider.RotateKey();
        var tries = 0;
        HttpStatusCode status;
        do
        {
            using var answer = await fixture.SignIn(browser);
            status = answer.StatusCode;
        } while (status != HttpStatusCode.OK && ++tries < 50);
        status.ShouldBe(HttpStatusCode.OK);
    }

    [Test]
    public async Task A_secret_that_the_provider_does_not_know_signs_nobody_in()
    {
        await using var fixture = await SignInFixture.Start(settings =>
            File.WriteAllText(settings["SignInClientSecretFile"], "another secret")
        );
        using var browser = fixture.Browser();
        await ShouldFail(await fixture.SignIn(browser), "a wrong secret");
    }

    [TestCase("//evil.example")]
    [TestCase("https://evil.example/")]
    [TestCase("/\\evil.example")]
    public async Task After_the_sign_in_the_page_of_another_host_is_not_opened(string page)
    {
        await using var fixture = await SignInFixture.Start();
        using var browser = fixture.Browser();
        using var answer = await fixture.SignIn(browser, page);
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldContain("content=\"0;url=/\"");
        html.ShouldNotContain("evil.example");
    }

    [Test]
    public async Task Without_the_setting_there_is_no_such_sign_in()
    {
        using var app = new App();
        using var client = app.Anonymous;
        foreach (var path in (string[])["/sign-in/organisation", "/signin-oidc?code=x&state=y"])
        {
            (await client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
        (await client.GetStringAsync("/sign-in")).ShouldNotContain("organisation");
        app.Services.GetService(typeof(Microsoft.AspNetCore.Authentication.IAuthenticationService)).ShouldBeNull();
    }

    [Test]
    public async Task Without_the_setting_the_program_loads_no_library_of_OpenID_Connect()
    {
        using var app = new App();
        await using var service = await Service.Start(app.Folder);
        using var client = service.Client();
        (await client.GetStringAsync("/sign-in")).ShouldContain("<form");
        var loaded = await File.ReadAllTextAsync($"/proc/{service.Id}/maps");
        loaded.ShouldContain("VoteTracker.dll");
        loaded.ShouldNotContain("OpenIdConnect");
        loaded.ShouldNotContain("IdentityModel");
    }

    private static Uri Replace(Uri address, string name, string value)
    {
        var query = HttpUtility.ParseQueryString(address.Query);
        query[name].ShouldNotBeNullOrEmpty();
        query[name] = value;
        return new UriBuilder(address) { Query = query.ToString() }.Uri;
    }

    private static async Task ShouldFail(HttpResponseMessage answer, string what)
    {
        using (answer)
        {
            var html = await answer.Content.ReadAsStringAsync();
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, what);
            html.ShouldContain(TryAgain);
            answer.Headers.TryGetValues("Set-Cookie", out var set);
            (set ?? []).ShouldNotContain(c => c.StartsWith("votetracker=", StringComparison.Ordinal), what);
        }
    }
}
