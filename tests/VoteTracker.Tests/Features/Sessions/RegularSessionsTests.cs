using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using VoteTracker.Tests.Features.Imports;

namespace VoteTracker.Tests.Features.Sessions;

/// <summary>Regular sessions exist without an import.</summary>
[EveryEngine]
public sealed class RegularSessionsTests
{
    [TestCase("2026-01-01T12:00:00Z", 81)]
    [TestCase("2026-09-01T03:59:59Z", 81)]
    [TestCase("2026-09-01T04:00:00Z", 82)]
    [TestCase("2026-12-31T12:00:00Z", 82)]
    public async Task All_regular_sessions_are_listed_up_to_the_one_that_opens_next_September(string now, int last)
    {
        using var app = new App(
            new FakeTimeProvider(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture))
        );
        var sessions = await app.Anonymous.GetItems("/v1/sessions?all=true&limit=1000");
        sessions
            .Select(s => s.Text("id"))
            .ShouldBe([
                .. Enumerable.Range(1, 11).Select(n => $"es-{n}"),
                .. Enumerable.Range(1, last).Select(n => $"{n}"),
            ]);
        var regular = sessions.Skip(11).ToList();
        regular.ShouldAllBe(s =>
            s.Field("openedOn") == null && s.Field("closedOn") == null && s.Flag("emergency") == false
        );
        regular.Select(s => s.Int("number")).ShouldBe(Enumerable.Range(1, last));
        var pages = await app.Anonymous.GetPages("/v1/sessions?all=true&limit=10", 10);
        pages.Select(s => s.Text("id")).ShouldBe(sessions.Select(s => s.Text("id")));
        (await app.Anonymous.GetJson($"/v1/sessions/{last}")).ToJsonString().ShouldBe(regular[^1].ToJsonString());
        using var next = await app.Anonymous.GetAsync($"/v1/sessions/{last + 1}");
        await next.ShouldBeProblem(404);
        (await app.Anonymous.GetItems("/v1/sessions")).Count.ShouldBe(11, "none of them is in use");
    }

    [Test]
    public async Task A_session_is_in_use_when_a_resolution_belongs_to_it()
    {
        using var app = new App();
        await Open(app, new { symbol = "A/81/L.5", rule = "simple-majority" });
        await app.Coordinator.Imported(new VotingFile());
        var sessions = await app.Anonymous.GetItems("/v1/sessions");
        sessions
            .Skip(11)
            .Select(s => $"{s.Text("id")} {s.Text("openedOn")} {s.Text("subject")}")
            .ShouldBe(["78  Regular session", "81  Regular session"]);
        (await app.Anonymous.GetItems("/v1/sessions?all=true&limit=1000")).Count.ShouldBe(11 + 82);
        // A part of the record can be requested in a session without a vote.
        foreach (var session in (string[])["82", "1"])
        {
            (await app.Anonymous.GetItems($"/v1/resolutions?session={session}")).ShouldBeEmpty();
            (await app.Anonymous.GetItems($"/v1/member-states/ZAF/votes?session={session}")).ShouldBeEmpty();
            (await app.Anonymous.GetStringAsync($"/v1/export/roll-calls.csv?session={session}")).ShouldStartWith(
                "resolution,"
            );
            (await app.Anonymous.GetJson($"/v1/agreement?a=ZAF&b=NAM&session={session}")).Int("rollCalls").ShouldBe(0);
        }
    }

    [TestCase("A/81/L.5", "81")]
    [TestCase("A/81/L.5/Rev.1", "81")]
    [TestCase("A/C.1/81/L.5", "81")]
    [TestCase("A/RES/78/1", "78")]
    [TestCase("A/ES-11/L.1", "es-11")]
    [TestCase("A/RES/ES-10/99", "es-10")]
    [TestCase("a/res/377 A (V)", "5")]
    [TestCase("A/RES/3379(XXX)", "30")]
    public async Task The_symbol_names_the_session_and_the_kind_is_draft(string symbol, string session)
    {
        using var app = new App();
        var opened = await Open(app, new { symbol, rule = "two-thirds" });
        (opened.Text("session"), opened.Text("kind"), opened.Text("rule")).ShouldBe((session, "draft", "two-thirds"));
    }

    [Test]
    public async Task In_a_regular_session_the_rule_is_required()
    {
        using var app = new App();
        using var answer = await app.Coordinator.PostAsJsonAsync(
            "/v1/resolutions",
            new { symbol = "A/81/L.5", title = "T" }
        );
        var problem = await answer.ShouldBeProblem(400, "rule");
        problem["errors"]!.AsObject().Count.ShouldBe(1);
        var message = problem["errors"]!["rule"]!.ToJsonString();
        message.ShouldContain("Article 18");
        message.ShouldContain("rule 85");
        // A motion can have one rule only; in emergency special sessions important questions are the default.
        (await Open(app, new { symbol = "A/81/L.6", kind = "motion" }))
            .Text("rule")
            .ShouldBe("simple-majority");
        (await Open(app, new { symbol = "A/ES-11/L.99" })).Text("rule").ShouldBe("two-thirds");
        var id = (await Open(app, new { symbol = "A/81/L.7", rule = "simple-majority" })).Text("id");
        using var removed = await app.Coordinator.Patch($"/v1/resolutions/{id}", """{"rule": null}""");
        await removed.ShouldBeProblem(400, "rule");
        using var changed = await app.Coordinator.Patch(
            $"/v1/resolutions/{id}",
            """{"title": "Another", "kind": null}"""
        );
        changed.EnsureSuccessStatusCode();
        (await changed.Json()).Text("rule").ShouldBe("simple-majority");
    }

    [Test]
    public async Task A_symbol_without_a_session_needs_one_and_a_wrong_session_is_quoted()
    {
        using var app = new App();
        foreach (
            var (body, found) in ((object, string)[])
                [
                    (new { symbol = "Draft 5", title = "T" }, "A/81/L.5"),
                    (new { symbol = "A/CONF.151/26", title = "T" }, "A/81/L.5"),
                    (new { symbol = "A/83/L.5", title = "T" }, "83"),
                    (
                        new
                        {
                            symbol = "A/81/L.5",
                            session = "es-12",
                            title = "T",
                        },
                        "es-12"
                    ),
                ]
        )
        {
            using var answer = await app.Coordinator.PostAsJsonAsync("/v1/resolutions", body);
            var problem = await answer.ShouldBeProblem(400, "session");
            problem["errors"]!["session"]!.ToJsonString().ShouldContain(found);
        }
    }

    [TestCase("es-99", ", did you mean es-9?")]
    [TestCase("ES-10", ", did you mean es-10?")]
    [TestCase("99", "")]
    public async Task A_wrong_session_has_the_same_message_in_a_body_and_in_a_filter(string session, string closest)
    {
        using var app = new App();
        using var body = await app.Coordinator.PostAsJsonAsync(
            "/v1/resolutions",
            new
            {
                symbol = "A/ES-10/L.90",
                title = "T",
                session,
            }
        );
        using var filter = await app.Coordinator.GetAsync($"/v1/resolutions?session={session}");
        foreach (var answer in (HttpResponseMessage[])[body, filter])
        {
            (await answer.ShouldBeProblem(400, "session"))["errors"]!["session"]!
                .AsArray()
                .ShouldHaveSingleItem()!
                .GetValue<string>()
                .ShouldBe(
                    $"must be the id of a session, such as es-10 or 81; they are listed at /v1/sessions?all=true; found '{session}'{closest}"
                );
        }
    }

    private static async Task<JsonNode> Open(App app, object fields)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(fields)!.AsObject();
        body["title"] = "A draft";
        using var answer = await app.Coordinator.PostAsJsonAsync("/v1/resolutions", body);
        var json = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(201, json.ToJsonString());
        return json;
    }
}
