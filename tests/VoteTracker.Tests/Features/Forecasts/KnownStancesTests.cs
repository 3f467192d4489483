using System.Text.Json.Nodes;
using static VoteTracker.Tests.Features.Forecasts.GetForecastTests;

namespace VoteTracker.Tests.Features.Forecasts;

[EveryEngine]
public sealed class KnownStancesTests
{
    // Members of the European Union, which vote alike on most resolutions of the record.
    private static readonly string[] Alike = ["AUT", "BEL", "DNK", "FIN", "FRA", "IRL", "NLD", "PRT", "SWE"];

    [Test]
    public async Task Known_stances_change_the_chances_of_states_that_moved_with_them()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        foreach (var state in Alike)
        {
            await app.Lobbyist.RecordStance(draft, state, "abstain", "confirmed");
        }
        var path = $"/v1/resolutions/{draft}/forecast";
        var learned = await app.Viewer.GetJson($"{path}?explain=EST");
        var record = await app.Viewer.GetJson($"{path}?explain=EST&learn=false");
        // Estonia follows them more than the Assembly does.
        Change("EST").ShouldBeGreaterThan(0.05);
        Change("EST").ShouldBeGreaterThan(Change("BRB"));
        State(learned, "EST")["from"]!.GetValue<string>().ShouldBe("others");
        State(record, "EST")["from"]!.GetValue<string>().ShouldBe("record");
        State(learned, "FRA")["from"]!.GetValue<string>().ShouldBe("stance");
        // A state with a stance keeps the chances of its stance.
        State(learned, "FRA").ToJsonString().ShouldContain($"\"abstain\":{Raw(record, "FRA", "abstain")}");

        var others = learned["explain"]!["others"]!;
        others["stances"]!.GetValue<int>().ShouldBe(Alike.Length);
        Number(others, "stanceWeight").ShouldBe(0.97 * Alike.Length, 1e-9);
        Number(others["chances"]!, "abstain").ShouldBe(Number(State(learned, "EST"), "abstain"));
        Number(others, "moved").ShouldBeInRange(0.05, 1);
        Number(learned["explain"]!["record"]!["chances"]!, "abstain").ShouldBe(Number(State(record, "EST"), "abstain"));
        record["explain"]!["others"].ShouldBeNull();
        learned["dependence"]!["stances"]!.GetValue<int>().ShouldBe(Alike.Length);
        record["dependence"]!["stances"]!.GetValue<int>().ShouldBe(0);

        double Change(string state) =>
            Number(State(learned, state), "abstain") - Number(State(record, state), "abstain");
    }

    [Test]
    public async Task An_old_stance_says_less_about_others()
    {
        var clock = Clocks.NewYorkMorning();
        using var app = new App(clock);
        var draft = await app.OpenDraft(new { voteOn = "2027-11-21" });
        foreach (var state in Alike)
        {
            await app.Lobbyist.RecordStance(draft, state, "abstain", "likely");
        }
        var path = $"/v1/resolutions/{draft}/forecast?explain=EST";
        var today = Number((await app.Viewer.GetJson(path))["explain"]!["others"]!, "stanceWeight");
        today.ShouldBe(0.85 * Alike.Length, 1e-9);
        clock.Jump(TimeSpan.FromDays(60));
        var later = (await app.Viewer.GetJson(path))["explain"]!["others"]!;
        Number(later, "stanceWeight").ShouldBe(today / 2, 1e-9);
    }

    [Test]
    public async Task Without_dependence_stances_say_nothing_about_others()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.RecordStance(draft, "FRA", "no");
        var path = $"/v1/resolutions/{draft}/forecast?dependence=none";
        (await app.Viewer.GetStringAsync($"{path}&learn=true")).ShouldBe(await app.Viewer.GetStringAsync(path));
        var alone = await app.Viewer.GetJson($"{path}&explain=EST");
        alone["explain"]!["others"].ShouldBeNull();
        State(alone, "EST")["from"]!.GetValue<string>().ShouldBe("record");
        var unlearned = await app.Viewer.GetJson($"/v1/resolutions/{draft}/forecast?learn=false");
        State(alone, "EST")["yes"]!.ToJsonString().ShouldBe(State(unlearned, "EST")["yes"]!.ToJsonString());
        using var wrong = await app.Viewer.GetAsync($"/v1/resolutions/{draft}/forecast?learn=no");
        await wrong.ShouldBeProblem(400, "learn");
    }

    private static string Raw(JsonNode forecast, string state, string outcome) =>
        State(forecast, state)[outcome]!.ToJsonString();
}
