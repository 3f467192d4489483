using System.Text.Json.Nodes;
using VoteTracker.Voting.Forecasts;
using static VoteTracker.Tests.Features.Forecasts.GetForecastTests;

namespace VoteTracker.Tests.Features.Forecasts;

[EveryEngine]
public sealed class GetPathTests
{
    [Test]
    public async Task A_path_has_the_fewest_flips_and_ranks_the_states()
    {
        using var app = new App();
        var draft = await Draft(app);
        var path = await app.Viewer.GetJson($"/v1/resolutions/{draft}/path");
        path["reached"]!.GetValue<bool>().ShouldBeFalse();
        path["goal"]!.GetValue<string>().ShouldBe("adopt");
        path["goalMet"]!.GetValue<bool>().ShouldBeFalse();
        path["margin"]!.GetValue<int>().ShouldBe(-2);
        path["flips"]!.GetValue<int>().ShouldBe(1);
        path["fewest"]!.ToJsonString().ShouldBe("""[{"kind":"no-to-abstain","count":1}]""");
        path["kinds"]!
            .AsArray()
            .Select(k =>
                (
                    k!["kind"]!.GetValue<string>(),
                    k["effect"]!.GetValue<int>(),
                    k["needed"]?.GetValue<int>(),
                    k["available"]!.GetValue<int>()
                )
            )
            .ShouldBe([("no-to-yes", 3, 1, 2), ("no-to-abstain", 2, 1, 2), ("other-to-yes", 1, 2, 189)]);
        path["kinds"]![2]!["availableFrom"]!["abstain"]!.GetValue<int>().ShouldBe(1);
        path["kinds"]![2]!["availableFrom"]!["unknown"]!.GetValue<int>().ShouldBe(188);

        var states = path["states"]!.AsArray();
        states.Count.ShouldBe(191, "two already have the position yes");
        states.Select(s => Number(s!, "score")).ShouldBeInOrder(SortDirection.Descending);
        foreach (var state in states)
        {
            var parts = state!["parts"]!;
            var product = Number(parts, "certainty") * Number(parts, "pastVotes") * Number(parts, "coSponsorship");
            Number(state, "reachability").ShouldBe(product, 1e-12);
            Number(state, "score").ShouldBe(product * state["gain"]!.GetValue<int>(), 1e-12);
            // Only lobbyists and higher roles see contacts.
            parts["lastContact"].ShouldBeNull();
            state["daysSinceContact"].ShouldBeNull();
        }
        path["formula"]!.GetValue<string>().ShouldBe(Reachability.Formula);
    }

    [Test]
    public async Task Top_limits_the_states_to_the_first_ones()
    {
        using var app = new App();
        var draft = await Draft(app);
        var all = await app.Viewer.GetJson($"/v1/resolutions/{draft}/path");
        var top = await app.Viewer.GetJson($"/v1/resolutions/{draft}/path?top=10");
        top["states"]!
            .AsArray()
            .Select(state => state!.ToJsonString())
            .ShouldBe(all["states"]!.AsArray().Take(10).Select(state => state!.ToJsonString()));
        JsonNode.DeepEquals(top["kinds"], all["kinds"]).ShouldBeTrue("the count does not depend on it");
        foreach (var wrong in (string[])["0", "-1", "501", "1e9", "ten", ""])
        {
            using var answer = await app.Viewer.GetAsync($"/v1/resolutions/{draft}/path?top={wrong}");
            await answer.ShouldBeProblem(400, "top");
        }
    }

