using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Sessions;

[EveryEngine]
public sealed class ChangeSessionTests
{
    [Test]
    public async Task A_session_convenes_and_is_closed()
    {
        using var app = new App();
        await app.AddSession();
        using var answer = await app.Coordinator.Patch(
            SessionSteps.Requested,
            """{"status": "convened", "openedOn": "2026-11-19", "calledBy": "Security Council"}""",
            "\"1\""
        );
        var convened = await answer.Json();
        answer.ETag().ShouldBe("\"2\"");
        (convened.Text("status"), convened.Text("openedOn"), convened.Int("number")).ShouldBe(
            ("convened", "2026-11-19", 12)
        );
        var seen = await app.Anonymous.GetJson(SessionSteps.Requested);
        (seen.Text("status"), seen.Text("calledBy"), seen["changedBy"]).ShouldBe(
            ("convened", "Security Council", null)
        );
        // Without a day, it is the current one.
        var closed = await app.Coordinator.Patched(SessionSteps.Requested, """{"status": "closed"}""", "\"2\"");
        (closed.Text("status"), closed.Text("closedOn"), closed.Int("version")).ShouldBe(("closed", "2026-11-21", 3));
        var draft = await app.Coordinator.OpenDraft(new { session = (string?)null }, "A/ES-12/L.1");
        using var late = await app.Coordinator.Patch($"/v1/resolutions/{draft}", """{"voteOn": "2026-11-22"}""");
        await late.ShouldBeProblem(400, "voteOn");
    }

    [TestCase("/v1/sessions/es-11")]
    [TestCase(SessionSteps.Requested)]
    public async Task The_day_on_which_a_session_opened_cannot_be_removed(string path)
    {
        using var app = new App();
        await app.AddSession();
        if (path == SessionSteps.Requested)
        {
            await app.Coordinator.Patched(path, """{"status": "convened"}""");
        }
        using var answer = await app.Coordinator.Patch(path, """{"openedOn": null}""");
        await answer.ShouldBeProblem(400, "openedOn");
        using var closed = await app.Coordinator.Patch(path, """{"openedOn": null, "status": "closed"}""");
        await closed.ShouldBeProblem(400, "openedOn");
    }

    [Test]
    public async Task A_session_that_convenes_without_a_day_opens_today_in_New_York()
    {
        using var app = new App();
        await app.AddSession();
        var convened = await app.Coordinator.Patched(SessionSteps.Requested, """{"status": "convened"}""");
        convened.Text("openedOn").ShouldBe("2026-11-21");
        // A planned day stays, and does not limit the days of a vote.
        await app.AddSession("es-13");
        var planned = await app.Coordinator.Patched("/v1/sessions/es-13", """{"openedOn": "2026-12-15"}""");
        (planned.Text("status"), planned.Text("openedOn")).ShouldBe(("requested", "2026-12-15"));
        using var early = await app.Coordinator.Patch("/v1/sessions/es-13", """{"status": "convened"}""");
        await early.ShouldBeProblem(400, "openedOn");
    }

    [TestCase("""{"status": "scheduled"}""", "status")]
    [TestCase("""{"status": "adjourned"}""", "status")]
    [TestCase("""{"status": null}""", "status")]
    [TestCase("""{"subject": null}""", "subject")]
    [TestCase("""{"number": 13}""", "number")]
    [TestCase("""{"number": null}""", "number")]
    [TestCase("""{"openedOn": "1945-10-23"}""", "openedOn")]
    [TestCase("""{"openedOn": "2026-02-30"}""", "openedOn")]
    [TestCase("""{"status": "convened", "openedOn": "2026-11-22"}""", "openedOn")]
    [TestCase("""{"closedOn": "2026-11-01", "openedOn": "2026-11-02"}""", "closedOn")]
    [TestCase("""{"status": "closed", "openedOn": "2026-11-02", "closedOn": "2026-11-22"}""", "closedOn")]
    [TestCase("""{"status": "convened", "openedOn": "2026-11-02", "closedOn": "2026-11-20"}""", "closedOn")]
    [TestCase("""{"resumes": "es-11"}""", "resumes")]
    [TestCase("""{"authority": "A/RES/ES-11/1"}""", "authority")]
    [TestCase("""{"kind": "regular"}""", "kind")]
    [TestCase("""{"id": "es-13"}""", "id")]
    public async Task A_wrong_change_is_named_and_changes_nothing(string patch, string field)
    {
        using var app = new App();
        var added = await app.AddSession();
        using var answer = await app.Coordinator.Patch(SessionSteps.Requested, patch);
        await answer.ShouldBeProblem(400, field);
        (await app.Viewer.GetJson(SessionSteps.Requested)).ToJsonString().ShouldBe(added.ToJsonString());
    }

