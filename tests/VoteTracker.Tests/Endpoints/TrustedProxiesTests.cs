using System.Net;
using Microsoft.AspNetCore.Http;
using VoteTracker.Endpoints.Pipeline;

namespace VoteTracker.Tests.Endpoints;

/// <summary>The client address behind a proxy, and its limit.</summary>
public sealed class TrustedProxiesTests
{
    private const string WrongKey = "vt_nobody-has-this-key-nobody-has-this-key-0000";

    [Test]
    public async Task Behind_a_trusted_proxy_each_client_has_its_own_limit()
    {
        using var app = Limited("127.0.0.1, 10.0.0.0/8");
        (await UntilRefused(app, "127.0.0.1", "192.0.2.1")).ShouldBe(429);
        (await Status(app, "127.0.0.1", "192.0.2.2")).ShouldBe(200);
        // A chain of trusted proxies is followed; what the client itself claims is not.
        (await Status(app, "127.0.0.1", "203.0.113.9, 192.0.2.1, 10.1.2.3")).ShouldBe(429);
        (await Status(app, "10.9.9.9", "203.0.113.9, 192.0.2.1")).ShouldBe(429);
    }

    [TestCase("", "127.0.0.1")]
    [TestCase("", "::1")]
    [TestCase("10.0.0.0/8", "127.0.0.1")]
    [TestCase("127.0.0.1", "192.0.2.77")]
    public async Task Forwarded_headers_of_any_other_address_are_ignored(string trusted, string peer)
    {
        using var app = Limited(trusted);
        (await UntilRefused(app, peer, "192.0.2.1")).ShouldBe(429);
        (await Status(app, peer, "192.0.2.2")).ShouldBe(429);
    }

    [Test]
    public async Task A_network_of_64_bits_is_one_client_in_IPv6_and_an_address_in_IPv4()
    {
        using var app = Limited("");
        (await UntilRefused(app, "2001:db8:1:2::1", null)).ShouldBe(429);
        (await Status(app, "2001:db8:1:2:ffff:eeee:dddd:cccc", null)).ShouldBe(429);
        (await Status(app, "2001:db8:1:3::1", null)).ShouldBe(200);
        (await UntilRefused(app, "192.0.2.1", null)).ShouldBe(429);
        (await Status(app, "::ffff:192.0.2.1", null)).ShouldBe(429);
        (await Status(app, "192.0.2.2", null)).ShouldBe(200);
    }

    [Test]
    public async Task A_client_that_guesses_keys_does_not_lock_out_readers_at_its_address()
    {
        using var app = Limited("");
        (await UntilRefused(app, "192.0.2.1", null, WrongKey)).ShouldBe(429);
        (await Status(app, "192.0.2.1", null)).ShouldBe(200);
        (await Status(app, "192.0.2.1", null, App.AdminKey)).ShouldBe(200);
        (await UntilRefused(app, "192.0.2.1", null)).ShouldBe(429);
        (await Status(app, "192.0.2.2", null, WrongKey)).ShouldBe(401);
    }

    [TestCase("localhost")]
    [TestCase("10.0.0.0/33")]
    [TestCase("*")]
    public void A_malformed_proxy_is_rejected_with_a_message(string proxy)
    {
        Should.Throw<SettingException>(() => TrustedProxies.Parse($"::1, {proxy}")).Message.ShouldContain($"'{proxy}'");
    }

    private static App Limited(string trusted) =>
        new(settings: new() { ["TrustedProxies"] = trusted, ["AnonymousRequestsPerMinute"] = "2" });

    private static async Task<int> UntilRefused(App app, string peer, string? forwardedFor, string? key = null)
    {
        for (var i = 0; i < 1_000; i++)
        {
            if (await Status(app, peer, forwardedFor, key) is var status and not (200 or 401))
            {
                return status;
            }
        }
        return 0;
    }

    // Only the test server lets a test choose the address of the peer.
    private static async Task<int> Status(App app, string peer, string? forwardedFor, string? key = null)
    {
        _ = app.Services;
        var answer = await app.Server.SendAsync(http =>
        {
            http.Connection.RemoteIpAddress = IPAddress.Parse(peer);
            http.Request.Method = "GET";
            http.Request.Path = "/v1/resolutions";
            http.Request.QueryString = new QueryString("?limit=1");
            if (forwardedFor is not null)
            {
                http.Request.Headers["X-Forwarded-For"] = forwardedFor;
            }
            if (key is not null)
            {
                http.Request.Headers.Authorization = $"Bearer {key}";
            }
        });
        return answer.Response.StatusCode;
    }
}
