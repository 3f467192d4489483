using System.Text.Json.Nodes;
using VoteTracker.Tests.Endpoints;
using static VoteTracker.Tests.Features.RollCalls.RollCallRequests;

namespace VoteTracker.Tests.Features.RollCalls;

/// <summary>A roll call has a vote for each member, and reports names that are missing or not on the list.</summary>
[EveryEngine]
public sealed class RollCallNamesTests
{
    [Test]
    public async Task Members_that_are_not_named_are_listed_unless_they_count_as_non_voting()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var before = await State(app, draft);
        var votes = await AllMembers(app, "2026-11-21", (_, _) => "yes");
        foreach (var iso3 in (string[])["NOR", "ZWE"])
        {
            votes.Remove(votes.Single(v => v!["memberState"]!.GetValue<string>() == iso3));
        }
        using var refused = await app.Coordinator.Put(Path(draft), new { recordedOn = "2026-11-21", votes });
        var problem = await refused.ShouldBeProblem(400, "votes");
        problem["errors"]!["votes"]!.ToJsonString().ShouldContain("NOR, ZWE");
        using var wrong = await app.Coordinator.Put(
            Path(draft) + "?missing=yes",
            new { recordedOn = "2026-11-21", votes }
        );
        await wrong.ShouldBeProblem(400, "missing");
        (await State(app, draft)).ShouldBe(before);
        var rollCall = await RecordRollCall(
            app,
            draft,
            new { recordedOn = "2026-11-21", votes },
            "?missing=non-voting"
        );
        rollCall["totals"]!.ToJsonString().ShouldBe("""{"yes":191,"no":0,"abstain":0,"nonVoting":2}""");
        rollCall["votes"]!.AsArray().Count.ShouldBe(193);
    }

    [Test]
    public async Task An_unknown_name_an_observer_and_a_repeated_name_are_rejected()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Each.Run(
            ((string, string, string)[])
                [
                    ("NOR", "NOR", "NOR"),
                    ("NOR", "XXX", "XXX"),
                    ("NOR", "nor", "nor"),
                    ("NOR", "VAT", "VAT"),
                    ("NOR", "PSE", "PSE"),
                    ("NOR", "", "votes"),
                    ("NOR", "NOR'; DROP TABLE roll_call; --", "NOR"),
                ],
            async wrong =>
            {
                var (first, second, named) = wrong;
                var before = await State(app, draft);
                using var answer = await app.Coordinator.Put(
                    Path(draft) + "?missing=non-voting",
                    new
                    {
                        recordedOn = "2026-11-21",
                        votes = new[]
                        {
                            new { memberState = first, vote = "yes" },
                            new { memberState = second, vote = "no" },
                        },
                    }
                );
                var problem = await answer.ShouldBeProblem(400, "votes");
                problem["detail"]!.GetValue<string>().ShouldContain(named);
                (await State(app, draft)).ShouldBe(before);
            }
        );
    }

    [Test]
    public async Task A_name_that_is_not_on_the_list_of_that_day_is_stored_and_reported()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        // Switzerland was admitted on 10 September 2002; Yugoslavia had its seat until 3 February 2003.
        var votes = await AllMembers(app, "2002-09-01", (_, _) => "yes");
        var members = votes.Count;
        votes.ShouldContain(v => v!["memberState"]!.GetValue<string>() == "YUG");
        votes.Add(new JsonObject { ["memberState"] = "CHE", ["vote"] = "no" });
        votes.Add(new JsonObject { ["memberState"] = "SUN", ["vote"] = "abstain" });
        var rollCall = await RecordRollCall(app, draft, new { recordedOn = "2002-09-01", votes });
        rollCall["notOnTheList"]!.ToJsonString().ShouldBe("""["CHE","SUN"]""");
        var remark = rollCall["remarks"]!.AsArray().Single()!.GetValue<string>();
        remark.ShouldContain("2002-09-01");
        remark.ShouldContain("CHE, SUN");
        rollCall["votes"]!.AsArray().Count.ShouldBe(members + 2);
        var tally = await app.Anonymous.GetJson($"/v1/resolutions/{draft}/tally");
        Counts(tally)
            .ShouldBe(
                $"{members}-1-1, absent 0, undecided 0, unknown 0, ineligible 0, eligible {members + 2} of {members + 2}"
            );
        var rows = (await app.Anonymous.GetJson($"/v1/resolutions/{draft}/breakdown"))["rows"]!.AsArray();
        rows.Sum(r => r!["members"]!.GetValue<int>()).ShouldBe(members + 2);
    }

    [Test]
    public async Task An_intended_vote_is_stored_with_the_vote_and_never_counted()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await RecordRollCall(app, draft, Yes("NOR"), "?missing=non-voting");
        var plain = Counts(await app.Anonymous.GetJson($"/v1/resolutions/{draft}/tally"));
        var rollCall = await RecordRollCall(
            app,
            draft,
            new
            {
                recordedOn = "2026-11-21",
                votes = new object[]
                {
                    new { memberState = "NOR", vote = "yes" },
                    new
                    {
                        memberState = "SWE",
                        vote = "non-voting",
                        intended = "yes",
                    },
                },
            },
            "?missing=non-voting",
            status: 200
        );
        Vote(rollCall, "SWE")["vote"]!.GetValue<string>().ShouldBe("non-voting");
        Vote(rollCall, "SWE")["intended"]!.GetValue<string>().ShouldBe("yes");
        Vote(rollCall, "NOR")["intended"].ShouldBeNull();
        rollCall["totals"]!["yes"]!.GetValue<int>().ShouldBe(1);
        Counts(await app.Anonymous.GetJson($"/v1/resolutions/{draft}/tally")).ShouldBe(plain);
    }

    [Test]
    public async Task The_shipped_record_has_its_names_or_states_that_it_has_none()
    {
        using var app = new App();
        var names = await app.Anonymous.GetJson(Path("es-10-27"));
        names["votes"]!.AsArray().Count.ShouldBe(193);
        names["recordedOn"]!.GetValue<string>().ShouldBe("2025-06-12");
        names["totals"]!["yes"]!.GetValue<int>().ShouldBe(149);
        var announced = 0;
        foreach (var text in (await app.Anonymous.GetJson("/v1/resolutions?limit=1000"))["items"]!.AsArray())
        {
            if (text!["basis"]!.GetValue<string>() == "announced")
            {
                var totals = await app.Anonymous.GetJson(Path(text["id"]!.GetValue<string>()));
                totals["votes"]!.AsArray().ShouldBeEmpty();
                totals["totals"].ShouldBeNull();
                totals["announced"].ShouldNotBeNull();
                totals["remarks"]!.AsArray().ShouldNotBeEmpty();
                announced++;
            }
        }
        announced.ShouldBe(9);
    }
}
