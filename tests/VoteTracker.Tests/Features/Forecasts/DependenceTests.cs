using System.Text.Json.Nodes;
using static VoteTracker.Tests.Features.Forecasts.GetForecastTests;

namespace VoteTracker.Tests.Features.Forecasts;

[EveryEngine]
public sealed class DependenceTests
{
    private static readonly string[] Outcomes = ["yes", "no", "abstain", "absent"];

    [Test]
    public async Task Members_move_together_as_in_the_record_by_default()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.RecordStance(draft, "ZAF", "yes");
        await app.Lobbyist.RecordStance(draft, "BRA", "no", "leaning");
        var path = $"/v1/resolutions/{draft}/forecast";
        var together = await app.Viewer.GetJson(path);
        var alone = await app.Viewer.GetJson($"{path}?dependence=none");
        together["dependence"]!["factors"]!.GetValue<int>().ShouldBe(5);
        together["dependence"]!["rollCalls"]!.GetValue<int>().ShouldBe(31);
        together["dependence"]!["preparing"]!.GetValue<bool>().ShouldBeFalse();
        Number(together["dependence"]!, "probabilityIfIndependent").ShouldBeInRange(0, 1);
        Number(together, "probability").ShouldBeInRange(0, 1);
        Number(together, "probability").ShouldNotBe(Number(alone, "probability"));
        Width(together).ShouldBeGreaterThan(Width(alone));
        string.Join(' ', together["assumptions"]!.AsArray().Select(a => a!.GetValue<string>()))
            .ShouldContain("5 common factors from 31 roll calls");
        foreach (var state in together["states"]!.AsArray())
        {
            Outcomes.Sum(outcome => Number(state!, outcome)).ShouldBe(1, 1e-12);
        }
        var named = await app.Viewer.GetStringAsync($"{path}?dependence=record");
        named.ShouldBe(await app.Viewer.GetStringAsync(path));

        static int Width(JsonNode forecast) =>
            forecast["margin"]!["high"]!.GetValue<int>() - forecast["margin"]!["low"]!.GetValue<int>();
    }

    [Test]
    public async Task Without_dependence_the_response_has_no_word_about_it()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { baseline = "es-11-3" });
        var path = $"/v1/resolutions/{draft}/forecast";
        var alone = await app.Viewer.GetStringAsync($"{path}?dependence=none");
        alone.ShouldNotContain("dependence");
        alone.ShouldContain("Members vote independently of each other in `probability`");
        var bloc = await app.Viewer.GetStringAsync($"{path}?dependence=bloc");
        bloc.ShouldBe(await app.Viewer.GetStringAsync($"{path}?blocShock=0.2"));
        bloc.ShouldBe(await app.Viewer.GetStringAsync($"{path}?dependence=none&blocShock=0.2"));
        Number(JsonNode.Parse(bloc)!, "probability").ShouldBe(Number(JsonNode.Parse(alone)!, "probability"));
    }

    [Test]
    public async Task A_bloc_shock_adds_a_probability_beside_the_independent_one()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { baseline = "es-11-3" });
        var path = $"/v1/resolutions/{draft}/forecast";
        var plain = await app.Viewer.GetJson($"{path}?dependence=none");
        foreach (var shock in new[] { "0", "0.2", "1", "2e-1" })
        {
            var shocked = await app.Viewer.GetJson($"{path}?blocShock={shock}");
            Number(shocked, "probability").ShouldBe(Number(plain, "probability"));
            Number(shocked, "probabilityWithBlocShock").ShouldBeInRange(0, 1);
            Number(shocked, "blocShock")
                .ShouldBe(double.Parse(shock, System.Globalization.CultureInfo.InvariantCulture));
            shocked["assumptions"]!.AsArray().Count.ShouldBe(plain["assumptions"]!.AsArray().Count + 1);
        }
        var none = await app.Viewer.GetJson($"{path}?blocShock=0");
        Number(none, "probabilityWithBlocShock").ShouldBe(Number(plain, "probability"), 1e-12);
        var some = await app.Viewer.GetJson($"{path}?blocShock=0.2");
        Number(some, "probabilityWithBlocShock").ShouldNotBe(Number(plain, "probability"));
    }

    [Test]
    public async Task The_dependence_is_a_part_of_the_tag()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { baseline = "es-11-3" });
        var path = $"/v1/resolutions/{draft}/forecast";
        var tags = new HashSet<string>(StringComparer.Ordinal);
        foreach (var query in new[] { "", "?dependence=none" })
        {
            using var response = await app.Viewer.GetAsync(path + query);
            tags.Add(response.Headers.ETag!.Tag).ShouldBeTrue(query);
        }
    }

    [Test]
    public async Task Another_replica_gives_the_same_probability_to_the_last_bit()
    {
        using var app = new App();
        using var replica = new App();
        var answers = new List<double>();
        foreach (var one in new[] { app, replica })
        {
            var draft = await one.OpenDraft();
            await one.Lobbyist.RecordStance(draft, "ZAF", "yes");
            answers.Add(Number(await one.Viewer.GetJson($"/v1/resolutions/{draft}/forecast"), "probability"));
        }
        answers[1].ShouldBe(answers[0]);
    }
}