    [Test]
    public async Task A_change_names_the_version_that_it_saw()
    {
        using var app = new App();
        await app.AddSession();
        await app.RecordRequest("NOR");
        using var none = await app.Coordinator.Patch(SessionSteps.Requested, """{"subject": "X"}""", ifMatch: null);
        await none.ShouldBeProblem(428);
        using var old = await app.Coordinator.Patch(SessionSteps.Requested, """{"subject": "X"}""", "\"1\"");
        (await old.ShouldBeProblem(412))["current"]!.Int("version").ShouldBe(2, "the request raised it");
        using var unknown = await app.Coordinator.Patch("/v1/sessions/es-99", """{"subject": "X"}""");
        await unknown.ShouldBeProblem(404);
    }

    [Test]
    public async Task A_session_of_the_release_can_be_changed_and_a_regular_one_without_a_row_too()
    {
        using var app = new App();
        using var seen = await app.Anonymous.GetAsync("/v1/sessions/es-11");
        var closed = await app.Coordinator.Patched(
            "/v1/sessions/es-11",
            """{"status": "closed", "closedOn": "2026-11-20"}""",
            seen.ETag()!
        );
        (closed.Text("status"), closed.Int("version")).ShouldBe(("closed", 2));
        using var regular = await app.Anonymous.GetAsync("/v1/sessions/81");
        regular.ETag().ShouldBe("\"0\"");
        (await regular.Json()).Text("status").ShouldBe("convened");
        var changed = await app.Coordinator.Patched("/v1/sessions/81", """{"openedOn": "2026-09-15"}""", "\"0\"");
        (changed.Text("status"), changed.Text("openedOn"), changed.Int("version")).ShouldBe(
            ("convened", "2026-09-15", 1)
        );
        using var again = await app.Coordinator.Patch("/v1/sessions/81", """{"openedOn": null}""", "\"0\"");
        await again.ShouldBeProblem(412);
        // Its status still follows from the number.
        (await app.Anonymous.GetItems("/v1/sessions?all=true&status=scheduled&limit=1000"))
            .ShouldHaveSingleItem()
            .Text("id")
            .ShouldBe("82");
    }

    [Test]
    public async Task A_resumption_names_an_adjourned_session()
    {
        using var app = new App();
        await app.Coordinator.Add(
            "/v1/sessions",
            new
            {
                id = "es-10-2026",
                kind = "resumption",
                subject = "A question",
            }
        );
        const string path = "/v1/sessions/es-10-2026";
        (await app.Coordinator.Patched(path, """{"authority": "A/RES/ES-10/27"}"""))
            .Text("authority")
            .ShouldBe("A/RES/ES-10/27");
        foreach (var resumes in (string[])["es-9", "es-99", "es-10-2026"])
        {
            using var answer = await app.Coordinator.Patch(path, $$"""{"resumes": "{{resumes}}"}""");
            await answer.ShouldBeProblem(400, "resumes");
        }
        using var none = await app.Coordinator.Patch(path, """{"resumes": null}""");
        await none.ShouldBeProblem(400, "resumes");
        (await app.Coordinator.Patched(path, """{"resumes": "es-11"}""")).Int("number").ShouldBe(11);
    }

    [Test]
    public async Task A_resumption_opens_after_the_session_that_it_resumes()
    {
        using var app = new App();
        await app.Coordinator.Add(
            "/v1/sessions",
            new
            {
                id = "es-11-2026",
                kind = "resumption",
                subject = "A question",
            }
        );
        const string path = "/v1/sessions/es-11-2026";
        foreach (
            var patch in (string[])
                [
                    """{"openedOn": "2022-02-28"}""",
                    """{"openedOn": "1997-05-01"}""",
                    """{"status": "convened", "openedOn": "2022-02-27"}""",
                ]
        )
        {
            using var answer = await app.Coordinator.Patch(path, patch);
            (await answer.ShouldBeProblem(400, "openedOn"))["errors"]!.ToJsonString().ShouldContain("2022-02-28");
        }
        await app.Coordinator.Patched(path, """{"status": "convened", "openedOn": "2022-03-01"}""");
    }
}
