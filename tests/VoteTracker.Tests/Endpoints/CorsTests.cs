using System.Net;
using VoteTracker.Endpoints.Pipeline;

namespace VoteTracker.Tests.Endpoints;

/// <summary>The permissions of pages from other origins.</summary>
public sealed class CorsTests
{
    private const string Origin = "https://app.example";
    private const string Tally = "/v1/resolutions/es-10-27/tally";

    [Test]
    public async Task Any_origin_may_read_with_the_headers_that_reads_have()
    {
        using var app = new App();
        using var preflight = await Preflight(app, Tally, "GET", Origin);
        preflight.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Header(preflight, "Access-Control-Allow-Origin").ShouldBe("*");
        Header(preflight, "Access-Control-Allow-Headers")
            .Split(", ")
            .ShouldBeInAnyOrder(["Authorization", "Cache-Control", "Content-Type", "If-None-Match", "Last-Event-ID"]);
        using var read = await Send(app, HttpMethod.Get, Tally, Origin);
        Header(read, "Access-Control-Allow-Origin").ShouldBe("*");
        Header(read, "Access-Control-Expose-Headers")
            .Split(", ")
            .ShouldBeInAnyOrder([
                "ETag",
                "Link",
                "Location",
                "Content-Disposition",
                "Content-Location",
                "Retry-After",
                "Idempotency-Replayed",
            ]);
        read.Headers.Vary.ShouldNotContain("Origin", "one response serves every origin from a shared cache");
    }

    [TestCase("PUT", "/v1/resolutions/es-10-27/stances/NOR", "authorization,content-type,if-match")]
    [TestCase("POST", "/v1/contacts", "authorization,content-type,idempotency-key")]
    [TestCase("PATCH", "/v1/resolutions/es-10-27", "authorization,content-type,if-match,prefer")]
    [TestCase("DELETE", "/v1/resolutions/es-10-27/stances/NOR", "authorization,if-none-match")]
    public async Task A_trusted_origin_may_write_and_no_other(string method, string path, string headers)
    {
        using var app = Trusting($"http://localhost:3000,{Origin}");
        using var trusted = await Preflight(app, path, method, Origin, headers);
        Header(trusted, "Access-Control-Allow-Origin").ShouldBe(Origin);
        Header(trusted, "Access-Control-Allow-Methods").Split(", ").ShouldContain(method);
        var allowed = Header(trusted, "Access-Control-Allow-Headers").ToLowerInvariant().Split(", ");
        headers.Split(',').ShouldBeSubsetOf(allowed);
        trusted.Headers.Vary.ShouldContain("Origin");
        foreach (
            var origin in (string[])["https://other.example", "null", "https://app.example.evil", "http://app.example"]
        )
        {
            using var other = await Preflight(app, path, method, origin, headers);
            Header(other, "Access-Control-Allow-Methods").ShouldBe("GET, HEAD");
            other.Headers.Vary.ShouldContain("Origin");
        }
    }

    [Test]
    public async Task Every_response_to_a_write_names_the_trusted_origin()
    {
        using var app = Trusting(Origin);
        var draft = await app.OpenDraft();
        var stance = new
        {
            position = "yes",
            certainty = "likely",
            evidence = "call",
        };
        foreach (var (ifMatch, status) in ((string?, int)[])[("*", 200), ("\"99\"", 412), (null, 428)])
        {
            foreach (var origin in (string[])[Origin, "https://other.example"])
            {
                using var client = app.Lobbyist;
                client.DefaultRequestHeaders.Add("Origin", origin);
                using var answer = await client.Put($"/v1/resolutions/{draft}/stances/NOR", stance, ifMatch);
                ((int)answer.StatusCode).ShouldBe(status);
                answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed);
                (allowed?.Single()).ShouldBe(origin == Origin ? Origin : null);
                answer.Headers.Vary.ShouldContain("Origin");
            }
        }
        using var anonymous = await Send(app, HttpMethod.Post, "/v1/contacts", Origin);
        anonymous.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        Header(anonymous, "Access-Control-Allow-Origin").ShouldBe(Origin);
    }

    [Test]
    public async Task Without_the_setting_no_origin_may_write()
    {
        using var app = new App();
        using var preflight = await Preflight(app, "/v1/contacts", "POST", Origin);
        Header(preflight, "Access-Control-Allow-Methods").ShouldBe("GET, HEAD");
    }

    [TestCase("app.example")]
    [TestCase("https://app.example/")]
    [TestCase("https://App.example")]
    [TestCase("https://app.example:443")]
    [TestCase("https://user@app.example")]
    [TestCase("ftp://app.example")]
    [TestCase("*")]
    [TestCase("null")]
    public void A_malformed_origin_is_rejected_with_a_message(string origin)
    {
        var problem = Should.Throw<SettingException>(() => TrustedOrigins.Parse($"{Origin}, {origin}"));
        problem.Message.ShouldContain($"'{origin}'");
    }

    private static App Trusting(string origins) => new(settings: new() { ["TrustedOrigins"] = origins });

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).Single();

    private static Task<HttpResponseMessage> Preflight(
        App app,
        string path,
        string method,
        string origin,
        string headers = "authorization"
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", headers);
        return app.Anonymous.SendAsync(request);
    }

    private static Task<HttpResponseMessage> Send(App app, HttpMethod method, string path, string origin)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Origin", origin);
        return app.Anonymous.SendAsync(request);
    }
}
