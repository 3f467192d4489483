using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using VoteTracker.Tests.Features.Endorsements;

namespace VoteTracker.Tests.Features.Pressures;

/// <summary>Forecasts and paths with `pressure=true`.</summary>
[EveryEngine]
public sealed class PressedForecastTests
{
    [Test]
    public async Task A_pressure_moves_the_chances_and_explain_shows_how_much()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { baseline = "es-11-3" });
        var path = $"/v1/resolutions/{draft}/forecast";
        var before = await app.Lobbyist.GetJson($"{path}?explain=ZAF");
        await app.Lobbyist.Press("ZAF", "no", "high", new { from = "USA", kind = "threat" });
        await app.Lobbyist.Press("ZAF", "no", "low", new { resolution = draft });
        var other = await app.OpenDraft(symbol: "A/ES-10/L.35");
        await app.Lobbyist.Press("ZAF", "yes", "high", new { resolution = other });

        // Without the parameter, nothing changes.
        (await app.Lobbyist.GetJson($"{path}?explain=ZAF"))
            .ToJsonString()
            .ShouldBe(before.ToJsonString());
        (await app.Lobbyist.GetJson($"{path}?explain=ZAF&pressure=false"))
            .ToJsonString()
            .ShouldBe(before.ToJsonString());

        var report = await app.Lobbyist.GetJson($"{path}?pressure=true&explain=ZAF");
        var explained = report["explain"]!;
        var layer = explained["pressure"]!;
        const double moved = 1 - 0.7 * 0.95;
        Number(layer, "moved").ShouldBe(moved, 1e-12);
        Number(layer["to"]!, "no").ShouldBe(1, 1e-12);
        layer["before"]!.ToJsonString().ShouldBe(before["explain"]!["chances"]!.ToJsonString());
        layer["pressures"]!
            .AsArray()
            .Select(p =>
                $"{p!.Int("id")} {p!.Text("from")} {p!.Text("kind")} {p!.Text("towards")} {p!.Text("level")} {p!["share"]}"
            )
            .ShouldBe(["1 USA threat no high 0.3", "2  trade no low 0.05"]);
        Number(explained["chances"]!, "no")
            .ShouldBe((1 - moved) * Number(before["explain"]!["chances"]!, "no") + moved, 1e-12);
        Number(State(report, "ZAF"), "movedByPressure").ShouldBe(moved, 1e-12);
        Number(State(report, "ZAF"), "no").ShouldBe(Number(explained["chances"]!, "no"));
        State(report, "NOR").AsObject().ContainsKey("movedByPressure").ShouldBeFalse();
        State(report, "NOR").AsObject()["yes"]!.ToJsonString().ShouldBe(State(before, "NOR")["yes"]!.ToJsonString());

        var used = report["pressure"]!;
        (used.Int("used"), used.Int("notUsed"), used.Int("states")).ShouldBe((2, 0, 1));
        (Number(used, "low"), Number(used, "medium"), Number(used, "high")).ShouldBe((0.05, 0.15, 0.3));
        Number(used, "probabilityWithout").ShouldBe(Number(before, "probability"));
        Number(report, "probability").ShouldBeLessThan(Number(before, "probability"));
        report["assumptions"]!.AsArray()[^1]!.GetValue<string>().ShouldContain("an assumption, and not an estimate");
    }

    [Test]
    public async Task The_forecast_and_its_ETag_follow_every_change_of_a_pressure()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { baseline = "es-11-3" });
        var path = $"/v1/resolutions/{draft}/forecast?pressure=true";
        var tally = await Tag(app, $"/v1/resolutions/{draft}/tally");
        var seen = new HashSet<string>(StringComparer.Ordinal) { await Tag(app, path) };
        (await Tag(app, path)).ShouldBe(seen.Single());
        await app.Lobbyist.Press("ZAF", "no", "low");
        seen.Add(await Tag(app, path)).ShouldBeTrue("added");
        using (await app.Lobbyist.Patch("/v1/pressures/1", """{"level": "high"}""")) { }
        seen.Add(await Tag(app, path)).ShouldBeTrue("changed");
        (await app.Lobbyist.GetJson(path))["pressure"]!.Int("states").ShouldBe(1);
        await app.Lobbyist.Press("NOR", "no", "low");
        using (await app.Lobbyist.Send(HttpMethod.Delete, "/v1/pressures/1")) { }
        var now = await Tag(app, path);
        seen.Add(now).ShouldBeTrue("deleted");
        State(await app.Lobbyist.GetJson(path), "ZAF").AsObject().ContainsKey("movedByPressure").ShouldBeFalse();
        using var known = new HttpRequestMessage(HttpMethod.Get, path);
        known.Headers.TryAddWithoutValidation("If-None-Match", now).ShouldBeTrue();
        using var same = await app.Lobbyist.SendAsync(known);
        ((int)same.StatusCode).ShouldBe(304);
        // The tally has not changed, and was not counted again.
        (await Tag(app, $"/v1/resolutions/{draft}/tally")).ShouldBe(tally);
        // A stance changes it too.
        await app.Lobbyist.RecordStance(draft, "KEN", "no");
        seen.Add(await Tag(app, path)).ShouldBeTrue("a stance");
    }

    [Test]
    public async Task A_pressure_on_a_member_that_may_not_vote_has_no_effect_and_is_counted()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { baseline = "es-11-3" });
        using var entered = await app.Coordinator.Put(
            "/v1/member-states/VEN/ineligibility",
            new { from = "2026-01-01", reason = "article-19" }
        );
        entered.IsSuccessStatusCode.ShouldBeTrue();
        await app.Lobbyist.Press("VEN", "no", "high");
        var report = await app.Lobbyist.GetJson($"/v1/resolutions/{draft}/forecast?pressure=true");
        var used = report["pressure"]!;
        (used.Int("used"), used.Int("notUsed"), used.Int("states")).ShouldBe((0, 1, 0));
        Number(report, "probability").ShouldBe(Number(used, "probabilityWithout"));
        using var explained = await app.Lobbyist.GetAsync(
            $"/v1/resolutions/{draft}/forecast?pressure=true&explain=VEN"
        );
        await explained.ShouldBeProblem(409);
    }

    [Test]
    public async Task While_nothing_is_recorded_pressures_forecast_nothing()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.Press("ZAF", "yes", "high");
        var report = await app.Lobbyist.GetJson($"/v1/resolutions/{draft}/forecast?pressure=true");
        var used = report["pressure"]!;
        (Number(report, "probability"), Number(used, "probabilityWithout")).ShouldBe((0, 0));
        (used.Int("used"), used.Int("notUsed"), used.Int("states")).ShouldBe((0, 1, 0));
        Number(State(report, "ZAF"), "yes").ShouldBe(0);
        State(report, "ZAF").AsObject().ContainsKey("movedByPressure").ShouldBeFalse();
    }

    [Test]
    public async Task A_path_with_pressures_ranks_members_pushed_the_same_way_higher()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { baseline = "es-11-3" });
        var path = $"/v1/resolutions/{draft}/path";
        var before = await app.Lobbyist.GetJson(path);
        await app.Lobbyist.Press("KEN", "yes", "high");
        await app.Lobbyist.Press("IND", "no", "medium");
        (await app.Lobbyist.GetJson(path)).ToJsonString().ShouldBe(before.ToJsonString());
        var after = await app.Lobbyist.GetJson($"{path}?pressure=true");
        after.Text("formula")!.ShouldContain("lastContact × pressure.");
        after.Text("formula")!.ShouldContain("pressure = 0.5");
        // A flip to yes.
        foreach (var (state, part) in ((string, double)[])[("KEN", 0.65), ("IND", 0.425), ("BRA", 0.5)])
        {
            var parts = State(after, state)["parts"]!;
            Number(parts, "pressure").ShouldBe(part, 1e-12, state);
            Number(State(after, state), "score").ShouldBe(Number(State(before, state), "score") * part, 1e-12, state);
        }
        before["states"]!.AsArray().ShouldAllBe(s => !s!["parts"]!.AsObject().ContainsKey("pressure"));
    }

    [Test]
    public async Task A_caller_that_may_not_see_pressures_gets_a_403_and_not_another_forecast()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "positions", baseline = "es-11-3" });
        await app.Lobbyist.Press("ZAF", "no", "high");
        foreach (var what in (string[])["forecast", "path"])
        {
            var path = $"/v1/resolutions/{draft}/{what}";
            using var viewer = await app.Viewer.GetAsync($"{path}?pressure=true");
            (await viewer.ShouldBeProblem(403)).Text("detail")!.ShouldContain("lobbyist or higher");
            (await app.Viewer.GetJson(path)).ToJsonString().ShouldNotContain("pressure");
            using var allowed = await app.Viewer.GetAsync($"{path}?pressure=false");
            ((int)allowed.StatusCode).ShouldBe(200);
            using var anonymous = await app.Anonymous.GetAsync($"{path}?pressure=true");
            await anonymous.ShouldBeProblem(401);
            using var wrong = await app.Lobbyist.GetAsync($"{path}?pressure=yes");
            await wrong.ShouldBeProblem(400, "pressure");
        }
        // A tag that a lobbyist has is no proof of the right.
        var tag = await Tag(app, $"/v1/resolutions/{draft}/forecast?pressure=true");
        using var known = new HttpRequestMessage(HttpMethod.Get, $"/v1/resolutions/{draft}/forecast?pressure=true");
        known.Headers.TryAddWithoutValidation("If-None-Match", tag).ShouldBeTrue();
        using var answer = await app.Viewer.SendAsync(known);
        await answer.ShouldBeProblem(403);
    }

    [Test]
    public async Task The_numbers_are_settings()
    {
        using var app = new App(
            settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["PressureHigh"] = "0.5" }
        );
        var draft = await app.OpenDraft(new { baseline = "es-11-3" });
        await app.Lobbyist.Press("ZAF", "no", "high");
        var report = await app.Lobbyist.GetJson($"/v1/resolutions/{draft}/forecast?pressure=true");
        Number(State(report, "ZAF"), "movedByPressure").ShouldBe(0.5, 1e-12);
    }

    [AnyEngine]
    [TestCase("PressureLow", "-0.1")]
    [TestCase("PressureLow", "0.2")]
    [TestCase("PressureMedium", "NaN")]
    [TestCase("PressureHigh", "1")]
    [TestCase("PressureHigh", "0.1")]
    public void Invalid_settings_of_pressures_end_the_start(string setting, string value)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create<string, string?>(setting, value)])
            .Build();
        Should.Throw<SettingException>(() => Settings.From(configuration)).Message.ShouldContain(setting);
    }

    private static JsonNode State(JsonNode report, string code) =>
        report["states"]!.AsArray().Single(s => s!["memberState"]!.GetValue<string>() == code)!;

    private static double Number(JsonNode json, string name) => json.Field(name)!.GetValue<double>();

    private static async Task<string> Tag(App app, string path)
    {
        using var answer = await app.Lobbyist.GetAsync(path);
        ((int)answer.StatusCode).ShouldBe(200, path);
        return answer.Headers.ETag!.ToString();
    }
}
