using System.Net.Http.Json;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Features.Endorsements;
using VoteTracker.Tests.Features.Engagements;
using static VoteTracker.Tests.Security.KeyRequests;

namespace VoteTracker.Tests.Security;

/// <summary>A key that is limited to some resolutions has only public access to everything else.</summary>
[EveryEngine]
public sealed class KeyScopeTests
{
    private const string Marker = "Xylophone";
    private static readonly string[] Unknown = ["nothing"];
    private static readonly string[] Recorded = ["es-10-27"];

    [Test]
    public async Task A_key_with_null_as_a_resolution_is_a_400()
    {
        using var app = new App();
        using var answer = await app.Admin.PostAsJsonAsync(
            "/v1/api-keys",
            new
            {
                label = "Team",
                role = "viewer",
                resolutions = new string?[] { null },
            }
        );
        (await answer.ShouldBeProblem(400, "resolutions"))["errors"]!.ToJsonString().ShouldContain("found null");
    }

    [Test]
    public async Task A_limited_key_works_at_its_resolution_and_at_everything_below_it()
    {
        using var app = new App();
        var own = await app.OpenDraft(new { visibility = "private" });
        var other = await app.OpenDraft(new { visibility = "private" }, "A/ES-10/L.35");
        var made = await Make(app, "coordinator", own);
        made["resolutions"]!.ToJsonString().ShouldBe($"""["{own}"]""");
        using var client = app.WithKey(made.Text("key")!);
        (await client.GetJson("/v1/me"))["resolutions"]!.ToJsonString().ShouldBe($"""["{own}"]""");
        (await app.Admin.GetJson("/v1/api-keys")).ToJsonString().ShouldContain($"\"resolutions\":[\"{own}\"]");

        await client.RecordStance(own, "NOR", "yes");
        (await client.GetJson($"/v1/resolutions/{own}/stances/NOR/history")).ShouldNotBeNull();
        using var changed = await client.Patch($"/v1/resolutions/{own}", """{"title": "Another title"}""");
        changed.EnsureSuccessStatusCode();
        // An amendment that is opened later belongs to its resolution.
        var part = await app.OpenDraft(
            new
            {
                visibility = "private",
                kind = "amendment",
                parent = own,
            },
            "A/ES-10/L.36"
        );
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        await client.RecordStance(part, "NOR", "no");
        (await client.GetJson("/v1/resolutions?limit=5"))["items"]!
            .AsArray()
            .Select(item => item!.Text("id"))
            .Take(2)
            .ShouldBe([part, own]);

        using var hidden = await client.GetAsync($"/v1/resolutions/{other}");
        await hidden.ShouldBeProblem(404);
        using var refused = await client.Put($"/v1/resolutions/{other}/stances/NOR", new { });
        var problem = await refused.ShouldBeProblem(403);
        problem.Text("type").ShouldBe("/problems/out-of-scope");
        problem.Text("detail")!.ShouldContain(own);
        // A right that the role does not have is a matter of the role.
        using var keys = await client.GetAsync("/v1/api-keys");
        (await keys.ShouldBeProblem(403)).Text("type").ShouldBe("/problems/role-too-low");
    }

    [Test]
    public async Task At_every_route_a_limited_key_sees_of_other_resolutions_what_anonymous_callers_see()
    {
        using var app = new App();
        var parent = await app.OpenDraft(new { visibility = "private", title = Marker });
        var own = await app.OpenDraft(
            new
            {
                visibility = "private",
                kind = "amendment",
                parent,
            },
            "A/ES-10/L.35"
        );
        var contact = await FillOther(app, parent);
        await app.Lobbyist.RecordStance(own, "NOR", "yes");
        using var limited = app.WithKey((await Make(app, "coordinator", own)).Text("key")!);
        using var anonymous = app.Anonymous;
        using var coordinator = app.Coordinator;
        var before = await RouteRequests.ReadAll(app, parent);
        var (refused, read, shown) = (0, 0, 0);
        var faults = new List<string>();
        foreach (var line in RoutesAndRolesTests.Lines.Where(line => line.Pattern != "/v1/me"))
        {
            var path = RouteRequests.PathOf(line, parent, contact);
            var (expected, _) = await Ask(anonymous, line.Method, path);
            var (status, text) = await Ask(limited, line.Method, path);
            if (
                status != (expected == 401 ? 403 : expected)
                || text.Contains(Marker, StringComparison.OrdinalIgnoreCase)
            )
            {
                faults.Add($"{line.Method} {path}: {status} instead of {expected}: {text}");
            }
            refused += status == 403 ? 1 : 0;

            // At its own resolution it reads nothing of the other one, and nothing of the team.
            path = RouteRequests.PathOf(line, own, contact);
            (status, text) = await Ask(limited, line.Method, path);
            if (
                text.Contains(Marker, StringComparison.OrdinalIgnoreCase)
                || text.Contains($"\"{parent}\"", StringComparison.Ordinal)
            )
            {
                faults.Add($"{line.Method} {path}: {text}");
            }
            read += status == 200 ? 1 : 0;
            (_, text) = await Ask(coordinator, line.Method, path);
            shown += text.Contains(Marker, StringComparison.OrdinalIgnoreCase) ? 1 : 0;
        }
        faults.ShouldBeEmpty();
        refused.ShouldBeGreaterThan(80);
        read.ShouldBeGreaterThan(60);
        shown.ShouldBeGreaterThan(8, "a key without a limit reads the marker");
        (await RouteRequests.ReadAll(app, parent)).ShouldBe(before, "nothing changed");
    }

