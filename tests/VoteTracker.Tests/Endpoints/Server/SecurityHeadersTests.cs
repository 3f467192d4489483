using System.Globalization;
using System.Net.Http.Json;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Tests.Process;
using VoteTracker.Tests.Security;

namespace VoteTracker.Tests.Endpoints.Server;

/// <summary>The security headers of all routes, files and problems.</summary>
public sealed class SecurityHeadersTests
{
    private static readonly string[] Problems =
    [
        "GET /no-such-page",
        "GET /v1/nothing",
        "DELETE /v1/groups",
        "GET /v1/resolutions?colour=blue",
        "GET /v1/contacts",
        "GET /v1/shared/0123456789",
        "GET /shared/0123456789",
        "GET /swagger/index.html",
        "OPTIONS /v1/groups",
        "PUT /v1/resolutions/es-10-27/stances/NOR",
    ];

    [Test]
    public async Task Every_route_and_page_has_the_headers_for_every_role()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "positions" });
        HttpClient[] clients = [app.Anonymous, app.Admin];
        var (pages, framed, sent) = (0, 0, 0);
        foreach (var line in RoutesAndRolesTests.Lines)
        {
            foreach (var client in clients)
            {
                using var answer = await RouteRequests.Send(
                    client,
                    line.Method,
                    RouteRequests.PathOf(line, draft, "abcdefghijkm")
                );
                var policy = Check(answer, line.ToString());
                pages += policy.StartsWith("default-src 'self'", StringComparison.Ordinal) ? 1 : 0;
                var isFramed = line.Pattern == "/embed/{id}";
                framed += isFramed ? 1 : 0;
                policy.ShouldContain(
                    isFramed ? "frame-ancestors *" : "frame-ancestors 'none'",
                    Case.Sensitive,
                    line.Pattern
                );
                var html = answer.Content.Headers.ContentType?.MediaType == "text/html";
                (!html || policy.StartsWith("default-src 'self'", StringComparison.Ordinal)).ShouldBeTrue(line.Pattern);
                sent++;
            }
        }
        framed.ShouldBe(clients.Length);
        pages.ShouldBeGreaterThan(40);
        sent.ShouldBe(RoutesAndRolesTests.Lines.Length * clients.Length);
    }

    [Test]
    public async Task Every_file_and_every_problem_has_the_headers()
    {
        using var app = new App();
        var root = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        var files = Directory
            .GetFiles(root, "*", SearchOption.AllDirectories)
            .Select(file => $"GET /{Path.GetRelativePath(root, file)}")
            .ToList();
        files.Count.ShouldBeGreaterThan(10);
        foreach (var request in files.Concat(Problems).Append("GET /openapi/v1.json"))
        {
            var (method, path) = (request.Split(' ')[0], request.Split(' ')[1]);
            using var answer = await RouteRequests.Send(app.Anonymous, method, path);
            var policy = Check(answer, request);
            // Problems at the addresses of pages, and the files of the guide, are responses of pages.
            if (
                !path.StartsWith("/assets/guide/", StringComparison.Ordinal)
                && !path.StartsWith("/shared/", StringComparison.Ordinal)
            )
            {
                policy.ShouldBe(SecurityHeaders.DataPolicy, request);
            }
        }
        // A problem that an exception became.
        using var tooLarge = await app.Lobbyist.PostAsJsonAsync(
            "/v1/contacts",
            new { name = new string('x', 2_000_000) }
        );
        ((int)tooLarge.StatusCode).ShouldBe(413);
        Check(tooLarge, "413").ShouldBe(SecurityHeaders.DataPolicy);
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/v1/groups");
        preflight.Headers.Add("Origin", "https://app.example");
        preflight.Headers.Add("Access-Control-Request-Method", "GET");
        using var allowed = await app.Anonymous.SendAsync(preflight);
        Check(allowed, "preflight").ShouldBe(SecurityHeaders.DataPolicy);
    }

    [TestCase("/")]
    [TestCase("/resolutions/es-10-27")]
    [TestCase("/resolutions/no-such-resolution")]
    [TestCase("/no-such-page")]
    public async Task A_page_uses_only_its_own_scripts_and_styles(string path)
    {
        using var app = new App();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await app.Anonymous.SendAsync(request);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        Check(answer, path).ShouldContain("default-src 'self'");
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldNotContain("style=");
        html.ShouldNotContain("<style");
        html.ShouldNotContain(" onclick");
    }

    [TestCase("30", "max-age=2592000")]
    [TestCase("0", null)]
    [TestCase("", null)]
    public async Task Behind_a_proxy_only_HTTPS_gets_Strict_Transport_Security_if_it_is_set(
        string days,
        string? expected
    )
    {
        using var app = new App(settings: new() { ["HstsDays"] = days, ["TrustedProxies"] = "127.0.0.1" });
        using var client = new HttpClient { BaseAddress = app.Address };
        foreach (var scheme in (string[])["https", "http"])
        {
            foreach (var path in (string[])["/v1/groups", "/", "/no-such-page", "/v1/contacts"])
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                request.Headers.Add("X-Forwarded-For", "192.0.2.1");
                request.Headers.Add("X-Forwarded-Proto", scheme);
                using var answer = await client.SendAsync(request);
                string[] found = answer.Headers.TryGetValues("Strict-Transport-Security", out var v) ? [.. v] : [];
                found.ShouldBe(scheme == "https" && expected is not null ? [expected] : [], $"{scheme} {path}");
            }
        }
    }

    [Test]
    public async Task A_wrong_number_of_days_ends_the_start()
    {
        using var folder = new Folder();
        var (exitCode, output) = await Service.Run(folder, ["--Urls", "http://127.0.0.1:0", "--HstsDays", "-1"]);
        exitCode.ShouldBe(2, output);
        output
            .Trim()
            .ShouldBe(string.Create(CultureInfo.InvariantCulture, $"HstsDays must be from 0 to {3_650}, not -1."));
    }

    private static string Check(HttpResponseMessage answer, string request)
    {
        Values(answer, "X-Content-Type-Options").ShouldBe(["nosniff"], request);
        Values(answer, "Referrer-Policy").ShouldHaveSingleItem().ShouldBeOneOf("no-referrer", "same-origin");
        var policy = Values(answer, "Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldNotContain("unsafe", Case.Insensitive, request);
        policy.ShouldStartWith("default-src '", Case.Sensitive, request);
        return policy.Contains("sandbox", StringComparison.Ordinal) ? $"{policy}; frame-ancestors 'none'" : policy;
    }

    private static string[] Values(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? [.. values] : [];
}
