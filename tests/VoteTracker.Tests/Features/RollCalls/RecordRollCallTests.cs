using static VoteTracker.Tests.Features.RollCalls.RollCallRequests;

namespace VoteTracker.Tests.Features.RollCalls;

/// <summary>A roll call that a campaign records decides the resolution and can be replaced.</summary>
[EveryEngine]
public sealed class RecordRollCallTests
{
    [Test]
    public async Task A_recorded_vote_decides_the_resolution_and_is_the_tally()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.RecordStance(draft, "NOR", "no");
        var votes = await AllMembers(
            app,
            "2026-11-21",
            (iso3, i) =>
                i < 120 ? "yes"
                : i < 134 ? "no"
                : i < 180 ? "abstain"
                : "non-voting"
        );
        using var answer = await app.Coordinator.Send(
            HttpMethod.Put,
            Path(draft),
            new { recordedOn = "2026-11-21", votes },
            ifMatch: "\"2\""
        );
        var rollCall = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(201, rollCall.ToJsonString());
        answer.Headers.ETag!.Tag.ShouldBe("\"3\"");
        rollCall["status"]!.GetValue<string>().ShouldBe("adopted");
        rollCall["totals"]!.ToJsonString().ShouldBe("""{"yes":120,"no":14,"abstain":46,"nonVoting":13}""");
        rollCall["announced"].ShouldBeNull();
        rollCall["remarks"]!.AsArray().ShouldBeEmpty();
        rollCall["votes"]!.AsArray().Count.ShouldBe(193);
        (await app.Viewer.GetJson(Path(draft))).ToJsonString().ShouldBe(rollCall.ToJsonString());
        (await app.Anonymous.GetJson(Path(draft)))["changedBy"].ShouldBeNull();

