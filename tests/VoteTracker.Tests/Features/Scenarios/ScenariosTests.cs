using System.Net;
using System.Text.Json.Nodes;
using static VoteTracker.Tests.Features.Scenarios.ScenarioRequests;

namespace VoteTracker.Tests.Features.Scenarios;

/// <summary>A scenario is compared with the current tally.</summary>
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
        Number(same, "probability").ShouldBe(chance, "the same stances give the same probability");
        Number(same["difference"]!, "probability").ShouldBe(0);
        var against = await Compute(app, id, new { group = "african-states", position = "no" });
        Number(against, "probability").ShouldBeLessThan(0.001);
        Number(against["difference"]!, "probability").ShouldBe(Number(against, "probability") - chance, 1e-12);
        // An assumption equals a recorded stance with the same content.
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
    public async Task A_stance_that_a_scenario_takes_back_says_nothing_about_other_states()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        string[] states = ["AUT", "BEL", "DNK", "FIN", "FRA", "IRL", "NLD", "PRT", "SWE"];
        foreach (var state in states)
        {
            await app.Lobbyist.RecordStance(id, state, "no");
        }
        var supposed = await Compute(
            app,
            id,
            [
                .. states.Select(memberState => new
                {
                    memberState,
                    position = "undecided",
                    certainty = "leaning",
                }),
            ]
        );
        foreach (var state in states)
        {
            await app.Lobbyist.RecordStance(id, state, "undecided", "leaning");
        }
        var recorded = await app.Viewer.GetJson($"/v1/resolutions/{id}/forecast");
        Number(supposed, "probability").ShouldBe(Number(recorded, "probability"), 1e-12);
        Math.Abs(Number(supposed["difference"]!, "probability")).ShouldBeGreaterThan(0.001);
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

    private static async Task<JsonNode> Compute(App app, string id, params object[] changes)
    {
        using var answer = await Post(app, id, changes);
        var json = await answer.Json();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, json.ToJsonString());
        return json;
    }

    private static double Number(JsonNode json, string name) => json.Field(name)!.GetValue<double>();

    private static async Task<int> Both(App app, string one, string other) =>
        (await app.Anonymous.GetItems($"/v1/member-states?group={one}"))
            .Select(s => s.Text("iso3"))
            .Intersect((await app.Anonymous.GetItems($"/v1/member-states?group={other}")).Select(s => s.Text("iso3")))
            .Count();
}