    [Test]
    public async Task If_the_majority_is_reached_the_path_has_the_flips_that_lose_it()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { baseline = "es-10-27" });
        var block = await app.Viewer.GetJson($"/v1/resolutions/{draft}/path?goal=block");
        block["goalMet"]!.GetValue<bool>().ShouldBeFalse();
        block["kinds"]!
            .AsArray()
            .Select(k => k!["kind"]!.GetValue<string>())
            .ShouldBe(["yes-to-no", "yes-to-abstain", "other-to-no"]);
        block["kinds"]![0]!["needed"]!.GetValue<int>().ShouldBe(42, "125 + 1 over 3");
        block["states"]!.AsArray().ShouldNotContain(s => s!["position"]!.GetValue<string>() == "no");
        block["states"]!.AsArray().ShouldContain(s => s!["position"]!.GetValue<string>() == "yes");

        var adopt = await app.Viewer.GetJson($"/v1/resolutions/{draft}/path?goal=adopt");
        adopt["goalMet"]!.GetValue<bool>().ShouldBeTrue();
        foreach (var same in new[] { "kinds", "fewest", "flips", "reached", "margin" })
        {
            JsonNode.DeepEquals(adopt[same], block[same]).ShouldBeTrue($"the count is the same for both goals: {same}");
        }
        adopt["states"]!.AsArray().ShouldNotContain(s => s!["position"]!.GetValue<string>() == "yes");
    }

    [Test]
    public async Task States_that_signed_lean_or_had_no_contact_are_ranked_first()
    {
        using var app = new App();
        var draft = await Draft(app);
        await app.Lobbyist.RecordStance(draft, "BRA", "abstain", "leaning");
        await Sponsor(app, draft, "ARG", "signed");
        await Sponsor(app, draft, "URY", "withdrawn");
        await Speak(app, "CHL", "2026-11-21");
        await Speak(app, "PER", "2026-11-07");
        await Speak(app, "PER", "2026-09-01");
        var path = await app.Lobbyist.GetJson($"/v1/resolutions/{draft}/path");

        Number(State(path, "ARG")["parts"]!, "coSponsorship").ShouldBe(0.9);
        State(path, "ARG")["coSponsor"]!.GetValue<string>().ShouldBe("signed");
        Number(State(path, "URY")["parts"]!, "coSponsorship").ShouldBe(0.2);
        Number(State(path, "BRA")["parts"]!, "certainty").ShouldBe(0.35, 1e-12);
        Number(State(path, "KEN")["parts"]!, "certainty").ShouldBe(0.03, 1e-12);
        Number(State(path, "ARG")["parts"]!, "certainty").ShouldBe(1);
        Number(State(path, "CHL")["parts"]!, "lastContact").ShouldBe(0.5);
        State(path, "CHL")["daysSinceContact"]!.GetValue<int>().ShouldBe(0);
        Number(State(path, "PER")["parts"]!, "lastContact").ShouldBe(0.75);
        State(path, "PER")["daysSinceContact"]!.GetValue<int>().ShouldBe(14);
        Number(State(path, "ARG")["parts"]!, "lastContact").ShouldBe(1);
        State(path, "ARG")["daysSinceContact"].ShouldBeNull();

        var block = await app.Lobbyist.GetJson($"/v1/resolutions/{draft}/path?goal=block");
        Number(State(block, "ARG")["parts"]!, "coSponsorship").ShouldBe(0.1, 1e-12);
        Number(State(block, "URY")["parts"]!, "coSponsorship").ShouldBe(0.8);
    }

    [TestCase("goal=win")]
    [TestCase("goal=")]
    [TestCase("goal=adopt&goal=block")]
    public async Task An_unknown_goal_is_a_400(string query)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var answer = await app.Viewer.GetAsync($"/v1/resolutions/{draft}/path?{query}");
        await answer.ShouldBeProblem(400, "goal");
    }

    // Two yes, two no, one abstention: a margin of -2.
    private static async Task<string> Draft(App app)
    {
        var draft = await app.OpenDraft();
        await app.Lobbyist.RecordStance(draft, "ZAF", "yes");
        await app.Lobbyist.RecordStance(draft, "NAM", "yes", "likely");
        await app.Lobbyist.RecordStance(draft, "KEN", "no");
        await app.Lobbyist.RecordStance(draft, "TZA", "no", "leaning");
        await app.Lobbyist.RecordStance(draft, "BWA", "abstain");
        return draft;
    }

    private static async Task Sponsor(App app, string draft, string iso3, string status)
    {
        using var answer = await app.Lobbyist.Put(
            $"/v1/resolutions/{draft}/co-sponsors/{iso3}",
            new { status, role = "additional" }
        );
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    private static async Task Speak(App app, string iso3, string on)
    {
        using var added = await app.Lobbyist.Send(
            HttpMethod.Post,
            "/v1/contacts",
            new
            {
                memberState = iso3,
                name = "Desk",
                office = "mission",
            }
        );
        var contact = (await added.Json())["id"]!.GetValue<string>();
        using var logged = await app.Lobbyist.Send(
            HttpMethod.Post,
            $"/v1/contacts/{contact}/engagements",
            new
            {
                kind = "call",
                on,
                summary = "spoke",
            }
        );
        logged.IsSuccessStatusCode.ShouldBeTrue(await logged.Content.ReadAsStringAsync());
    }
}
