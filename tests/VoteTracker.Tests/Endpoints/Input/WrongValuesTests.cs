using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Endpoints.Input;

/// <summary>A wrong value has one message, with the value found and what it must be.</summary>
public sealed class WrongValuesTests
{
    [TestCase("\"likly\"", "must be one of confirmed, likely, leaning; found 'likly'")]
    [TestCase("\"likely\\u00A0\"", @"must be one of confirmed, likely, leaning; found 'likely\u00A0'")]
    [TestCase("\"<b>\\u200B\"", @"must be one of confirmed, likely, leaning; found '\u003Cb\u003E\u200B'")]
    [TestCase("7", "must be one of confirmed, likely, leaning; found 7")]
    [TestCase("true", "must be one of confirmed, likely, leaning; found true")]
    [TestCase("[\"likely\"]", "must be one of confirmed, likely, leaning; found a list")]
    [TestCase("null", "is required: one of confirmed, likely, leaning")]
    public async Task A_wrong_word_is_shown_with_the_accepted_words(string certainty, string message)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var answer = await app.Lobbyist.Put(
            $"/v1/resolutions/{draft}/stances/NOR",
            JsonNode.Parse($$"""{"position": "yes", "certainty": {{certainty}}, "evidence": "call"}""")!
        );
        var errors = (await answer.ShouldBeProblem(400))["errors"]!.AsObject();
        errors.Select(e => e.Key).ShouldBe(["certainty"]);
        errors["certainty"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldBe(message);
    }

    [Test]
    public async Task A_word_that_the_field_does_not_accept_is_not_listed()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var recorded = await app.Lobbyist.Put(
            $"/v1/resolutions/{draft}/stances/NOR",
            new
            {
                position = "YES",
                certainty = "likely",
                evidence = "call",
            }
        );
        (await recorded.ShouldBeProblem(400, "position"))["errors"]!["position"]![0]!
            .GetValue<string>()
            .ShouldBe("must be one of yes, no, abstain, absent, undecided; found 'YES'");
        using var patched = await app.Lobbyist.Patch(
            $"/v1/resolutions/{draft}/stances/NOR",
            """{"position": "YES", "certainty": "likely", "evidence": "call"}""",
            "*"
        );
        (await patched.ShouldBeProblem(400, "position"))["errors"]!["position"]![0]!
            .GetValue<string>()
            .ShouldBe("must be one of yes, no, abstain, absent, undecided; found 'YES'");
        using var opened = await app.Coordinator.PostAsJsonAsync(
            "/v1/resolutions",
            new
            {
                symbol = "A/ES-10/L.90",
                title = "A draft",
                status = "passed",
            }
        );
        (await opened.ShouldBeProblem(400, "status"))["errors"]!["status"]![0]!
            .GetValue<string>()
            .ShouldBe("must be one of drafting, tabled, adopted-without-vote, withdrawn; found 'passed'");
    }

    [Test]
    public async Task Codes_in_JSON_are_in_capitals()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var rollCall = await app.Coordinator.Put(
            $"/v1/resolutions/{draft}/roll-call?missing=non-voting",
            JsonNode.Parse("""{"recordedOn": "2026-11-21", "votes": [{"memberState": "ken", "vote": "yes"}]}""")!
        );
        (await rollCall.ShouldBeProblem(400, "votes"))["errors"]!["votes"]![0]!
            .GetValue<string>()
            .ShouldBe("no member has or had these codes, ISO 3166-1 alpha-3 in capitals: 'ken'");
    }

    [Test]
    public async Task Words_days_numbers_and_flags_of_each_body_are_shown()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Each.Run(
            ((HttpMethod, string, string, string, string)[])
                [
                    (HttpMethod.Put, "stances/NOR", "{\"position\": \"unknown\"}", "position", "'unknown'"),
                    (HttpMethod.Put, "co-sponsors/NOR", "{\"since\": \"21.11.2026\"}", "since", "'21.11.2026'"),
                    (HttpMethod.Put, "roll-call", "{\"status\": \"withdrawn\"}", "status", "'withdrawn'"),
                    (HttpMethod.Put, "roll-call", "{\"announced\": {\"yes\": 1.5}}", "announced.yes", "1.5"),
                    (HttpMethod.Put, "roll-call", "{\"votes\": \"none\"}", "votes", "a text"),
                    (HttpMethod.Put, "roll-call", "{\"votes\": [7]}", "votes[0]", "a number"),
                    (
                        HttpMethod.Put,
                        "scenarios/a",
                        "{\"changes\": [{\"memberState\": \"NOR\", \"eligible\": \"no\"}]}",
                        "changes[0].eligible",
                        "'no'"
                    ),
                    (
                        HttpMethod.Put,
                        "scenarios/a",
                        "{\"changes\": [{\"rule\": \"not-recorded\"}]}",
                        "changes[0].rule",
                        "'not-recorded'"
                    ),
                    (HttpMethod.Patch, "", "{\"order\": \"first\"}", "order", "'first'"),
                ],
            async wrong =>
            {
                var (method, part, json, field, found) = wrong;
                using var answer = await app.Coordinator.Send(
                    method,
                    $"/v1/resolutions/{draft}/{part}".TrimEnd('/'),
                    JsonNode.Parse(json)
                );
                var message = (await answer.ShouldBeProblem(400, field))["errors"]![field]!
                    .AsArray()
                    .ShouldHaveSingleItem()!
                    .GetValue<string>();
                message.ShouldStartWith("must be ");
                message.ShouldContain($"; found {found}");
            }
        );
    }

    [TestCase("/v1/resolutions?kind=resolution", "kind", "must be one of draft, ", "'resolution'")]
    [TestCase("/v1/resolutions?include=", "include", "must be one of tally", "''")]
    [TestCase("/v1/resolutions/es-10-27/tally?rule=two%C2%A0thirds", "rule", "must be one of ", @"'two\u00A0thirds'")]
    [TestCase("/v1/member-states?on=today", "on", "must be a day ", "'today'")]
    [TestCase("/v1/member-states?limit=9e9", "limit", "must be a whole number ", "'9e9'")]
    [TestCase("/v1/resolutions/es-10-27/tally?asOf=2026-11-21", "asOf", "must be a moment ", "'2026-11-21'")]
    [TestCase("/v1/export/matrix.exe", "format", "must be one of csv, ", "'exe'")]
    public async Task A_wrong_parameter_is_shown(string path, string name, string message, string found)
    {
        using var app = new App();
        using var answer = await app.Viewer.GetAsync(path);
        var text = (await answer.ShouldBeProblem(400, name))["errors"]![name]!
            .AsArray()
            .ShouldHaveSingleItem()!
            .GetValue<string>();
        text.ShouldStartWith(message);
        text.ShouldEndWith($"; found {found}");
    }

    [Test]
    public async Task Wrong_values_of_a_contact_are_in_no_error()
    {
        using var app = new App();
        foreach (
            var body in (JsonObject[])
                [
                    new() { ["name"] = new JsonArray("Quokka") },
                    new() { ["email"] = "Quokka" },
                    new() { ["phone"] = 5_551_234_567 },
                    new() { ["notes"] = new JsonObject { ["Quokka"] = "Quokka" } },
                ]
        )
        {
            body["memberState"] = "NOR";
            body["office"] = "mission";
            using var answer = await app.Lobbyist.PostAsJsonAsync("/v1/contacts", body);
            var text = (await answer.ShouldBeProblem(400)).ToJsonString();
            text.ShouldNotContain("Quokka");
            text.ShouldNotContain("5551234567");
        }
    }
}
