using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using VoteTracker.Tests.Endpoints;
using static VoteTracker.Tests.Features.RollCalls.RollCallRequests;

namespace VoteTracker.Tests.Features.RollCalls;

/// <summary>A wrong roll call is rejected, with all its errors.</summary>
[EveryEngine]
public sealed class RejectedRollCallsTests
{
    [TestCase("withdrawn")]
    [TestCase("adopted-without-vote")]
    public async Task A_resolution_without_a_vote_has_no_roll_call(string status)
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { status });
        var before = await State(app, draft);
        using var answer = await app.Coordinator.Put(Path(draft) + "?missing=non-voting", Yes("NOR"));
        await answer.ShouldBeProblem(409);
        (await State(app, draft)).ShouldBe(before);
        using var none = await app.Viewer.GetAsync(Path(draft));
        await none.ShouldBeProblem(404);
    }

    [Test]
    public async Task A_day_in_the_future_or_before_the_session_or_an_invalid_day_is_rejected()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Each.Run(
            (string?[])
                [
                    "2026-11-22",
                    "1997-04-23",
                    "0001-01-01",
                    "9999-12-31",
                    "2026-02-30",
                    "21.11.2026",
                    "2026-11-21T00:00:00Z",
                    "",
                    null,
                ],
            async day =>
            {
                var before = await State(app, draft);
                using var answer = await app.Coordinator.Put(
                    Path(draft) + "?missing=non-voting",
                    new { recordedOn = day, votes = new[] { new { memberState = "NOR", vote = "yes" } } }
                );
                await answer.ShouldBeProblem(400, "recordedOn");
                (await State(app, draft)).ShouldBe(before);
            }
        );
    }

    [Test]
    public async Task The_day_is_in_New_York_time_and_not_in_UTC()
    {
        using var app = new App(new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero)));
        var draft = await app.OpenDraft();
        using var tomorrow = await app.Coordinator.Put(Path(draft) + "?missing=non-voting", Yes("NOR", "2026-11-22"));
        await tomorrow.ShouldBeProblem(400, "recordedOn");
        await RecordRollCall(app, draft, Yes("NOR"), "?missing=non-voting");
    }

    [Test]
    public async Task Everything_that_is_wrong_with_a_roll_call_is_named_at_once()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var before = await State(app, draft);
        await Refused("{}", "recordedOn", "votes");
        await Refused(
            """{"recordedOn": 1, "votes": {}, "status": 2, "announced": 3}""",
            "recordedOn",
            "votes",
            "status",
            "announced"
        );
        await Refused("""{"recordedOn": "2026-11-21", "votes": [null]}""", "votes[0]");
        await Refused("""{"recordedOn": "2026-11-21", "votes": [{}]}""", "votes[0].memberState", "votes[0].vote");
        await Refused(
            """{"recordedOn": "2026-11-21", "votes": [{"memberState": "NOR", "vote": 1}]}""",
            "votes[0].vote"
        );
        await Refused(
            """{"recordedOn": "2026-11-21", "votes": [{"memberState": "NOR", "vote": "absent"}]}""",
            "votes[0].vote"
        );
        await Refused("""{"recordedOn": "2026-11-21", "votes": "NOR"}""", "votes");
        var many = string.Join(',', Enumerable.Repeat("""{"memberState": "NOR", "vote": "yes"}""", 1_001));
        await Refused($$"""{"recordedOn": "2026-11-21", "votes": [{{many}}]}""", "votes");
        (await State(app, draft)).ShouldBe(before);

        async Task Refused(string json, params string[] fields)
        {
            using var answer = await app.Coordinator.Put(Path(draft) + "?missing=non-voting", JsonNode.Parse(json)!);
            var problem = await answer.ShouldBeProblem(400);
            problem["errors"]!.AsObject().Select(e => e.Key).ShouldBeInAnyOrder(fields, json);
        }
    }

    [Test]
    public async Task A_resolution_that_does_not_exist_has_no_roll_call()
    {
        using var app = new App();
        using var put = await app.Coordinator.Put(Path("nowhere") + "?missing=non-voting", Yes("NOR"));
        await put.ShouldBeProblem(404);
        using var get = await app.Viewer.GetAsync(Path("nowhere"));
        await get.ShouldBeProblem(404);
    }
}
