using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using static VoteTracker.Tests.Features.Forecasts.GetForecastTests;

namespace VoteTracker.Tests.Features.Forecasts;

[EveryEngine]
public sealed class GetAskNextTests
{
    private static readonly string[] Outcomes = ["yes", "no", "abstain", "absent"];

    [Test]
    public async Task States_are_ranked_by_the_expected_reduction_of_the_uncertainty()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { baseline = "es-11-3" });
        await app.Lobbyist.RecordStance(draft, "ZAF", "yes", "confirmed");
        await app.Lobbyist.RecordStance(draft, "BRA", "undecided", "likely");
        var path = $"/v1/resolutions/{draft}/ask-next";
        var answer = await app.Viewer.GetJson(path);
        var forecast = await app.Viewer.GetJson($"/v1/resolutions/{draft}/forecast");
        Number(answer, "probability").ShouldBe(Number(forecast, "probability"));
        Number(answer, "uncertainty").ShouldBeInRange(0, 1);
        var states = answer["states"]!.AsArray();
        states.Count.ShouldBe(10);
        var scores = states.Select(state => Number(state!, "score")).ToList();
        scores.ShouldBe(scores.OrderDescending());
        foreach (var state in states)
        {
            Number(state!, "ownUncertainty").ShouldBeInRange(0, 2);
            Number(state!, "aboutOthers").ShouldBeInRange(0, Number(state!, "ownUncertainty"));
            state!["reason"]!.GetValue<string>().ShouldStartWith("Its vote is open: ");
            // The mean over the answers is the probability now.
            var chances = state["chances"]!;
            var mean = Outcomes.Sum(vote => Number(chances, vote) * Number(state["probability"]!, vote));
            mean.ShouldBe(Number(answer, "probability"), 1e-9);
        }
        var all = (await app.Viewer.GetJson($"{path}?limit=500"))["states"]!.AsArray();
        all.Count.ShouldBe(answer["open"]!.GetValue<int>());
        Codes(all).ShouldNotContain("ZAF", "a firm stance needs no question");
        Codes(all).ShouldContain("BRA");
        Codes(all).Take(10).ShouldBe(Codes(states));
        (await app.Viewer.GetJson($"{path}?limit=3"))["states"]!.AsArray().Count.ShouldBe(3);
        foreach (var limit in new[] { "0", "501", "ten" })
        {
            using var wrong = await app.Viewer.GetAsync($"{path}?limit={limit}");
            await wrong.ShouldBeProblem(400, "limit");
        }
    }

    [Test]
    public async Task A_near_certain_result_ranks_by_what_an_answer_says_about_the_votes()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { baseline = "es-10-27" });
        var answer = await app.Viewer.GetJson($"/v1/resolutions/{draft}/ask-next");
        Number(answer, "probability").ShouldBeGreaterThan(0.99);
        answer["criterion"]!.GetValue<string>().ShouldBe("votes");
        foreach (var state in answer["states"]!.AsArray())
        {
            Number(state!, "score")
                .ShouldBe(Number(state!, "ownUncertainty") + 40 * Number(state!, "aboutOthers"), 1e-9);
        }
    }

    [Test]
    public async Task Without_stances_the_record_ranks_the_states_and_after_the_vote_there_is_a_problem()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var answer = await app.Viewer.GetJson($"/v1/resolutions/{draft}/ask-next");
        answer["open"]!.GetValue<int>().ShouldBe(193);
        answer["model"]!.GetValue<string>().ShouldBe("plain");
        answer["preparing"]!.GetValue<bool>().ShouldBeFalse();
        var states = answer["states"]!.AsArray();
        states.Count.ShouldBe(10);
        foreach (var state in states)
        {
            Number(state!, "ownUncertainty").ShouldBeGreaterThan(0.5);
            Outcomes.Sum(vote => Number(state!["chances"]!, vote)).ShouldBe(1, 1e-9);
            var mean = Outcomes.Sum(vote => Number(state!["chances"]!, vote) * Number(state["probability"]!, vote));
            mean.ShouldBe(Number(answer, "probability"), 1e-9);
        }
        var forecast = await app.Viewer.GetJson($"/v1/resolutions/{draft}/forecast");
        Number(forecast, "probability").ShouldBe(0, "the forecast counts nobody");
        using var over = await app.Viewer.GetAsync("/v1/resolutions/es-10-27/ask-next");
        (await over.ShouldBeProblem(409))["type"]!.GetValue<string>().ShouldBe("/problems/vote-is-over");
        using var none = await app.Viewer.GetAsync("/v1/resolutions/nothing/ask-next");
        await none.ShouldBeProblem(404);
    }

    [Test]
    public async Task If_all_stances_are_firm_no_state_is_asked()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { baseline = "es-10-27" });
        var path = $"/v1/resolutions/{draft}/ask-next?limit=500";
        foreach (var state in Codes((await app.Viewer.GetJson(path))["states"]!.AsArray()))
        {
            await app.Lobbyist.RecordStance(draft, state, "abstain");
        }
        var answer = await app.Viewer.GetJson(path);
        answer["states"]!.AsArray().ShouldBeEmpty();
        answer["open"]!.GetValue<int>().ShouldBe(0);
    }

    [Test]
    public async Task States_that_say_the_same_are_ranked_by_code_and_without_a_rule_the_reason_says_so()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { baseline = "es-11-3" });
        await app
            .Services.GetRequiredService<Db>()
            .Write(write =>
                write.Connection.ExecuteAsync(
                    "UPDATE resolution SET rule = 'not-recorded' WHERE id = @draft",
                    new { draft }
                )
            );
        var answer = await app.Viewer.GetJson($"/v1/resolutions/{draft}/ask-next?limit=500");
        answer["probability"].ShouldBeNull();
        answer["uncertainty"].ShouldBeNull();
        answer["criterion"]!.GetValue<string>().ShouldBe("votes");
        answer["formula"]!.GetValue<string>().ShouldContain("the required majority is not recorded");
        foreach (var state in answer["states"]!.AsArray())
        {
            state!["reason"]!.GetValue<string>().ShouldContain("The required majority is not recorded.");
            state["probability"].ShouldBeNull();
        }
        var ranked = answer["states"]!
            .AsArray()
            .Select(s => (Score: Number(s!, "score"), Code: Codes([s])[0]))
            .ToList();
        ranked.ShouldBe(ranked.OrderByDescending(s => s.Score).ThenBy(s => s.Code, StringComparer.Ordinal));
    }

    private static List<string> Codes(IEnumerable<JsonNode?> states) =>
        [.. states.Select(state => state!["memberState"]!.GetValue<string>())];
}
