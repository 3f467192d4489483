namespace VoteTracker.Tests.Features.Sessions.Convening;

[EveryEngine]
public sealed class SessionRequestsTests
{
    private const string Path = $"{SessionSteps.Requested}/requests/NOR";

    [Test]
    public async Task A_request_is_recorded_changed_and_deleted_and_its_history_stays()
    {
        using var app = new App();
        await app.AddSession();
        using var recorded = await app.Lobbyist.Send(
            HttpMethod.Put,
            Path,
            new
            {
                requestedOn = "2026-11-19",
                document = "A/ES-12/1",
                note = "By telephone",
            },
            ifMatch: null,
            ifNoneMatch: "*"
        );
        ((int)recorded.StatusCode).ShouldBe(201, await recorded.Content.ReadAsStringAsync());
        recorded.ETag().ShouldBe("\"2\"");
        using var changed = await app.Lobbyist.Put(Path, new { requestedOn = "2026-11-20" }, "\"2\"");
        var request = await changed.Json();
        (request.Text("requestedOn"), request.Text("document"), request.Int("version")).ShouldBe(
            ("2026-11-20", null, 3)
        );
        using var deleted = await app.Lobbyist.Send(HttpMethod.Delete, Path, ifMatch: "\"3\"");
        ((int)deleted.StatusCode).ShouldBe(204);
        deleted.ETag().ShouldBe("\"4\"");
        using var gone = await app.Viewer.GetAsync(Path);
        await gone.ShouldBeProblem(404);
        (await app.Viewer.GetItems($"{Path}/history"))
            .Select(c => $"{c.Int("version")} {c.Text("requestedOn")} {c.Text("note")} {c.Text("changedBy")}")
            .ShouldBe(["2 2026-11-19 By telephone lobbyist", "3 2026-11-20  lobbyist", "4   lobbyist"]);
        (await app.Viewer.GetPages($"{Path}/history?limit=1", 1)).Count.ShouldBe(3);
        (await app.Viewer.GetItems($"{SessionSteps.Requested}/requests/SWE/history")).ShouldBeEmpty();
        (await app.Viewer.GetJson($"{SessionSteps.Requested}/convening"))["members"]!.Int("requests").ShouldBe(0);
    }

    [Test]
    public async Task A_state_requests_a_session_once()
    {
        using var app = new App();
        await app.AddSession();
        await app.RecordRequest("NOR");
        using var twice = await app.Lobbyist.Send(
            HttpMethod.Put,
            Path,
            new { requestedOn = "2026-11-21" },
            ifMatch: null,
            ifNoneMatch: "*"
        );
        (await twice.ShouldBeProblem(412))["current"]!.Text("requestedOn").ShouldBe("2026-11-20");
        using var unconditional = await app.Lobbyist.Put(Path, new { requestedOn = "2026-11-21" }, ifMatch: null);
        await unconditional.ShouldBeProblem(428);
        using var old = await app.Lobbyist.Put(Path, new { requestedOn = "2026-11-21" }, "\"1\"");
        await old.ShouldBeProblem(412);
        // The code in lower case is the same state.
        (await app.RecordRequest("nor"))
            .Text("memberState")
            .ShouldBe("NOR");
        (await app.Viewer.GetItems($"{SessionSteps.Requested}/requests")).Count.ShouldBe(1);
        (await app.Viewer.GetJson($"{SessionSteps.Requested}/convening"))["members"]!.Int("requests").ShouldBe(1);
    }

    [TestCase("PSE", "observer")]
    [TestCase("VAT", "observer")]
    [TestCase("XXX", "no member state")]
    public async Task Only_a_member_can_request_a_session(string iso3, string part)
    {
        using var app = new App();
        await app.AddSession();
        using var put = await app.Lobbyist.Put(
            $"{SessionSteps.Requested}/requests/{iso3}",
            new { requestedOn = "2026-11-20" }
        );
        (await put.ShouldBeProblem(404)).Text("detail")!.ShouldContain(part);
        using var get = await app.Viewer.GetAsync($"{SessionSteps.Requested}/requests/{iso3}");
        await get.ShouldBeProblem(404);
        using var history = await app.Viewer.GetAsync($"{SessionSteps.Requested}/requests/{iso3}/history");
        await history.ShouldBeProblem(404);
        using var delete = await app.Lobbyist.Send(HttpMethod.Delete, $"{SessionSteps.Requested}/requests/{iso3}");
        await delete.ShouldBeProblem(404);
    }

