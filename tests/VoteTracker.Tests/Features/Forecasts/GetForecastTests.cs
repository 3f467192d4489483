using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Features.Forecasts;

[EveryEngine]
public sealed class GetForecastTests
{
    private static readonly string[] Outcomes = ["yes", "no", "abstain", "absent"];

    [Test]
    public async Task The_probability_follows_from_the_chances_of_the_states()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { baseline = "es-11-3" });
        await app.Lobbyist.RecordStance(draft, "ZAF", "yes");
        await app.Lobbyist.RecordStance(draft, "BRA", "undecided", "likely");
        var forecast = await app.Viewer.GetJson($"/v1/resolutions/{draft}/forecast?dependence=none");
        var states = forecast["states"]!.AsArray();
        states.Count.ShouldBe(193);
        var chances = states
            .Select(s =>
                Chances.Normalize(Number(s!, "yes"), Number(s!, "no"), Number(s!, "abstain"), Number(s!, "absent"))
            )
            .ToArray();
        foreach (var state in states)
        {
            Outcomes.Sum(outcome => Number(state!, outcome)).ShouldBe(1, 1e-12);
        }
        var expected = Forecast.Compute(MajorityRule.TwoThirds, chances);
        Number(forecast, "probability").ShouldBe(expected.Probability!.Value, 1e-12);
        Number(forecast["yes"]!, "expected").ShouldBe(expected.Yes.Expected, 1e-9);
        Number(forecast["margin"]!, "low").ShouldBe(expected.Margin!.Low);
        // Margins with probabilities under 1e-9 are omitted at both ends.
        var margins = forecast["margin"]!["probabilities"]!.AsArray().Select(p => p!.GetValue<double>()).ToList();
        margins.Sum().ShouldBe(1, 579e-9);
        Math.Min(margins[0], margins[^1]).ShouldBeGreaterThanOrEqualTo(1e-9);
        Number(forecast, "coverage").ShouldBe(0.8);
        forecast["probabilityWithBlocShock"].ShouldBeNull();
        forecast["eligible"]!.GetValue<int>().ShouldBe(193);
        forecast["rollCalls"]!.GetValue<int>().ShouldBe(34);

        var pivotal = State(forecast, "BRA")["pivotality"]!;
        var at = states.ToList().FindIndex(s => s!["memberState"]!.GetValue<string>() == "BRA");
        Number(pivotal, "no")
            .ShouldBe(
                Forecast
                    .Compute(
                        MajorityRule.TwoThirds,
                        [.. chances[..at], Chances.Certain(Vote.No), .. chances[(at + 1)..]]
                    )
                    .Probability!.Value - Number(forecast, "probability"),
                1e-12
            );
    }

    [Test]
    public async Task A_stance_has_the_chances_of_the_settings_and_loses_weight_with_age()
    {
        var clock = Clocks.NewYorkMorning();
        using var app = new App(
            clock,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["LikelyHeld"] = "0.9",
                ["ConfirmedHalfLifeDays"] = "100",
            }
        );
        var draft = await app.OpenDraft(new { voteOn = "2027-11-21" });
        await app.Lobbyist.RecordStance(draft, "ZAF", "no");
        await app.Lobbyist.RecordStance(draft, "NAM", "abstain", "likely");
        await app.Lobbyist.RecordStance(draft, "BWA", "yes", "leaning");
        var path = $"/v1/resolutions/{draft}/forecast?learn=false";
        var today = await app.Viewer.GetJson(path);
        Number(State(today, "ZAF"), "no").ShouldBe(0.97, 1e-12);
        Number(State(today, "NAM"), "abstain").ShouldBe(0.9, 1e-12);
        Number(State(today, "BWA"), "yes").ShouldBe(0.65, 1e-12);
        State(today, "ZAF")["from"]!.GetValue<string>().ShouldBe("stance");
        State(today, "USA")["from"]!.GetValue<string>().ShouldBe("record");

        clock.Jump(TimeSpan.FromDays(100));
        var explained = await app.Viewer.GetJson(path + "&explain=ZAF");
        var explain = explained["explain"]!;
        explain["age"]!["days"]!.GetValue<int>().ShouldBe(100);
        Number(explain["age"]!, "halfLifeDays").ShouldBe(100);
        Number(explain["age"]!, "stanceShare").ShouldBe(0.5, 1e-12);
        Number(explain["stance"]!, "held").ShouldBe(0.97);
        Number(explain["chances"]!, "no")
            .ShouldBe(0.5 * 0.97 + 0.5 * Number(explain["record"]!["chances"]!, "no"), 1e-12);
        Number(State(explained, "ZAF"), "no").ShouldBe(Number(explain["chances"]!, "no"));
        var votes = explain["record"]!["votes"]!.AsArray();
        votes[0]!["session"]!.GetValue<string>().ShouldBe("es-10");
        (votes.Sum(v => Number(v!, "share")) + Number(explain["record"]!, "everybodysShare")).ShouldBe(1, 1e-9);
    }

    [Test]
    public async Task An_unknown_member_has_the_chances_of_its_record()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.RecordStance(draft, "ZAF", "yes");
        var forecast = await app.Viewer.GetJson($"/v1/resolutions/{draft}/forecast?explain=USA");
        Number(State(forecast, "USA"), "no").ShouldBeGreaterThan(0.8);
        Number(State(forecast, "IDN"), "yes").ShouldBeGreaterThan(0.8);
        forecast["explain"]!["stance"].ShouldBeNull();
        forecast["explain"]!["age"].ShouldBeNull();
        forecast["explain"]!["record"]!["from"]!.GetValue<string>().ShouldBe("record");
        Number(forecast, "probability").ShouldBeInRange(0.5, 1);
    }

    [Test]
    public async Task Without_stances_no_majority_is_reached()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var forecast = await app.Viewer.GetJson($"/v1/resolutions/{draft}/forecast?blocShock=0.5");
        Number(forecast, "probability").ShouldBe(0);
        Number(forecast, "probabilityWithBlocShock").ShouldBe(0);
        Number(forecast["yes"]!, "expected").ShouldBe(0);
        forecast["margin"]!["probabilities"]!.AsArray().Count.ShouldBe(1);
        State(forecast, "ZAF")["from"]!.GetValue<string>().ShouldBe("nothing");
        Assumed(forecast).ShouldContain("No stance is recorded");
    }

    [Test]
    public async Task Without_eligible_members_no_majority_is_reached()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { baseline = "es-10-27" });
        foreach (
            var member in (await app.Viewer.GetJson($"/v1/resolutions/{draft}/stances?limit=1000"))["items"]!.AsArray()
        )
        {
            await Bar(app, member!["memberState"]!.GetValue<string>());
        }
        var forecast = await app.Viewer.GetJson($"/v1/resolutions/{draft}/forecast");
        Number(forecast, "probability").ShouldBe(0);
        forecast["eligible"]!.GetValue<int>().ShouldBe(0);
        forecast["states"]!.AsArray().ShouldBeEmpty();
        var path = await app.Viewer.GetJson($"/v1/resolutions/{draft}/path");
        path["flips"].ShouldBeNull();
        path["states"]!.AsArray().ShouldBeEmpty();
    }

    [AnyEngine]
    [TestCase("blocShock=-0.1", "blocShock")]
    [TestCase("blocShock=1.01", "blocShock")]
    [TestCase("blocShock=NaN", "blocShock")]
    [TestCase("blocShock=Infinity", "blocShock")]
    [TestCase("blocShock=", "blocShock")]
    [TestCase("blocShock=a lot", "blocShock")]
    [TestCase("blocShock=0.1&blocShock=0.2", "blocShock")]
    [TestCase("dependence=all", "dependence")]
    [TestCase("dependence=", "dependence")]
    [TestCase("explain=ZA", "explain")]
    [TestCase("explain=XXX", "explain")]
    [TestCase("explain=VAT", "explain")]
    [TestCase("explain=SUN", "explain")]
    [TestCase("explain=ZAF,NAM", "explain")]
    public async Task Every_invalid_parameter_is_named(string query, string field)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var answer = await app.Viewer.GetAsync($"/v1/resolutions/{draft}/forecast?{query}");
        await answer.ShouldBeProblem(400, field);
    }

    [Test]
    public async Task An_ineligible_state_has_no_chances_and_the_reason_is_returned()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { baseline = "es-10-27" });
        await Bar(app, "ZAF");
        using var answer = await app.Viewer.GetAsync($"/v1/resolutions/{draft}/forecast?explain=ZAF");
        var problem = await answer.ShouldBeProblem(409);
        problem["detail"]!.GetValue<string>().ShouldContain("article-19");
        var forecast = await app.Viewer.GetJson($"/v1/resolutions/{draft}/forecast");
        forecast["eligible"]!.GetValue<int>().ShouldBe(192);
        forecast["states"]!.AsArray().ShouldNotContain(s => s!["memberState"]!.GetValue<string>() == "ZAF");
    }

    [Test]
    public async Task After_the_vote_there_is_nothing_to_forecast()
    {
        using var app = new App();
        foreach (var route in new[] { "forecast", "path" })
        {
            using var answer = await app.Viewer.GetAsync($"/v1/resolutions/es-10-27/{route}");
            (await answer.ShouldBeProblem(409))["type"]!.GetValue<string>().ShouldBe("/problems/vote-is-over");
        }
    }

    [Test]
    public async Task Without_a_recorded_rule_there_is_no_probability()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { baseline = "es-10-27" });
        // As for a resolution of a regular session; the record has none here.
        await app
            .Services.GetRequiredService<Db>()
            .Write(write =>
                write.Connection.ExecuteAsync(
                    "UPDATE resolution SET rule = 'not-recorded' WHERE id = @draft",
                    new { draft }
                )
            );
        var forecast = await app.Viewer.GetJson($"/v1/resolutions/{draft}/forecast?blocShock=0.3");
        forecast["probability"].ShouldBeNull();
        forecast["probabilityWithBlocShock"].ShouldBeNull();
        forecast["margin"].ShouldBeNull();
        State(forecast, "ZAF")["pivotality"].ShouldBeNull();
        Number(forecast["yes"]!, "expected").ShouldBeGreaterThan(90);
        Assumed(forecast).ShouldContain("required majority is not recorded");
        var path = await app.Viewer.GetJson($"/v1/resolutions/{draft}/path");
        path["reached"].ShouldBeNull();
        path["kinds"]!.AsArray().ShouldBeEmpty();
        path["states"]!.AsArray().ShouldBeEmpty();
    }

    internal static JsonNode State(JsonNode answer, string iso3) =>
        answer["states"]!.AsArray().Single(s => s!["memberState"]!.GetValue<string>() == iso3)!;

    internal static double Number(JsonNode node, string name) => node[name]!.GetValue<double>();

    internal static async Task Bar(App app, string iso3)
    {
        using var barred = await app.Coordinator.Put(
            $"/v1/member-states/{iso3}/ineligibility",
            new { from = "2026-01-01", reason = "article-19" }
        );
        barred.IsSuccessStatusCode.ShouldBeTrue(await barred.Content.ReadAsStringAsync());
    }

    private static string Assumed(JsonNode forecast) =>
        string.Join(' ', forecast["assumptions"]!.AsArray().Select(a => a!.GetValue<string>()));
}