    [Test]
    public async Task A_session_of_a_limited_key_has_the_same_limit_and_a_replaced_key_keeps_it()
    {
        using var app = new App();
        var own = await app.OpenDraft(new { visibility = "private" });
        var other = await app.OpenDraft(new { visibility = "private" }, "A/ES-10/L.35");
        var made = await Make(app, "lobbyist", own);
        using var browser = new Web.CookieBrowser(app);
        await browser.SignIn(made.Text("key")!);
        using var rotated = await app.Admin.PostAsync($"/v1/api-keys/{made.Text("id")}/rotate", content: null);
        using var client = app.WithKey((await rotated.Json()).Text("key")!);
        foreach (
            var (path, status) in ((string, int)[])
                [($"/v1/resolutions/{own}", 200), ($"/v1/resolutions/{other}", 404), ("/v1/contacts", 403)]
        )
        {
            (await browser.Status(path)).ShouldBe(status, path);
            ((int)(await client.GetAsync(path)).StatusCode).ShouldBe(status, path);
        }
    }

    [AnyEngine]
    [Test]
    public async Task A_limit_names_resolutions_that_exist_and_is_not_for_administrators()
    {
        using var app = new App();
        await Refused(
            new
            {
                label = "a",
                role = "viewer",
                resolutions = Unknown,
            },
            "there is no 'nothing'"
        );
        await Refused(
            new
            {
                label = "a",
                role = "viewer",
                resolutions = Array.Empty<string>(),
            },
            "1 to 50 ids"
        );
        await Refused(
            new
            {
                label = "a",
                role = "admin",
                resolutions = Recorded,
            },
            "left out for an admin"
        );

        async Task Refused(object body, string fault)
        {
            using var answer = await app.Admin.PostAsJsonAsync("/v1/api-keys", body);
            var problem = await answer.ShouldBeProblem(400, "resolutions");
            problem.Text("detail")!.ShouldContain(fault);
        }
    }

    // Everything about the other resolution and of the team has the marker.
    private static async Task<string> FillOther(App app, string other)
    {
        using var lobbyist = app.Lobbyist;
        using var stance = await lobbyist.Put(
            $"/v1/resolutions/{other}/stances/NOR",
            new
            {
                position = "no",
                certainty = "likely",
                evidence = "call",
                note = Marker,
            }
        );
        stance.EnsureSuccessStatusCode();
        using var added = await lobbyist.Send(
            HttpMethod.Post,
            "/v1/contacts",
            new
            {
                memberState = "NOR",
                name = Marker,
                office = "mission",
            }
        );
        await lobbyist.Add("/v1/engagements", DeskRequests.Meeting(new { summary = Marker, resolution = other }));
        await lobbyist.Add("/v1/tasks", new { what = Marker, memberState = "NOR" });
        await lobbyist.Endorse(Marker, new { memberState = "NOR", resolution = other });
        await lobbyist.Act(new { title = Marker, resolution = other });
        await lobbyist.Press("NOR", "no", "low", new { note = Marker });
        return (await added.Json()).Text("id")!;
    }

    private static async Task<(int Status, string Text)> Ask(HttpClient client, string method, string path)
    {
        using var answer = await RouteRequests.Send(client, method, path);
        var text =
            answer.Content.Headers.ContentType?.MediaType == "text/event-stream"
                ? ""
                : await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text);
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> Make(App app, string role, string resolution)
    {
        using var answer = await app.Admin.PostAsJsonAsync(
            "/v1/api-keys",
            new
            {
                label = $"{role} of one",
                role,
                resolutions = new[] { resolution },
            }
        );
        var made = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(201, made.ToJsonString());
        return made;
    }
}
