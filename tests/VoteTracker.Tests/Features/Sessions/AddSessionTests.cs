using System.Net.Http.Json;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Sessions;

[EveryEngine]
public sealed class AddSessionTests
{
    [Test]
    public async Task A_new_emergency_session_is_requested_and_takes_the_next_number()
    {
        using var app = new App();
        using var answer = await app.Coordinator.PostAsJsonAsync(
            "/v1/sessions",
            new
            {
                id = "es-12",
                kind = "new-emergency-session",
                subject = "A question",
            }
        );
        var added = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(201, added.ToJsonString());
        answer.Headers.Location!.ToString().ShouldBe("/v1/sessions/es-12");
        answer.ETag().ShouldBe("\"1\"");
        (added.Text("status"), added.Int("number"), added.Flag("emergency"), added.Text("subject")).ShouldBe(
            ("requested", 12, true, "A question")
        );
        (added.Text("openedOn"), added.Text("calledBy"), added.Int("resolutions")).ShouldBe((null, null, 0));
        (await app.Viewer.GetJson("/v1/sessions/es-12")).ToJsonString().ShouldBe(added.ToJsonString());
        // The next number waits until this session has convened.
        var early = await app.Coordinator.Faults(
            "/v1/sessions",
            new
            {
                id = "es-13",
                kind = "new-emergency-session",
                subject = "A question",
            }
        );
        early["id"].ShouldContain("must be es-12");
        await app.Coordinator.Patched(SessionSteps.Requested, """{"status": "convened"}""");
        (await app.AddSession("es-13")).Int("number").ShouldBe(13);
    }

    [Test]
    public async Task A_draft_can_be_opened_and_counted_in_a_session_that_has_not_convened()
    {
        using var app = new App();
        await app.AddSession();
        var draft = await app.Coordinator.OpenDraft(new { session = (string?)null }, "A/ES-12/L.1");
        draft.ShouldBe("es-12-l-1");
        await app.Lobbyist.RecordStance(draft, "NOR", "yes");
        (await app.Viewer.GetJson($"/v1/resolutions/{draft}")).Text("rule").ShouldBe("two-thirds");
        (await app.Viewer.GetItems("/v1/resolutions?session=es-12")).Count.ShouldBe(1);
        (await app.Viewer.GetJson("/v1/sessions/es-12")).Int("resolutions").ShouldBe(1);
    }

    [Test]
    public async Task A_resumption_has_the_number_of_the_session_that_it_resumes()
    {
        using var app = new App();
        var added = await app.Coordinator.Add(
            "/v1/sessions",
            new
            {
                id = "es-10-2026",
                kind = "resumption",
                subject = "A question",
                authority = "A/RES/ES-10/27",
            }
        );
        (added.Text("resumes"), added.Int("number"), added.Flag("emergency"), added.Text("authority")).ShouldBe(
            ("es-10", 10, true, "A/RES/ES-10/27")
        );
        var other = await app.Coordinator.Add(
            "/v1/sessions",
            new
            {
                id = "winter",
                kind = "resumption",
                subject = "A question",
                resumes = "es-11",
            }
        );
        (other.Text("resumes"), other.Int("number")).ShouldBe(("es-11", 11));
        // A resumption follows the session that it resumes.
        (await app.Viewer.GetPages("/v1/sessions?limit=5", 5))
            .Select(s => s.Text("id"))
            .SkipWhile(id => id != "es-9")
            .ShouldBe(["es-9", "es-10", "es-10-2026", "es-11", "winter"]);
    }

    [Test]
    public async Task A_regular_session_is_added_before_it_opens()
    {
        using var app = new App();
        var added = await app.Coordinator.Add(
            "/v1/sessions",
            new
            {
                id = "82",
                kind = "regular",
                subject = "The 82nd session",
            }
        );
        (added.Text("status"), added.Flag("emergency"), added.Int("number")).ShouldBe(("requested", false, 82));
        // The public sees it, as every regular session.
        (await app.Anonymous.GetJson("/v1/sessions/82"))
            .Text("subject")
            .ShouldBe("The 82nd session");
        foreach (var id in (string[])["81", "87", "1"])
        {
            using var answer = await app.Coordinator.PostAsJsonAsync(
                "/v1/sessions",
                new
                {
                    id,
                    kind = "regular",
                    subject = "A session",
                }
            );
            await answer.ShouldBeProblem(id == "87" ? 400 : 409);
        }
    }