    [TestCase("es-10", "SSD", "1997-04-22", 409)]
    [TestCase("es-10", "SUN", "1997-04-22", 409)]
    [TestCase("es-5", "SUN", "1967-06-13", 201)]
    [TestCase("es-12", "SUN", "2026-11-20", 409)]
    public async Task A_state_that_was_no_member_on_that_day_cannot_request_it(
        string session,
        string iso3,
        string requestedOn,
        int status
    )
    {
        using var app = new App();
        await app.AddSession();
        using var answer = await app.Lobbyist.Put($"/v1/sessions/{session}/requests/{iso3}", new { requestedOn });
        ((int)answer.StatusCode).ShouldBe(status);
    }

    [TestCase("2026-11-22")]
    [TestCase("1945-10-23")]
    [TestCase("2026-02-30")]
    [TestCase(null)]
    public async Task A_wrong_day_is_named(string? requestedOn)
    {
        using var app = new App();
        await app.AddSession();
        using var answer = await app.Lobbyist.Put(Path, new { requestedOn });
        await answer.ShouldBeProblem(400, "requestedOn");
    }

    [TestCase(SessionSteps.Requested, "2025-11-21", 201)]
    [TestCase(SessionSteps.Requested, "2025-11-20", 400)]
    [TestCase(SessionSteps.Requested, "2016-11-20", 400)]
    [TestCase("/v1/sessions/es-11", "2021-02-28", 201)]
    [TestCase("/v1/sessions/es-11", "2012-02-25", 400)]
    public async Task A_request_a_year_before_the_session_is_a_mistyped_year(string session, string day, int status)
    {
        using var app = new App();
        await app.AddSession();
        using var answer = await app.Lobbyist.Put($"{session}/requests/NOR", new { requestedOn = day });
        ((int)answer.StatusCode).ShouldBe(status, await answer.Content.ReadAsStringAsync());
        if (status == 400)
        {
            (await answer.ShouldBeProblem(400, "requestedOn"))["errors"]!
                .ToJsonString()
                .ShouldContain("at most a year");
        }
    }

    [Test]
    public async Task The_requests_of_a_session_that_was_planned_earlier_than_it_was_added_are_accepted()
    {
        using var app = new App();
        await app.AddSession();
        await app.Coordinator.Patched(SessionSteps.Requested, """{"openedOn": "2022-02-28"}""");
        await app.RecordRequest("NOR", requestedOn: "2022-02-25");
    }

    [Test]
    public async Task A_session_has_no_request_after_it_convened()
    {
        using var app = new App();
        await app.AddSession();
        await app.RecordRequest("NOR", requestedOn: "2026-11-19");
        using var early = await app.Coordinator.Patch(
            SessionSteps.Requested,
            """{"status": "convened", "openedOn": "2026-11-18"}"""
        );
        await early.ShouldBeProblem(400, "openedOn");
        await app.Coordinator.Patched(SessionSteps.Requested, """{"status": "convened", "openedOn": "2026-11-20"}""");
        // A request from before is entered late.
        await app.RecordRequest("SWE", requestedOn: "2026-11-20");
        using var late = await app.Lobbyist.Put(
            $"{SessionSteps.Requested}/requests/ZAF",
            new { requestedOn = "2026-11-21" }
        );
        (await late.ShouldBeProblem(400, "requestedOn"))["errors"]!.ToJsonString().ShouldContain("2026-11-20");
    }

    [Test]
    public async Task No_request_is_counted_for_a_regular_session()
    {
        using var app = new App();
        using var answer = await app.Lobbyist.Put("/v1/sessions/81/requests/NOR", new { requestedOn = "2026-09-01" });
        (await answer.ShouldBeProblem(409)).Text("detail")!.ShouldContain("rule 1");
    }

    [Test]
    public async Task Long_texts_and_unknown_fields_are_rejected()
    {
        using var app = new App();
        await app.AddSession();
        foreach (
            var (body, field) in ((object, string)[])
                [
                    (new { requestedOn = "2026-11-20", note = new string('x', 10_000) }, "note"),
                    (new { requestedOn = "2026-11-20", document = new string('x', 501) }, "document"),
                    (new { requestedOn = "2026-11-20", document = "" }, "document"),
                    (new { requestedOn = "2026-11-20", memberState = "NOR" }, "memberState"),
                    (new { requestedOn = 20261120 }, "requestedOn"),
                ]
        )
        {
            using var answer = await app.Lobbyist.Put(Path, body);
            await answer.ShouldBeProblem(400, field);
        }
    }
}
