using System.Net;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.Scenarios;

[EveryEngine]
public sealed class ScenariosTests
{
    [Test]
    public async Task A_scenario_is_compared_with_the_current_tally_and_the_moves_add_up()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { baseline = "es-10-27" });
        var before = await app.Viewer.GetJson($"/v1/resolutions/{id}/tally");
        var outcome = await Compute(
            app,
            id,
            new { memberState = "NOR", position = "no" },
            new { memberState = "BRA", eligible = false },
            new { memberState = "ZAF", position = "absent" },
            new
            {
                group = "eastern-european-states",
                position = "undecided",
                certainty = "leaning",
            }
        );
        var (now, then, difference) = (outcome["now"]!, outcome["tally"]!, outcome["difference"]!);
        now.ToJsonString().ShouldBe(before.ToJsonString());
        foreach (
            var column in (string[])
                [
                    "yes",
                    "no",
                    "abstain",
                    "absent",
                    "undecided",
                    "unknown",
                    "ineligible",
                    "presentAndVoting",
                    "required",
                    "margin",
                ]
        )
        {
            difference.Int(column).ShouldBe(then.Int(column) - now.Int(column), column);
        }
        (difference.Int("ineligible"), difference.Int("absent")).ShouldBe((1, 1));
        then.Int("members").ShouldBe(193);
        var moves = outcome["moves"]!.AsArray();
        moves.Sum(m => m!.Int("effect")).ShouldBe(difference.Int("margin"));
        moves.Single(m => m!.Text("memberState") == "NOR")!.Int("effect").ShouldBe(-3);
        outcome.Int("version").ShouldBe(before.Int("version"));
        (await app.Viewer.GetJson($"/v1/resolutions/{id}/tally")).ToJsonString().ShouldBe(before.ToJsonString());
        (await app.Viewer.GetItems($"/v1/resolutions/{id}/scenarios")).ShouldBeEmpty("nothing is stored");
    }

    [Test]
    public async Task The_probability_is_that_of_the_forecast_and_assumptions_change_it()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { baseline = "es-10-23" });
        var forecast = await app.Viewer.GetJson($"/v1/resolutions/{id}/forecast");
        var chance = Number(forecast, "probability");
        var same = await Compute(app, id, new { memberState = "NOR", eligible = true });
        Number(same, "probabilityNow").ShouldBe(chance);
        Number(same, "probability").ShouldBe(chance, "nothing is otherwise");
        Number(same["difference"]!, "probability").ShouldBe(0);
        var against = await Compute(app, id, new { group = "african-states", position = "no" });
        Number(against, "probability").ShouldBeLessThan(0.001);
        Number(against["difference"]!, "probability").ShouldBe(Number(against, "probability") - chance, 1e-12);
        // What is supposed is what would be recorded: a stance of the same words, recorded today, forecasts the same.
        var supposed = await Compute(
            app,
            id,
            new
            {
                memberState = "ZAF",
                position = "abstain",
                certainty = "likely",
            }
        );
        await app.Lobbyist.RecordStance(id, "ZAF", "abstain", "likely");
        var recorded = await app.Viewer.GetJson($"/v1/resolutions/{id}/forecast");
        Number(recorded, "probability").ShouldBe(Number(supposed, "probability"), 1e-12);
    }

    [Test]
    public async Task An_assumption_about_a_member_overrides_one_about_its_group()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var outcome = await Compute(
            app,
            id,
            new { memberState = "ZAF", position = "no" },
            new { group = "nam", position = "abstain" },
            new { group = "african-states", position = "yes" }
        );
        var then = outcome["tally"]!;
        (then.Int("yes"), then.Int("no")).ShouldBe((53, 1));
        var nam = (await app.Viewer.GetJson($"/v1/resolutions/{id}/breakdown?by=nam"))["rows"]![0]!.Int("members");
        // Of two groups the later one counts: those of both are counted with the African states.
        then.Int("abstain").ShouldBe(nam - await Both(app, "nam", "african-states"));
    }

    [Test]
    public async Task A_changed_rule_is_a_move_of_its_own()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        foreach (
            var (state, position) in new[]
            {
                ("ZAF", "yes"),
                ("EGY", "yes"),
                ("KEN", "yes"),
                ("BRA", "no"),
                ("FRA", "no"),
            }
        )
        {
            await app.Lobbyist.RecordStance(id, state, position);
        }
        var outcome = await Compute(app, id, new { rule = "simple-majority" });
        (outcome["now"]!.Flag("reached"), outcome["tally"]!.Flag("reached")).ShouldBe((false, true));
        outcome["tally"]!.Text("rule").ShouldBe("simple-majority");
        var move = outcome["moves"]!.AsArray().ShouldHaveSingleItem()!;
        (move.Text("what"), move.Int("effect")).ShouldBe(("rule", outcome["difference"]!.Int("margin")));
    }

    [Test]
    public async Task An_ineligible_member_assumed_eligible_has_its_recorded_position()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "VEN", "yes");
        using var entered = await app.Coordinator.Put(
            "/v1/member-states/VEN/ineligibility",
            new { from = "2026-11-01", reason = "article-19" }
        );
        entered.EnsureSuccessStatusCode();
        var outcome = await Compute(app, id, new { memberState = "VEN", eligible = true });
        (outcome["now"]!.Int("yes"), outcome["tally"]!.Int("yes"), outcome["tally"]!.Int("ineligible")).ShouldBe(
            (0, 1, 0)
        );
    }

    [AnyEngine]
    [TestCase("""{"memberState":"NOR","position":"yes"},{"memberState":"NOR","position":"no"}""", "changes")]
    [TestCase("""{"group":"nam","position":"yes"},{"group":"nam","position":"no"}""", "changes")]
    [TestCase("""{"rule":"simple-majority"},{"rule":"two-thirds"}""", "changes")]
    [TestCase("""{"memberState":"PSE","position":"yes"}""", "changes[0].memberState")]
    [TestCase(
        """{"memberState":"NOR","position":"yes"},{"memberState":"SUN","position":"yes"}""",
        "changes[1].memberState"
    )]
    [TestCase("""{"memberState":"nor","position":"yes"}""", "changes[0].memberState")]
    [TestCase("""{"group":"atlantis","position":"yes"}""", "changes[0].group")]
    [TestCase("""{"group":"nam","memberState":"NOR","position":"yes"}""", "changes[0]")]
    [TestCase("""{"position":"yes"}""", "changes[0]")]
    [TestCase("""{"memberState":"NOR"}""", "changes[0]")]
    [TestCase("""{"memberState":"NOR","position":"unknown","certainty":"likely"}""", "changes[0]")]
    [TestCase("""{"rule":"not-recorded"}""", "changes[0].rule")]
    [TestCase("""{"rule":"two-thirds","position":"yes"}""", "changes[0]")]
    [TestCase("null", "changes[0]")]
    [TestCase("""{"memberState":"NOR","position":"maybe"}""", "changes[0].position")]
    [TestCase("""{"memberState":"NOR","position":"yes"},{"rule":1}""", "changes[1].rule")]
    [TestCase("""{"memberState":"NOR","eligible":"no"}""", "changes[0].eligible")]
    [TestCase("7", "changes[0]")]
    [TestCase("", "changes")]
    public async Task A_wrong_change_is_named(string changes, string field)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var body = $$"""{"changes":[{{changes}}]}""";
        foreach (
            var (client, method, path) in new[]
            {
                (app.Viewer, HttpMethod.Post, $"/v1/resolutions/{id}/scenarios"),
                (app.Lobbyist, HttpMethod.Put, $"/v1/resolutions/{id}/scenarios/a"),
            }
        )
        {
            using var answer = await client.Send(method, path, JsonNode.Parse(body));
            var problem = await answer.ShouldBeProblem(400);
            problem["errors"]!.AsObject().Select(e => e.Key).ShouldContain(field, problem.ToJsonString());
            problem.ToJsonString().ShouldNotContain("is required");
        }
        (await app.Viewer.GetItems($"/v1/resolutions/{id}/scenarios")).ShouldBeEmpty();
    }

    [AnyEngine]
    [Test]
    public async Task Ten_thousand_changes_are_a_400()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var answer = await Post(
            app,
            id,
            [.. Enumerable.Repeat<object>(new { memberState = "NOR", position = "yes" }, 10_000)]
        );
        var problem = await answer.ShouldBeProblem(400);
        problem["errors"]!["changes"]!.ToJsonString().ShouldContain("1 to 500");
    }

    [Test]
    public async Task A_motion_cannot_need_two_thirds_in_a_scenario()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { kind = "motion" });
        using var answer = await Post(app, id, new { rule = "two-thirds" });
        (await answer.ShouldBeProblem(400))["errors"]!["changes[0].rule"].ShouldNotBeNull();
    }

    [Test]
    public async Task After_the_vote_a_scenario_is_a_409()
    {
        using var app = new App();
        using var answer = await Post(app, "es-10-27", new { memberState = "NOR", position = "no" });
        (await answer.ShouldBeProblem(409)).Text("type")!.ShouldEndWith("vote-is-over");
    }

    [Test]
    public async Task A_saved_scenario_is_computed_from_the_current_stances()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var changes = new { changes = new object[] { new { memberState = "NOR", position = "yes" } } };
        using var saved = await app.Lobbyist.Put($"/v1/resolutions/{id}/scenarios/nordic", changes);
        saved.StatusCode.ShouldBe(HttpStatusCode.Created);
        saved.ETag().ShouldBe("\"1\"");
        var version = (await app.Viewer.GetJson($"/v1/resolutions/{id}/tally")).Int("version");
        version.ShouldBe(1, "what is supposed leaves the resolution's version as it is");
        var scenario = await app.Viewer.GetJson($"/v1/resolutions/{id}/scenarios/nordic");
        (scenario.Text("name"), scenario.Int("version"), scenario.Text("changedBy")).ShouldBe(
            ("nordic", 1, "lobbyist")
        );
        scenario["changes"]![0]!.Text("memberState").ShouldBe("NOR");
        var path = $"/v1/resolutions/{id}/scenarios/nordic/outcome";
        (await app.Viewer.GetJson(path))["tally"]!.Int("yes").ShouldBe(1);
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        var outcome = await app.Viewer.GetJson(path);
        (outcome["now"]!.Int("yes"), outcome["tally"]!.Int("yes")).ShouldBe((1, 2));
        (await app.Viewer.GetItems($"/v1/resolutions/{id}/scenarios"))
            .ShouldHaveSingleItem()
            .Text("name")
            .ShouldBe("nordic");
        var feed = await app.Viewer.GetItems("/v1/changes?limit=1000");
        feed.ShouldContain(c => c.Text("kind") == "scenario" && c.Text("resolution") == id);
    }

    [Test]
    public async Task Two_clients_that_save_the_same_scenario_do_not_overwrite_each_other()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var path = $"/v1/resolutions/{id}/scenarios/plan-b";
        var changes = new { changes = new object[] { new { group = "nam", position = "yes" } } };
        using var nothingSeen = await app.Lobbyist.Send(HttpMethod.Put, path, changes, ifMatch: null);
        await nothingSeen.ShouldBeProblem(428);
        using var first = await app.Lobbyist.Send(HttpMethod.Put, path, changes, ifMatch: null, ifNoneMatch: "*");
        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var late = await app.Lobbyist.Send(HttpMethod.Put, path, changes, ifMatch: null, ifNoneMatch: "*");
        (await late.ShouldBeProblem(412))["current"]!.Int("version").ShouldBe(1);
        using var second = await app.Lobbyist.Send(HttpMethod.Put, path, changes, "\"1\"");
        (second.StatusCode, second.ETag()).ShouldBe((HttpStatusCode.OK, "\"2\""));
        using var old = await app.Lobbyist.Send(HttpMethod.Delete, path, null, "\"1\"");
        await old.ShouldBeProblem(412);
        using var taken = await app.Lobbyist.Send(HttpMethod.Delete, path, null, "\"2\"");
        taken.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var gone = await app.Viewer.GetAsync(path);
        await gone.ShouldBeProblem(404);
        using var again = await app.Lobbyist.Send(HttpMethod.Put, path, changes, ifMatch: null, ifNoneMatch: "*");
        (again.StatusCode, again.ETag()).ShouldBe((HttpStatusCode.Created, "\"4\""), "an old tag never comes back");
    }

    [AnyEngine]
    [TestCase("Plan-B")]
    [TestCase("-a")]
    [TestCase("a_b")]
    public async Task A_name_is_of_lower_case_letters_digits_and_inner_hyphens(string name)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var answer = await app.Lobbyist.Put(
            $"/v1/resolutions/{id}/scenarios/{name}",
            new { changes = new object[] { new { memberState = "NOR", position = "yes" } } }
        );
        (await answer.ShouldBeProblem(400))["errors"]!["name"].ShouldNotBeNull();
    }

    private static async Task<JsonNode> Compute(App app, string id, params object[] changes)
    {
        using var answer = await Post(app, id, changes);
        var json = await answer.Json();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, json.ToJsonString());
        return json;
    }

    private static async Task<HttpResponseMessage> Post(App app, string id, params object[] changes) =>
        await app.Viewer.Send(HttpMethod.Post, $"/v1/resolutions/{id}/scenarios", new { changes }, ifMatch: null);

    private static double Number(JsonNode json, string name) => json.Field(name)!.GetValue<double>();

    private static async Task<int> Both(App app, string one, string other) =>
        (await app.Anonymous.GetItems($"/v1/member-states?group={one}"))
            .Select(s => s.Text("iso3"))
            .Intersect((await app.Anonymous.GetItems($"/v1/member-states?group={other}")).Select(s => s.Text("iso3")))
            .Count();
}