    [TestCase("es-14", "new-emergency-session", "A question", "id", "es-12")]
    [TestCase("es-012", "new-emergency-session", "A question", "id", "es-12")]
    [TestCase("ES-12", "new-emergency-session", "A question", "id", "a-z")]
    [TestCase("es 12", "new-emergency-session", "A question", "id", "a-z")]
    [TestCase("", "new-emergency-session", "A question", "id", "a-z")]
    [TestCase(null, "new-emergency-session", "A question", "id", "required")]
    [TestCase("s-40", "special", "A question", "kind", "only in the record")]
    [TestCase("es-12", "scheduled", "A question", "kind", "resumption")]
    [TestCase("es-12", null, "A question", "kind", "required")]
    [TestCase("es-12", "new-emergency-session", null, "subject", "required")]
    [TestCase("es-12", "new-emergency-session", " \u200B ", "subject", "empty")]
    [TestCase("es-99-2026", "resumption", "A question", "resumes", "es-99")]
    [TestCase("es-9-2026", "resumption", "A question", "resumes", "not closed")]
    [TestCase("winter", "resumption", "A question", "resumes", "required")]
    [TestCase("s-31", "resumption", "A question", "id", "another")]
    public async Task A_wrong_field_is_named(string? id, string? kind, string? subject, string field, string part)
    {
        using var app = new App();
        var faults = await app.Coordinator.Faults(
            "/v1/sessions",
            new
            {
                id,
                kind,
                subject,
            }
        );
        faults.ShouldContainKey(field);
        faults[field].ShouldContain(part);
        (await app.Viewer.GetItems("/v1/sessions")).Count.ShouldBe(11);
    }

    [Test]
    public async Task Long_texts_unknown_fields_and_fields_of_other_kinds_are_rejected()
    {
        using var app = new App();
        foreach (
            var (body, field) in ((object, string)[])
                [
                    (
                        new
                        {
                            id = "es-12",
                            kind = "new-emergency-session",
                            subject = new string('x', 10_000),
                        },
                        "subject"
                    ),
                    (
                        new
                        {
                            id = "es-12",
                            kind = "new-emergency-session",
                            subject = "A question",
                            resumes = "es-11",
                        },
                        "resumes"
                    ),
                    (
                        new
                        {
                            id = "es-12",
                            kind = "new-emergency-session",
                            subject = "A question",
                            status = "convened",
                        },
                        "status"
                    ),
                    (
                        new
                        {
                            id = 12,
                            kind = "new-emergency-session",
                            subject = "A question",
                        },
                        "id"
                    ),
                ]
        )
        {
            (await app.Coordinator.Faults("/v1/sessions", body)).ShouldContainKey(field);
        }
        // Markup is text.
        var added = await app.Coordinator.Add(
            "/v1/sessions",
            new
            {
                id = "es-12",
                kind = "new-emergency-session",
                subject = "<b>\u202EA question</b>",
            }
        );
        added.Text("subject").ShouldBe("<b>\u202EA question</b>");
    }

    [Test]
    public async Task An_id_that_exists_is_a_409()
    {
        using var app = new App();
        using var resumed = await app.Coordinator.PostAsJsonAsync(
            "/v1/sessions",
            new
            {
                id = "es-10",
                kind = "resumption",
                subject = "A question",
            }
        );
        (await resumed.ShouldBeProblem(409)).Text("detail")!.ShouldContain("es-10-2026");
        await app.AddSession();
        using var again = await app.Coordinator.PostAsJsonAsync(
            "/v1/sessions",
            new
            {
                id = "es-12",
                kind = "new-emergency-session",
                subject = "Another question",
            }
        );
        await again.ShouldBeProblem(409);
        (await app.Viewer.GetJson("/v1/sessions/es-12")).Text("subject").ShouldBe("A question");
    }
}
