using Dapper;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Sessions;

/// <summary>The steps of a session from its request to its end.</summary>
[EveryEngine]
public sealed class SessionStatusTests
{
    [Test]
    public async Task The_history_marks_each_change_that_convened_the_session_and_no_other()
    {
        using var app = new App();
        await app.AddSession();
        foreach (
            var status in (string[])
                ["withdrawn", "requested", "convened", "closed", "convened", "requested", "convened"]
        )
        {
            await app.Coordinator.Patched(
                SessionSteps.Requested,
                $$"""{"status": "{{status}}", "closedOn": null, "subject": "{{status}}"}"""
            );
        }
        var convening = await app
            .Services.GetRequiredService<Db>()
            .Read(connection =>
                connection.QueryAsync<long>(
                    """
                    SELECT c.version
                    FROM change c
                    JOIN session_change s ON s.session = c.session AND s.version = c.version
                    WHERE c.kind = 'session' AND s.convenes
                    ORDER BY c.version
                    """
                )
            );
        // The second one follows the undo of a mistake.
        convening.ShouldBe([4, 8]);
    }

    [TestCase("es-11", "requested")]
    [TestCase("es-11", "withdrawn")]
    [TestCase("es-9", "requested")]
    [TestCase("80", "requested")]
    [TestCase("81", "withdrawn")]
    [TestCase("82", "convened")]
    [TestCase("82", "withdrawn")]
    public async Task A_session_of_the_record_is_never_requested_again(string id, string status)
    {
        using var app = new App();
        var before = await app.Anonymous.GetJson($"/v1/sessions/{id}");
        using var answer = await app.Coordinator.Patch($"/v1/sessions/{id}", $$"""{"status": "{{status}}"}""");
        await answer.ShouldBeProblem(400, "status");
        (await app.Anonymous.GetJson($"/v1/sessions/{id}")).ToJsonString().ShouldBe(before.ToJsonString());
    }

    [Test]
    public async Task A_session_of_the_record_that_is_closed_and_opened_again_is_not_newly_convened()
    {
        using var app = new App();
        foreach (var patch in (string[])["""{"status": "closed"}""", """{"status": "convened", "closedOn": null}"""])
        {
            await app.Coordinator.Patched("/v1/sessions/es-11", patch);
        }
        using var again = await app.Coordinator.Patch("/v1/sessions/es-11", """{"status": "requested"}""");
        await again.ShouldBeProblem(400, "status");
        var convening = await app
            .Services.GetRequiredService<Db>()
            .Read(connection =>
                connection.QueryAsync<bool>("SELECT convenes FROM session_change WHERE session = 'es-11'")
            );
        convening.ShouldBe([false, false]);
    }

    [TestCase("requested", "closed")]
    [TestCase("withdrawn", "convened")]
    [TestCase("withdrawn", "closed")]
    [TestCase("convened", "withdrawn")]
    [TestCase("closed", "requested")]
    [TestCase("closed", "withdrawn")]
    public async Task A_status_cannot_be_left_out(string from, string to)
    {
        using var app = new App();
        await app.AddSession();
        foreach (
            var status in (string[])(
                from == "closed" ? ["convened", "closed"]
                : from == "requested" ? []
                : [from]
            )
        )
        {
            await app.Coordinator.Patched(SessionSteps.Requested, $$"""{"status": "{{status}}"}""");
        }
        using var answer = await app.Coordinator.Patch(SessionSteps.Requested, $$"""{"status": "{{to}}"}""");
        (await answer.ShouldBeProblem(400, "status"))["errors"]!
            .ToJsonString()
            .ShouldContain($"because the session is {from}");
    }
}
