using System.Text.Json.Nodes;
using VoteTracker.Tests.Endpoints;
using static VoteTracker.Tests.Features.RollCalls.RollCallRequests;

namespace VoteTracker.Tests.Features.RollCalls;

/// <summary>Announced totals are stored beside the votes by name.</summary>
[EveryEngine]
public sealed class RollCallTotalsTests
{
    [Test]
    public async Task Announced_totals_that_differ_from_the_names_are_stored_too_and_reported()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var votes = await AllMembers(
            app,
            "2026-11-21",
            (_, i) =>
                i < 100 ? "yes"
                : i < 110 ? "no"
                : "abstain"
        );
        var announced = new
        {
            yes = 99,
            no = 11,
            abstain = 83,
        };
        var rollCall = await RecordRollCall(
            app,
            draft,
            new
            {
                recordedOn = "2026-11-21",
                votes,
                announced,
            }
        );
        rollCall["totals"]!["yes"]!.GetValue<int>().ShouldBe(100);
        rollCall["announced"]!.ToJsonString().ShouldBe("""{"yes":99,"no":11,"abstain":83,"nonVoting":null}""");
        var remark = rollCall["remarks"]!.AsArray().Single()!.GetValue<string>();
        remark.ShouldContain("100-10-83");
        remark.ShouldContain("99-11-83");
        // The names are counted: they add up by region.
        var tally = await app.Anonymous.GetJson($"/v1/resolutions/{draft}/tally");
        Counts(tally).ShouldStartWith("100-10-83");
        // Equal totals cause no remark.
        var same = await RecordRollCall(
            app,
            draft,
            new
            {
                recordedOn = "2026-11-21",
                votes,
                announced = new
                {
                    yes = 100,
                    no = 10,
                    abstain = 83,
                },
            },
            status: 200
        );
        same["remarks"]!.AsArray().ShouldBeEmpty();
    }

    [Test]
    public async Task Impossible_announced_totals_are_rejected()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Each.Run(
            (string[])
                [
                    """{"yes": 1, "no": 2000000000, "abstain": 0}""",
                    """{"yes": 2147483647, "no": 2147483647, "abstain": 2147483647}""",
                    """{"yes": 99999999999, "no": 0, "abstain": 0}""",
                    """{"yes": -1, "no": 0, "abstain": 0}""",
                    """{"yes": 1, "no": 0}""",
                    """{"yes": "1", "no": 0, "abstain": 0}""",
                    """{"yes": 1.5, "no": 0, "abstain": 0}""",
                    """{}""",
                    """[1, 2, 3]""",
                ],
            async announced =>
            {
                var before = await State(app, draft);
                var body = JsonNode.Parse(
                    """{"recordedOn": "2026-11-21", "votes": [{"memberState": "NOR", "vote": "yes"}]}"""
                )!;
                body["announced"] = JsonNode.Parse(announced);
                using var answer = await app.Coordinator.Put(Path(draft) + "?missing=non-voting", body);
                var problem = await answer.ShouldBeProblem(400);
                problem["errors"]!.AsObject().ShouldAllBe(e => e.Key == "announced" || e.Key.StartsWith("announced."));
                (await State(app, draft)).ShouldBe(before);
            }
        );
    }
}
