using System.Net.Http.Json;

namespace VoteTracker.Tests.Features.Contacts;

[EveryEngine]
public sealed class EngagementsTests
{
    [Test]
    public async Task Engagements_are_logged_and_listed_in_order_in_pages()
    {
        using var app = new App();
        var path = await Contact(app);
        (await app.Lobbyist.GetJson(path))["items"]!.AsArray().ShouldBeEmpty();
        string[] kinds = ["meeting", "call", "message", "letter", "note-verbale", "event"];
        foreach (var kind in kinds)
        {
            using var answer = await app.Lobbyist.PostAsJsonAsync(
                path,
                new
                {
                    kind,
                    on = "2026-11-20",
                    summary = $"A {kind}.",
                    outcome = "Will ask the capital.",
                    nextStep = "Call again.",
                    dueOn = "2026-11-24",
                }
            );
            var made = await answer.Json();
            ((int)answer.StatusCode).ShouldBe(201, made.ToJsonString());
            made.AsObject()
                .Skip(1)
                .Select(p => $"{p.Key}: {p.Value}")
                .ShouldBe([
                    $"contact: {path.Split('/')[3]}",
                    $"kind: {kind}",
                    "on: 2026-11-20",
                    $"summary: A {kind}.",
                    "outcome: Will ask the capital.",
                    "nextStep: Call again.",
                    "dueOn: 2026-11-24",
                    "changedBy: lobbyist",
                    "changedAt: 2026-11-21T15:00:00Z",
                ]);
        }
        var seen = new List<string>();
        string? next = $"{path}?limit=4";
        while (next is not null)
        {
            using var answer = await app.Lobbyist.GetAsync(next);
            seen.AddRange((await answer.Json())["items"]!.AsArray().Select(e => e!["kind"]!.GetValue<string>()));
            next = answer.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : null;
        }
        seen.ShouldBe(kinds);
    }

    [Test]
    public async Task Every_error_is_named_at_once_and_nothing_is_logged()
    {
        using var app = new App();
        var path = await Contact(app);
        await Refused(new { }, "kind", "on", "summary");
        await Refused(
            new
            {
                kind = 1,
                on = "2026-11-31",
                summary = "",
                outcome = 7,
                nextStep = new string('x', 1_001),
                dueOn = "soon",
            },
            "kind",
            "on",
            "summary",
            "outcome",
            "nextStep",
            "dueOn"
        );
        (await app.Lobbyist.GetJson(path))["items"]!.AsArray().ShouldBeEmpty();
        using var unknown = await app.Lobbyist.PostAsJsonAsync(
            "/v1/contacts/nobody/engagements",
            new
            {
                kind = "call",
                on = "2026-11-20",
                summary = "x",
            }
        );
        await unknown.ShouldBeProblem(404);

        async Task Refused(object body, params string[] fields)
        {
            using var answer = await app.Lobbyist.PostAsJsonAsync(path, body);
            var problem = await answer.ShouldBeProblem(400, fields);
            problem["errors"]!.AsObject().Select(e => e.Key).ShouldBeInAnyOrder(fields);
        }
    }

    private static async Task<string> Contact(App app)
    {
        using var answer = await app.Lobbyist.PostAsJsonAsync(
            "/v1/contacts",
            new
            {
                memberState = "NOR",
                name = "The desk",
                office = "mission",
            }
        );
        answer.EnsureSuccessStatusCode();
        return $"/v1/contacts/{(await answer.Json())["id"]}/engagements";
    }
}
