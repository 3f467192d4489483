using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;
using static VoteTracker.Tests.Features.Forecasts.GetForecastTests;

namespace VoteTracker.Tests.Features.Forecasts;

[EveryEngine]
public sealed class KnownStancesTests
{
    private static readonly string[] Outcomes = ["yes", "no", "abstain", "absent"];

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
        // The layers add up: the record, and the share that the stances of others move.
        var ofRecord = learned["explain"]!["record"]!["chances"]!;
        foreach (var outcome in Outcomes)
        {
            Number(ofRecord, outcome).ShouldBe(Number(State(record, "EST"), outcome));
            Number(learned["explain"]!["chances"]!, outcome).ShouldBe(Number(others["chances"]!, outcome));
        }
        Number(others, "moved").ShouldBeGreaterThan(0.05);
        Number(others, "moved")
            .ShouldBe(Outcomes.Sum(o => Math.Max(0, Number(others["chances"]!, o) - Number(ofRecord, o))), 1e-12);
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

    [Test]
    public async Task A_state_that_no_roll_call_names_is_forecast_like_all_states_and_follows_no_other()
    {
        using var app = new App();
        await RemoveFromRecord(app, "TUV");
        var draft = await app.OpenDraft();
        await app.Lobbyist.RecordStance(draft, "FJI", "no");
        var path = $"/v1/resolutions/{draft}/forecast";
        var forecast = await app.Viewer.GetJson($"{path}?explain=TUV");
        var (alone, follower) = (State(forecast, "TUV"), State(forecast, "WSM"));
        alone["from"]!.GetValue<string>().ShouldBe("everybody");
        follower["from"]!.GetValue<string>().ShouldBe("others");
        forecast["explain"]!["others"].ShouldBeNull();
        forecast["explain"]!["record"]!["votes"]!.AsArray().ShouldBeEmpty();
        forecast["missing"]!.AsArray().Select(word => word!.GetValue<string>()).ShouldContain("votes");
        var unlearned = State(await app.Viewer.GetJson($"{path}?learn=false"), "TUV");
        foreach (var outcome in Outcomes)
        {
            Number(alone, outcome).ShouldBe(Number(unlearned, outcome));
        }
        // Its own stance is no evidence about others.
        await app.Lobbyist.RecordStance(draft, "TUV", "yes");
        (await app.Viewer.GetJson(path))["dependence"]!["stances"]!.GetValue<int>().ShouldBe(1);
    }

    /// <summary>Removes a state from all roll calls, as if it were a new member. Not after a forecast, which caches them.</summary>
    internal static Task RemoveFromRecord(App app, string iso3) =>
        app
            .Services.GetRequiredService<Db>()
            .Write(async write =>
            {
                foreach (var vote in Enum.GetValues<Vote>())
                {
                    var name = $"{iso3}{PackedNames.Letter(vote)} ";
                    await write.Connection.ExecuteAsync(
                        "UPDATE roll_call SET names = REPLACE(names, @name, '') WHERE names LIKE '%' || @name || '%'",
                        new { name }
                    );
                }
                return 0;
            });

    private static string Raw(JsonNode forecast, string state, string outcome) =>
        State(forecast, state)[outcome]!.ToJsonString();
}
