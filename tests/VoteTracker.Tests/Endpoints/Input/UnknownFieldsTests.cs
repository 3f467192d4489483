using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Tests.Conventions;

namespace VoteTracker.Tests.Endpoints.Input;

/// <summary>A JSON field that a body does not have is rejected by name. If it were ignored, data would be lost.</summary>
public sealed class UnknownFieldsTests
{
    private static readonly JsonObject Stance = new()
    {
        ["position"] = "yes",
        ["certainty"] = "likely",
        ["evidence"] = "call",
    };

    [TestCase("evidence_url", "evidenceUrl")]
    [TestCase("notes", "note")]
    [TestCase("resaon", "reason")]
    [TestCase("colour", null)]
    [TestCase("version", null)]
    public async Task A_field_that_a_stance_does_not_have_is_named_with_the_closest_one(string name, string? closest)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var body = Stance.DeepClone();
        body[name] = "https://example.org/a";
        using var answer = await app.Lobbyist.Put($"/v1/resolutions/{draft}/stances/KEN", body);
        var errors = (await answer.ShouldBeProblem(400))["errors"]!.AsObject();
        errors.Select(e => e.Key).ShouldBe([name]);
        var message = errors[name]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>();
        message.ShouldStartWith(
            closest is null
                ? "is not a known field; the known ones are position, "
                : $"is not a known field; did you mean {closest}? The known ones are position, "
        );
        var stance = await app.Viewer.GetJson($"/v1/resolutions/{draft}/stances/KEN");
        stance["position"]!.GetValue<string>().ShouldBe("unknown");
    }

    [Test]
    public async Task A_misspelt_field_is_one_fault_with_one_message()
    {
        using var app = new App();
        using var answer = await app.Coordinator.PostAsJsonAsync(
            "/v1/resolutions",
            new
            {
                symbol = "A/ES-10/L.40",
                titel = "A draft",
                session = "es-10",
                kind = "draft",
                visiblity = "tally",
                vote_on = "2026-12-01",
                base_line = "es-10-27",
            }
        );
        var errors = (await answer.ShouldBeProblem(400))["errors"]!.AsObject();
        errors.Select(e => e.Key).ShouldBeInAnyOrder(["titel", "visiblity", "vote_on", "base_line"]);
        foreach (
            var (name, closest) in ((string, string)[])
                [("titel", "title"), ("visiblity", "visibility"), ("vote_on", "voteOn"), ("base_line", "baseline")]
        )
        {
            errors[name]!.ToJsonString().ShouldContain($"did you mean {closest}?");
        }
    }

    [Test]
    public async Task Every_JSON_body_rejects_an_unknown_field()
    {
        using var app = new App();
        using var admin = app.Admin;
        var bodies = ServedRoute
            .All(app)
            .Where(r => r.Endpoint.Metadata.GetMetadata<AcceptedBody>() is not null)
            .ToList();
        bodies.Count.ShouldBeGreaterThanOrEqualTo(10);
        foreach (var route in bodies)
        {
            var path = route.Path(name => name == "iso3" ? "NOR" : "nothing");
            using var answer = await admin.Send(
                new HttpMethod(route.Method),
                path,
                new JsonObject { ["unheardOf"] = 1, ["alsoNot"] = new JsonObject() }
            );
            var problem = await answer.ShouldBeProblem(400, "unheardOf", "alsoNot");
            problem["errors"]!["unheardOf"]!.ToJsonString().ShouldContain("the known ones are ", customMessage: path);
        }
    }

    [Test]
    public async Task Fields_of_objects_in_lists_are_named_with_their_path()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var scenario = await app.Viewer.PostAsJsonAsync(
            $"/v1/resolutions/{draft}/scenarios",
            new { changes = new object[] { new { memberState = "NOR", position = "yes" }, new { grup = "nam" } } }
        );
        var ofScenario = await scenario.ShouldBeProblem(400, "changes[1].grup");
        ofScenario["errors"]!.AsObject().Count.ShouldBe(1);
        ofScenario["errors"]!["changes[1].grup"]!.ToJsonString().ShouldContain("did you mean group?");
        using var rollCall = await app.Coordinator.Put(
            $"/v1/resolutions/{draft}/roll-call",
            new
            {
                recordedOn = "2026-11-20",
                votes = new object[]
                {
                    new
                    {
                        memberState = "NOR",
                        vote = "yes",
                        intented = "no",
                    },
                },
                announced = new
                {
                    yes = 1,
                    no = 0,
                    abstain = 0,
                    absent = 3,
                },
            }
        );
        var ofRollCall = await rollCall.ShouldBeProblem(400, "votes[0].intented", "announced.absent");
        ofRollCall["errors"]!.AsObject().Count.ShouldBe(2);
    }

    [Test]
    public async Task A_patch_names_the_closest_field_and_accepts_names_in_any_case()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var answer = await app.Coordinator.Patch(
            $"/v1/resolutions/{draft}",
            """{"visiblity": "tally", "id": 1}"""
        );
        var errors = (await answer.ShouldBeProblem(400, "visiblity", "id"))["errors"]!;
        errors["visiblity"]!.ToJsonString().ShouldContain("cannot be changed here; did you mean visibility?");
        using var changed = await app.Coordinator.Patch(
            $"/v1/resolutions/{draft}",
            """{"VISIBILITY": "tally", "voteon": "2026-12-01"}"""
        );
        var resolution = await changed.Json();
        resolution["visibility"]!.GetValue<string>().ShouldBe("tally", resolution.ToJsonString());
        resolution["voteOn"]!.GetValue<string>().ShouldBe("2026-12-01");
    }

    [Test]
    public async Task A_name_in_another_case_is_known()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var answer = await app.Lobbyist.Put(
            $"/v1/resolutions/{draft}/stances/KEN",
            new JsonObject
            {
                ["Position"] = "yes",
                ["CERTAINTY"] = "likely",
                ["evidence"] = "call",
                ["evidenceURL"] = "https://example.org/a",
            }
        );
        var stance = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(200, stance.ToJsonString());
        stance["evidenceUrl"]!.GetValue<string>().ShouldBe("https://example.org/a");
    }

    [Test]
    public async Task Strange_names_are_shown_short_and_visible()
    {
        using var app = new App();
        using var answer = await app.Lobbyist.PostAsJsonAsync(
            "/v1/contacts",
            new JsonObject
            {
                ["memberState"] = "NOR",
                ["name"] = "Desk",
                ["office"] = "mission",
                [new string('x', 10_000)] = 1,
                ["no\u00A0te\r\n"] = 1,
            }
        );
        var errors = (await answer.ShouldBeProblem(400))["errors"]!.AsObject();
        errors.Select(e => e.Key).ShouldBeInAnyOrder([new string('x', 40) + "…", @"no\u00A0te\u000D\u000A"]);
        using var many = await app.Lobbyist.PostAsJsonAsync(
            "/v1/contacts",
            Enumerable.Range(0, 1_000).ToDictionary(i => $"field{i}", i => i)
        );
        (await many.ShouldBeProblem(400))["errors"]!.AsObject().Count.ShouldBeLessThan(110);
    }

    [Test]
    public async Task Stored_JSON_is_read_whatever_fields_another_release_wrote()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var path = $"/v1/resolutions/{draft}/scenarios/plan-b";
        using var kept = await app.Lobbyist.Put(
            path,
            new { changes = new[] { new { memberState = "NOR", position = "yes" } } }
        );
        kept.EnsureSuccessStatusCode();
        Databases.Execute(
            app.Folder,
            """UPDATE scenario SET changes = '[{"memberState": "SWE", "position": "no", "later": 1}]'"""
        );
        var scenario = await app.Viewer.GetJson(path);
        scenario["changes"]![0]!["memberState"]!.GetValue<string>().ShouldBe("SWE");
    }

    [Test]
    public async Task The_fields_of_a_JSON_roll_call_are_not_accepted_in_the_query()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var answer = await app.Coordinator.Put(
            $"/v1/resolutions/{draft}/roll-call?missing=non-voting&recordedOn=2026-11-19&status=adopted",
            new { recordedOn = "2026-11-20", votes = new[] { new { memberState = "NOR", vote = "yes" } } }
        );
        await answer.ShouldBeProblem(400, "recordedOn", "status");
    }
}
