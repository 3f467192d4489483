using System.Net.Http.Json;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Sessions;

/// <summary>The id of a withdrawn session is free.</summary>
[EveryEngine]
public sealed class AddSessionAgainTests
{
    [Test]
    public async Task The_number_of_a_withdrawn_session_is_free_and_its_requests_do_not_count_again()
    {
        using var app = new App();
        await app.AddSession();
        await app.RecordRequest("NOR");
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
        await app.Coordinator.Patched(
            SessionSteps.Requested,
            """{"status": "withdrawn", "openedOn": "2026-12-01", "calledBy": "Council"}"""
        );
        using var answer = await app.Coordinator.PostAsJsonAsync(
            "/v1/sessions",
            new
            {
                id = "es-12",
                kind = "new-emergency-session",
                subject = "Another question",
            }
        );
        var added = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(201, added.ToJsonString());
        (added.Text("status"), added.Text("subject"), added.Text("openedOn"), added.Text("calledBy")).ShouldBe(
            ("requested", "Another question", null, null)
        );
        // Four changes before, the request and the vote are deleted, and the session is requested.
        (added.Int("version"), answer.ETag()).ShouldBe((7, "\"7\""));
        var report = await app.Viewer.GetJson($"{SessionSteps.Requested}/convening");
        (report["members"]!.Int("requests"), report["council"]!.IntOrNull("votes")).ShouldBe((0, null));
        (await app.Viewer.GetItems($"{SessionSteps.Requested}/requests/NOR/history")).Count.ShouldBe(2);
    }

    [Test]
    public async Task A_withdrawn_resumption_is_requested_again_and_has_the_number_of_the_session_that_it_names_now()
    {
        using var app = new App();
        foreach (var (resumes, number) in ((string, int)[])[("es-10", 10), ("es-11", 11)])
        {
            var added = await app.Coordinator.Add(
                "/v1/sessions",
                new
                {
                    id = "winter",
                    kind = "resumption",
                    subject = "A question",
                    resumes,
                }
            );
            (added.Text("resumes"), added.Int("number")).ShouldBe((resumes, number));
            await app.Coordinator.Patched("/v1/sessions/winter", """{"status": "withdrawn"}""");
        }
    }
}
