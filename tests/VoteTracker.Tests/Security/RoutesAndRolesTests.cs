using VoteTracker.Security;
using VoteTracker.Tests.Conventions;
using VoteTracker.Tests.Features.Endorsements;
using VoteTracker.Tests.Features.Engagements;
using static VoteTracker.Tests.Security.RouteRequests;

namespace VoteTracker.Tests.Security;

public sealed class RoutesAndRolesTests
{
    private static readonly string[] Roles = ["anonymous", "viewer", "lobbyist", "coordinator", "admin"];

    // Every endpoint, the lowest role that may call it, and the status for that role. The resolution is a draft with public
    // positions. Writes send an empty body and an old version, so that nothing changes.
    internal static readonly Line[] Lines =
    [
        new("GET", "/v1/member-states", "anonymous", 200),
        new("GET", "/v1/member-states/{iso3}", "anonymous", 200),
        new("GET", "/v1/member-states/{iso3}/ineligibility", "anonymous", 404),
        new("PUT", "/v1/member-states/{iso3}/ineligibility", "coordinator", 400),
        new("DELETE", "/v1/member-states/{iso3}/ineligibility", "coordinator", 404),
        new("GET", "/v1/groups", "anonymous", 200),
        .. RouteRequests.Sessions,
        new("GET", "/v1/resolutions", "anonymous", 200),
        new("POST", "/v1/resolutions", "coordinator", 400),
        new("GET", "/v1/resolutions/{id}", "anonymous", 200),
        new("PATCH", "/v1/resolutions/{id}", "coordinator", 400),
        new("DELETE", "/v1/resolutions/{id}", "coordinator", 412),
        new("GET", "/v1/resolutions/{id}/tree", "viewer", 200),
        new("GET", "/v1/resolutions/{id}/stances", "anonymous", 200),
        new("GET", "/v1/resolutions/{id}/stances/{iso3}", "anonymous", 200),
        new("PUT", "/v1/resolutions/{id}/stances/{iso3}", "lobbyist", 400),
        new("PATCH", "/v1/resolutions/{id}/stances/{iso3}", "lobbyist", 400),
        new("DELETE", "/v1/resolutions/{id}/stances/{iso3}", "lobbyist", 412),
        new("GET", "/v1/resolutions/{id}/stances/{iso3}/history", "viewer", 200),
        new("POST", "/v1/resolutions/{id}/stances/import", "lobbyist", 415),
        // A POST of these tests names no version.
        new("POST", "/v1/resolutions/{id}/stances/{iso3}/revert", "lobbyist", 428),
        new("GET", "/v1/resolutions/{id}/stances/imports", "viewer", 200),
        new("GET", "/v1/resolutions/{id}/stances/imports/{importId}", "viewer", 404),
        new("POST", "/v1/resolutions/{id}/stances/imports/{importId}/revert", "lobbyist", 404),
        new("GET", "/v1/resolutions/{id}/tally", "anonymous", 200),
        new("GET", "/v1/resolutions/{id}/tally/timeline", "anonymous", 200),
        new("GET", "/v1/resolutions/{id}/diff", "anonymous", 200),
        new("GET", "/v1/resolutions/{id}/tally/stream", "anonymous", 200),
        new("GET", "/v1/stream", "anonymous", 200),
        new("GET", "/v1/resolutions/{id}/breakdown", "anonymous", 200),
        new("GET", "/v1/resolutions/{id}/breakdown.csv", "anonymous", 200),
        // With the visibility `positions`, or once the vote is recorded, anonymous callers read these too.
        new("GET", "/v1/resolutions/{id}/positions", "anonymous", 200),
        new("POST", "/v1/resolutions/{id}/scenarios", "viewer", 400),
        new("GET", "/v1/resolutions/{id}/scenarios", "viewer", 200),
        new("GET", "/v1/resolutions/{id}/scenarios/{name}", "viewer", 404),
        new("PUT", "/v1/resolutions/{id}/scenarios/{name}", "lobbyist", 400),
        new("DELETE", "/v1/resolutions/{id}/scenarios/{name}", "lobbyist", 404),
        new("GET", "/v1/resolutions/{id}/scenarios/{name}/outcome", "viewer", 404),
        new("GET", "/v1/resolutions/{id}/forecast", "viewer", 200),
        new("GET", "/v1/resolutions/{id}/path", "viewer", 200),
        new("GET", "/v1/resolutions/{id}/ask-next", "viewer", 200),
        new("GET", "/v1/resolutions/{id}/calibration", "viewer", 404),
        new("GET", "/v1/calibration", "viewer", 200),
        new("GET", "/v1/resolutions/{id}/co-sponsors", "anonymous", 200),
        new("GET", "/v1/resolutions/{id}/co-sponsors/coverage", "viewer", 200),
        new("GET", "/v1/resolutions/{id}/co-sponsors/{iso3}", "anonymous", 200),
        new("GET", "/v1/resolutions/{id}/co-sponsors/{iso3}/history", "viewer", 200),
        new("PUT", "/v1/resolutions/{id}/co-sponsors/{iso3}", "lobbyist", 400),
        new("PATCH", "/v1/resolutions/{id}/co-sponsors/{iso3}", "lobbyist", 400),
        new("DELETE", "/v1/resolutions/{id}/co-sponsors/{iso3}", "lobbyist", 412),
        new("POST", "/v1/resolutions/{id}/co-sponsors/import", "lobbyist", 415),
        new("GET", "/v1/resolutions/{id}/roll-call", "anonymous", 404),
        new("PUT", "/v1/resolutions/{id}/roll-call", "coordinator", 400),
        new("DELETE", "/v1/resolutions/{id}/roll-call", "coordinator", 404),
        new("GET", "/v1/member-states/{iso3}/votes", "anonymous", 200),
        new("GET", "/v1/agreement", "anonymous", 400),
        new("GET", "/v1/resolutions/{id}/cohesion", "anonymous", 404),
        new("GET", "/v1/resolutions/{id}/popolo", "anonymous", 200),
        new("GET", "/v1/resolutions/{id}/roll-call/popolo", "anonymous", 404),
        .. Export("/v1/resolutions/{id}/export/stances", "anonymous", 200),
        .. Export("/v1/resolutions/{id}/export/breakdown", "anonymous", 200),
        .. Export("/v1/resolutions/{id}/export/co-sponsors", "anonymous", 200),
        .. Export("/v1/resolutions/{id}/export/history", "viewer", 200),
        .. Export("/v1/resolutions/{id}/export/roll-call", "anonymous", 404),
        new("GET", "/v1/resolutions/{id}/export.zip", "anonymous", 200),
        new("GET", "/v1/export.zip", "anonymous", 200),
        .. Export("/v1/resolutions/{id}/citation", "anonymous", 200),
        .. Export("/v1/export/roll-calls", "anonymous", 200),
        .. Export("/v1/export/matrix", "anonymous", 200),
        .. Export("/v1/export/resolutions", "anonymous", 200),
        .. Export("/v1/export/member-states", "anonymous", 200),
        new("POST", "/v1/imports/roll-calls", "coordinator", 415),
        new("GET", "/v1/imports/{id}", "coordinator", 404),
        new("DELETE", "/v1/imports/{id}", "coordinator", 404),
        .. Pictures("anonymous", "hemicycle", "board", "tiles", "regions", "timeline", "badge", "card"),
        .. Pictures("viewer", "path", "outlook"),
        new("GET", "/v1/contacts", "lobbyist", 200),
        new("POST", "/v1/contacts", "lobbyist", 400),
        new("GET", "/v1/contacts/{id}", "lobbyist", 200),
        new("PATCH", "/v1/contacts/{id}", "lobbyist", 400),
        new("DELETE", "/v1/contacts/{id}", "lobbyist", 412),
        new("POST", "/v1/contacts/import", "lobbyist", 415),
        new("GET", "/v1/contacts/{id}/engagements", "lobbyist", 200),
        new("POST", "/v1/contacts/{id}/engagements", "lobbyist", 400),
        new("GET", "/v1/contacts/{id}/data", "coordinator", 200),
        new("GET", "/v1/retention", "coordinator", 200),
        .. RouteRequests.Desk,
        .. RouteRequests.Team,
        .. RouteRequests.Support,
        .. RouteRequests.Timetable,
        .. RouteRequests.Sharing,
        .. RouteRequests.Webhooks,
        .. RouteRequests.VoteDay,
        new("GET", "/v1/changes", "anonymous", 200),
        new("GET", "/v1/api-keys", "admin", 200),
        new("POST", "/v1/api-keys", "admin", 400),
        new("DELETE", "/v1/api-keys/{id}", "admin", 404),
        new("POST", "/v1/api-keys/{id}/rotate", "admin", 404),
        new("GET", "/v1/audit", "admin", 200),
        new("GET", "/v1/me", "viewer", 200),
        new("GET", "/health/live", "anonymous", 200),
        new("GET", "/health/ready", "anonymous", 200),
        // The setting Metrics is off.
        new("GET", "/metrics", "admin", 404),
        new("GET", "/", "anonymous", 200),
        new("GET", "/resolutions/{id}", "anonymous", 200),
        new("GET", "/resolutions/{id}/screen", "anonymous", 200),
        new("GET", "/states", "anonymous", 200),
        new("GET", "/states/{iso3}", "anonymous", 200),
        new("GET", "/sessions", "anonymous", 200),
        new("GET", "/sessions/{id}", "anonymous", 200),
        new("GET", "/agreement", "anonymous", 200),
        new("GET", "/desk/tasks", "anonymous", 200),
        new("GET", "/desk/today", "anonymous", 200),
        new("GET", "/desk/gaps", "anonymous", 200),
        new("GET", "/desk/{id}", "anonymous", 200),
        new("GET", "/desk/{id}/share", "anonymous", 200),
        new("GET", "/desk/{id}/briefs/{iso3}", "anonymous", 200),
        new("GET", "/sign-in", "anonymous", 200),
        new("POST", "/sign-in", "anonymous", 403),
        new("POST", "/sign-out", "anonymous", 403),
        new("GET", "/sign-in/organisation", "anonymous", 404),
        new("GET", "/signin-oidc", "anonymous", 404),
        new("GET", "/guide", "anonymous", 200),
        new("GET", "/guide/{chapter}", "anonymous", 200),
        new("GET", "/assets/guide/live-dashboard.html", "anonymous", 200),
        new("GET", "/assets/guide/walkthrough.http", "anonymous", 200),
        new("GET", "/docs", "anonymous", 200),
        new("GET", "/docs/{section}", "anonymous", 200),
        new("GET", "/embed/{id}", "anonymous", 200),
        new("GET", "/embed/{id}.json", "anonymous", 200),
        new("GET", "/oembed", "anonymous", 400),
        new("GET", "/robots.txt", "anonymous", 200),
        new("GET", "/sitemap.xml", "anonymous", 200),
    ];

