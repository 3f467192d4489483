using System.Net;
using System.Net.Http.Json;
using VoteTracker.Tests.Features;
using static VoteTracker.Tests.Security.KeyRequests;

namespace VoteTracker.Tests.Security;

/// <summary>A key expires by default, and has a number of requests per minute.</summary>
public sealed class KeyLimitsTests
{
    private const string Read = "/v1/resolutions?limit=1";

    [Test]
    public async Task A_new_key_expires_after_the_days_of_the_setting_unless_its_creator_names_a_moment()
    {
        using var app = new App(settings: new() { ["KeyDays"] = "30" });
        using var made = await app.Admin.PostAsJsonAsync("/v1/api-keys", new { label = "month", role = "viewer" });
        var key = await made.Json();
        key.Text("expiresAt").ShouldBe("2026-12-21T15:00:00Z");
        using var longer = await app.Admin.PostAsJsonAsync(
            "/v1/api-keys",
            new
            {
                label = "year",
                role = "viewer",
                expiresAt = "2027-11-21T15:00:00Z",
            }
        );
        (await longer.Json()).Text("expiresAt").ShouldBe("2027-11-21T15:00:00Z");
        var path = $"/v1/api-keys/{key.Text("id")}/rotate";
        using var past = await app.Admin.PostAsJsonAsync(path, new { expiresAt = "2026-11-21T15:00:00Z" });
        await past.ShouldBeProblem(400, "expiresAt");
        using var rotated = await app.Admin.PostAsJsonAsync(path, new { expiresAt = "2027-01-20T15:00:00Z" });
        (await rotated.Json()).Text("expiresAt").ShouldBe("2027-01-20T15:00:00Z");
    }

    [Test]
    public async Task With_no_days_keys_do_not_expire_and_older_keys_never_do()
    {
        using var app = new App(settings: new() { ["KeyDays"] = "0" });
        using var made = await app.Admin.PostAsJsonAsync("/v1/api-keys", new { label = "old", role = "viewer" });
        var key = await made.Json();
        key["expiresAt"].ShouldBeNull();
        app.Clock.Jump(TimeSpan.FromDays(4_000));
        (await app.WithKey(key.Text("key")!).GetAsync("/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Test]
    public async Task Only_the_holder_of_an_expired_key_learns_that_it_expired()
    {
        using var app = new App();
        var key = await NewKey(
            app,
            new
            {
                label = "an hour",
                role = "viewer",
                expiresAt = "2026-11-21T16:00:00Z",
            }
        );
        app.Clock.Jump(TimeSpan.FromHours(1));
        using var client = app.WithKey(key);
        using var expired = await client.GetAsync(Public);
        var problem = await expired.ShouldBeProblem(401);
        problem.Text("type").ShouldBe("/problems/invalid-key");
        problem.Text("expiredAt").ShouldBe("2026-11-21T16:00:00Z");
        expired.Headers.WwwAuthenticate.ToString().ShouldContain("expired");
        using var other = await app.WithKey(key[..^1] + (key[^1] == 'a' ? 'b' : 'a')).GetAsync(Public);
        (await other.ShouldBeProblem(401)).AsObject().ContainsKey("expiredAt").ShouldBeFalse();
    }

    [Test]
    public async Task A_key_in_a_loop_gets_a_429_and_no_other_key_and_no_tally_does()
    {
        using var app = new App(settings: new() { ["KeyRequestsPerMinute"] = "20" });
        using var loop = app.Viewer;
        using var other = app.Lobbyist;
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 60; i++)
        {
            using var answer = await loop.GetAsync(Read);
            statuses.Add(answer.StatusCode);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                (await answer.ShouldBeProblem(429))
                    .Text("detail")
                    .ShouldBe("This caller may send 20 requests a minute. Wait for the seconds in Retry-After.");
                answer.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(
                    TimeSpan.FromSeconds(1),
                    TimeSpan.FromMinutes(1)
                );
            }
        }
        statuses.Take(20).ShouldAllBe(status => status == HttpStatusCode.OK);
        statuses.ShouldContain(HttpStatusCode.TooManyRequests);
        (await other.GetAsync(Read)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await loop.GetAsync(Public)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Test]
    public async Task A_client_that_guesses_keys_does_not_lock_out_a_valid_key_of_its_address()
    {
        using var app = new App(settings: new() { ["AnonymousRequestsPerMinute"] = "20" });
        using var valid = app.Viewer;
        using var guesses = app.WithKey("vt_nobody-has-this-key-nobody-has-this-key-0000");
        HttpStatusCode status;
        do
        {
            using var answer = await guesses.GetAsync(Public);
            status = answer.StatusCode;
        } while (status == HttpStatusCode.Unauthorized);
        status.ShouldBe(HttpStatusCode.TooManyRequests);
        for (var i = 0; i < 40; i++)
        {
            using var answer = await valid.GetAsync(Read);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        (await app.Anonymous.GetAsync(Read)).StatusCode.ShouldBe(HttpStatusCode.OK, "reads have a count of their own");
    }
}
