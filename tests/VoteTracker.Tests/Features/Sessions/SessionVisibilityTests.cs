using System.Net.Http.Json;

namespace VoteTracker.Tests.Features.Sessions;

/// <summary>Without a key, a session is visible from the change that convenes it on.</summary>
[EveryEngine]
public sealed class SessionVisibilityTests
{
    private static readonly string[] Addresses =
    [
        "/v1/sessions/es-12",
        "/v1/sessions/es-12/convening",
        "/v1/sessions/es-12/requests",
        "/v1/sessions/es-12/requests/NOR",
        "/v1/sessions/es-12/council-vote",
    ];

    [Test]
    public async Task A_requested_session_is_hidden_without_a_key_until_it_convenes()
    {
        using var app = new App();
        await Prepare(app);
        foreach (var address in Addresses)
        {
            (await app.Viewer.GetJson(address)).ShouldNotBeNull();
            using var hidden = await app.Anonymous.GetAsync(address);
            await hidden.ShouldBeProblem(404);
        }
        (await app.Anonymous.GetItems("/v1/sessions")).Count.ShouldBe(11);
        (await app.Anonymous.GetItems("/v1/sessions?status=requested")).ShouldBeEmpty();
        (await app.Viewer.GetItems("/v1/sessions?status=requested")).Count.ShouldBe(1);
        (await app.Anonymous.GetItems("/v1/changes?limit=1000")).ShouldAllBe(c => c["session"] == null);

        await app.Coordinator.Patched(SessionSteps.Requested, """{"status": "convened"}""");
        foreach (var address in Addresses)
        {
            (await app.Anonymous.GetJson(address)).ToJsonString().ShouldNotContain("lobbyist");
        }
        await app.Coordinator.Patched(SessionSteps.Requested, """{"status": "requested"}""");
        using var again = await app.Anonymous.GetAsync(SessionSteps.Requested);
        await again.ShouldBeProblem(404);
    }

    [Test]
    public async Task Notes_and_authors_are_for_viewers_and_up()
    {
        using var app = new App();
        await Prepare(app);
        await app.Coordinator.Patched(SessionSteps.Requested, """{"status": "convened"}""");
        var seen = await app.Viewer.GetJson($"{SessionSteps.Requested}/requests/NOR");
        (seen.Text("note"), seen.Text("changedBy")).ShouldBe(("By telephone", "lobbyist"));
        var open = await app.Anonymous.GetJson($"{SessionSteps.Requested}/requests/NOR");
        (open.Text("note"), open["changedBy"], open.Text("document")).ShouldBe((null, null, "A/ES-12/1"));
        (await app.Anonymous.GetItems($"{SessionSteps.Requested}/requests"))
            .ShouldHaveSingleItem()
            .Text("note")
            .ShouldBeNull();
        using var history = await app.Anonymous.GetAsync($"{SessionSteps.Requested}/requests/NOR/history");
        await history.ShouldBeProblem(401);
    }

    [Test]
    public async Task The_feed_shows_a_session_from_the_change_that_convened_it()
    {
        using var app = new App();
        await Prepare(app);
        await app.Coordinator.Patched(SessionSteps.Requested, """{"status": "convened"}""");
        await app.Coordinator.Patched(SessionSteps.Requested, """{"calledBy": "Security Council"}""");
        var all = await Feed(app.Viewer);
        all.ShouldBe([
            "session es-12  1",
            "session-request es-12 NOR 2",
            "session es-12  3",
            "session es-12  4",
            "session es-12  5",
        ]);
        (await Feed(app.Anonymous)).ShouldBe(all[3..]);
    }

    [Test]
    public async Task A_message_without_a_key_names_no_hidden_session()
    {
        using var app = new App();
        await Prepare(app);
        foreach (
            var address in (string[])
                [
                    "/v1/resolutions?session=es-12",
                    "/v1/resolutions?session=es-122",
                    "/v1/council-vetoes?session=es-12",
                    "/v1/member-states/NOR/votes?session=es-12",
                    "/v1/agreement?a=NOR&b=SWE&session=es-12",
                    "/v1/export/roll-calls.csv?session=es-12",
                ]
        )
        {
            using var answer = await app.Anonymous.GetAsync(address);
            (await answer.ShouldBeProblem(400, "session"))["errors"]!.ToJsonString().ShouldNotContain("mean es-12");
        }
        (await app.Viewer.GetItems("/v1/resolutions?session=es-12")).ShouldBeEmpty();
    }

    [Test]
    public async Task The_number_of_resolutions_counts_those_that_the_caller_may_see()
    {
        using var app = new App();
        await app.AddSession();
        await app.Coordinator.Patched(SessionSteps.Requested, """{"status": "convened"}""");
        await app.Coordinator.OpenDraft(new { session = "es-12" }, "A/ES-12/L.1");
        await app.Coordinator.OpenDraft(new { session = "es-12", visibility = "tally" }, "A/ES-12/L.2");
        (await app.Anonymous.GetJson(SessionSteps.Requested)).Int("resolutions").ShouldBe(1);
        (await app.Viewer.GetJson(SessionSteps.Requested)).Int("resolutions").ShouldBe(2);
        (await app.Anonymous.GetItems("/v1/sessions"))
            .Single(s => s.Text("id") == "es-12")
            .Int("resolutions")
            .ShouldBe(1);
    }

    [TestCase("viewer", 403, 403)]
    [TestCase("lobbyist", 403, 201)]
    [TestCase("coordinator", 201, 201)]
    public async Task Coordinators_add_sessions_and_lobbyists_record_requests(string role, int sessions, int requests)
    {
        using var app = new App();
        await app.AddSession();
        await app.Coordinator.Patched(SessionSteps.Requested, """{"status": "convened"}""");
        using var added = await app.As(role)
            .PostAsJsonAsync(
                "/v1/sessions",
                new
                {
                    id = "es-13",
                    kind = "new-emergency-session",
                    subject = "A question",
                }
            );
        ((int)added.StatusCode).ShouldBe(sessions);
        using var request = await app.As(role)
            .Put($"{SessionSteps.Requested}/requests/NOR", new { requestedOn = "2026-11-20" });
        ((int)request.StatusCode).ShouldBe(requests);
    }

    private static async Task Prepare(App app)
    {
        await app.AddSession();
        using var request = await app.Lobbyist.Put(
            $"{SessionSteps.Requested}/requests/NOR",
            new
            {
                requestedOn = "2026-11-20",
                document = "A/ES-12/1",
                note = "By telephone",
            }
        );
        request.EnsureSuccessStatusCode();
        using var vote = await app.Coordinator.Put(
            $"{SessionSteps.Requested}/council-vote",
            new
            {
                on = "2026-11-20",
                document = "S/2026/1",
                totals = new
                {
                    yes = 8,
                    no = 2,
                    abstain = 5,
                },
            }
        );
        vote.EnsureSuccessStatusCode();
    }

    private static async Task<List<string>> Feed(HttpClient client) =>
        [
            .. (await client.GetItems("/v1/changes?limit=1000"))
                .Where(c => c.Text("kind")!.StartsWith("session", StringComparison.Ordinal))
                .Select(c => $"{c.Text("kind")} {c.Text("session")} {c.Text("memberState")} {c.Int("version")}"),
        ];
}