        var tally = await app.Anonymous.GetJson($"/v1/resolutions/{draft}/tally");
        tally["basis"]!.GetValue<string>().ShouldBe("recorded-votes");
        tally["reached"]!.GetValue<bool>().ShouldBeTrue();
        Counts(tally).ShouldBe("120-14-46, absent 13, undecided 0, unknown 0, ineligible 0, eligible 193 of 193");
        tally["version"]!.GetValue<long>().ShouldBe(3);
        var resolution = await app.Anonymous.GetJson($"/v1/resolutions/{draft}");
        resolution["status"]!.GetValue<string>().ShouldBe("adopted");
        resolution["voteOn"]!.GetValue<string>().ShouldBe("2026-11-21");
        resolution["basis"]!.GetValue<string>().ShouldBe("recorded-votes");
    }

    [TestCase("two-thirds", 100, 50, "adopted")]
    [TestCase("two-thirds", 99, 50, "not-adopted")]
    [TestCase("simple-majority", 51, 50, "adopted")]
    [TestCase("simple-majority", 50, 50, "not-adopted")]
    [TestCase("two-thirds", 0, 0, "not-adopted")]
    public async Task The_status_follows_from_the_rule(string rule, int yes, int no, string status)
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { rule });
        var votes = await AllMembers(
            app,
            "2026-11-21",
            (_, i) =>
                i < yes ? "yes"
                : i < yes + no ? "no"
                : "abstain"
        );
        var rollCall = await RecordRollCall(app, draft, new { recordedOn = "2026-11-21", votes });
        rollCall["status"]!.GetValue<string>().ShouldBe(status);
        (await app.Anonymous.GetJson($"/v1/resolutions/{draft}"))["status"]!.GetValue<string>().ShouldBe(status);
    }

    [Test]
    public async Task A_status_that_is_named_overrides_the_rule()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var rollCall = await RecordRollCall(app, draft, Yes("NOR", status: "not-adopted"), "?missing=non-voting");
        rollCall["status"]!.GetValue<string>().ShouldBe("not-adopted");
        var second = await app.OpenDraft(symbol: "A/ES-10/L.35");
        foreach (var status in (string[])["withdrawn", "drafting", "tabled", "adopted-without-vote", "Adopted"])
        {
            using var wrong = await app.Coordinator.Put(Path(second), Yes("NOR", status: status));
            await wrong.ShouldBeProblem(400, "status");
        }
    }

    [Test]
    public async Task A_roll_call_is_replaced_by_a_client_that_names_the_current_version()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var blind = await app.Coordinator.Put(Path(draft), Yes("NOR"), ifMatch: null!);
        await blind.ShouldBeProblem(428);
        using var early = await app.Coordinator.Put(Path(draft) + "?missing=non-voting", Yes("NOR"), "\"9\"");
        await early.ShouldBeProblem(412);
        using var first = await app.Coordinator.Send(
            HttpMethod.Put,
            Path(draft) + "?missing=non-voting",
            Yes("NOR"),
            ifMatch: null,
            ifNoneMatch: "*"
        );
        ((int)first.StatusCode).ShouldBe(201);
        var etag = first.Headers.ETag!.Tag;
        using var again = await app.Coordinator.Send(
            HttpMethod.Put,
            Path(draft) + "?missing=non-voting",
            Yes("NOR"),
            ifMatch: null,
            ifNoneMatch: "*"
        );
        (await again.ShouldBeProblem(412))["current"]!["totals"]!["yes"]!.GetValue<int>().ShouldBe(1);
        using var got = await app.Coordinator.GetAsync(Path(draft));
        got.Headers.ETag!.Tag.ShouldBe(etag);
        using var replaced = await app.Coordinator.Put(
            Path(draft) + "?missing=non-voting",
            new { recordedOn = "2026-11-20", votes = new[] { new { memberState = "SWE", vote = "no" } } },
            etag
        );
        var second = await replaced.Json();
        ((int)replaced.StatusCode).ShouldBe(200, second.ToJsonString());
        second["status"]!.GetValue<string>().ShouldBe("not-adopted");
        second["recordedOn"]!.GetValue<string>().ShouldBe("2026-11-20");
        Vote(second, "NOR")["vote"]!.GetValue<string>().ShouldBe("non-voting");
        Counts(await app.Anonymous.GetJson($"/v1/resolutions/{draft}/tally")).ShouldStartWith("0-1-0, absent 192");
        using var old = await app.Coordinator.Put(Path(draft) + "?missing=non-voting", Yes("NOR"), etag);
        await old.ShouldBeProblem(412);
    }

    [Test]
    public async Task After_the_vote_the_same_roles_see_the_same_stances()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.RecordStance(draft, "NOR", "no");
        var before = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromHours(1));
        await RecordRollCall(app, draft, Yes("NOR"), "?missing=non-voting");
        var state = await State(app, draft);
        using var put = await app.Lobbyist.Put(
            $"/v1/resolutions/{draft}/stances/NOR",
            new
            {
                position = "yes",
                certainty = "confirmed",
                evidence = "call",
            }
        );
        await put.ShouldBeProblem(409);
        using var delete = await app.Lobbyist.Send(HttpMethod.Delete, $"/v1/resolutions/{draft}/stances/NOR");
        await delete.ShouldBeProblem(409);
        (await State(app, draft)).ShouldBe(state);
        (await app.Viewer.GetJson($"/v1/resolutions/{draft}/stances/NOR"))["position"]!
            .GetValue<string>()
            .ShouldBe("no");
        using var hidden = await app.Anonymous.GetAsync($"/v1/resolutions/{draft}/stances/NOR");
        await hidden.ShouldBeProblem(401);

        var past = $"/v1/resolutions/{draft}/tally?asOf={before:yyyy-MM-dd'T'HH:mm:ss'Z'}";
        var tally = await app.Viewer.GetJson(past);
        tally["basis"]!.GetValue<string>().ShouldBe("stances");
        Counts(tally).ShouldStartWith("0-1-0, absent 0, undecided 0, unknown 192");
        using var past401 = await app.Anonymous.GetAsync(past);
        await past401.ShouldBeProblem(401);
        var now = $"/v1/resolutions/{draft}/tally?asOf={app.Clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'}";
        (await app.Anonymous.GetJson(now))["basis"]!.GetValue<string>().ShouldBe("recorded-votes");
    }
}