    [Test]
    public void Every_route_has_a_line_and_every_line_a_route()
    {
        using var app = new App();
        var served = ServedRoute.All(app).Select(r => r.ToString()).Order(StringComparer.Ordinal);
        served.ShouldBe(Lines.Select(l => $"{l.Method} {l.Pattern}").Order(StringComparer.Ordinal));
    }

    [Test]
    public void Every_route_names_the_role_that_it_needs()
    {
        using var app = new App();
        var routes = ServedRoute.All(app);
        routes.ShouldNotBeEmpty();
        foreach (var route in routes)
        {
            var required = route.Endpoint.Metadata.GetMetadata<RequiresRight>();
            required.ShouldNotBeNull($"{route} does not declare .Requires(Right.…)");
            var line = Lines.Single(l => l.Method == route.Method && l.Pattern == route.Pattern);
            Roles
                .Where(role => Rights.List(RoleOf(role)).Contains(required.Right))
                .ShouldBe(Roles[Array.IndexOf(Roles, line.Lowest)..], $"{route}");
        }
    }

    [Test]
    public async Task Every_route_returns_401_without_a_key_and_403_below_its_role()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "positions" });
        await app.Lobbyist.RecordStance(draft, "NOR", "yes");
        using var signed = await app.Lobbyist.Put(
            $"/v1/resolutions/{draft}/co-sponsors/NOR",
            new { status = "signed", role = "main" }
        );
        signed.EnsureSuccessStatusCode();
        using var added = await app.Lobbyist.Send(
            HttpMethod.Post,
            "/v1/contacts",
            new
            {
                memberState = "NOR",
                name = "Desk",
                office = "mission",
            }
        );
        var contact = (await added.Json())["id"]!.GetValue<string>();
        await app.Lobbyist.Add("/v1/engagements", DeskRequests.Meeting());
        await app.Lobbyist.Add("/v1/tasks", new { what = "Call" });
        await SupportRequests.AddOfEach(app);
        var before = await ReadAll(app, draft);
        var sent = 0;
        foreach (var line in Lines)
        {
            var path = PathOf(line, draft, contact);
            for (var role = 0; role < Roles.Length; role++)
            {
                using var client = role == 0 ? app.Anonymous : app.As(Roles[role]);
                using var answer = await Send(client, line.Method, path);
                var expected =
                    role >= Array.IndexOf(Roles, line.Lowest) ? line.Status
                    : role == 0 ? 401
                    : 403;
                ((int)answer.StatusCode).ShouldBe(expected, $"{line.Method} {path} as {Roles[role]}");
                if (expected is 401 or 403)
                {
                    await answer.ShouldBeProblem(expected);
                    answer.Headers.WwwAuthenticate.Count.ShouldBe(expected == 401 ? 1 : 0);
                }
                sent++;
            }
        }
        sent.ShouldBe(Lines.Length * Roles.Length);
        (await ReadAll(app, draft)).ShouldBe(before, "nothing changed");
    }

    [TestCase("GET", "/v1/nothing", 404)]
    [TestCase("GET", "/v1/resolutions/es-10-27/tally.json", 404)]
    [TestCase("GET", "/nothing.txt", 404)]
    [TestCase("DELETE", "/v1/groups", 405)]
    [TestCase("POST", "/v1/resolutions/es-10-27/tally", 405)]
    public async Task An_unknown_address_or_method_is_a_problem(string method, string path, int status)
    {
        using var app = new App();
        using var answer = await Send(app.Anonymous, method, path);
        await answer.ShouldBeProblem(status);
        string[] allowed = status == 405 ? ["GET", "HEAD", "OPTIONS"] : [];
        answer.Content.Headers.Allow.ShouldBeInAnyOrder(allowed);
    }

    private static KeyRole? RoleOf(string role) =>
        role == "anonymous" ? null : Enum.Parse<KeyRole>(role, ignoreCase: true);

    // The format is chosen by Accept or by the ending.
    private static Line[] Export(string path, string lowest, int letIn) =>
        [new("GET", path, lowest, letIn), new("GET", path + ".{format}", lowest, letIn)];

    private static IEnumerable<Line> Pictures(string lowest, params string[] names) =>
        from name in names
        from ending in (string[])["svg", "png"]
        select new Line("GET", $"/v1/resolutions/{{id}}/{name}.{ending}", lowest, 200);

    /// <summary>A row of the table.</summary>
    internal sealed record Line(string Method, string Pattern, string Lowest, int Status);
}
