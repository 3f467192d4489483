using System.Net;

namespace VoteTracker.Tests.Features.VoteDays;

/// <summary>What a vote day shows is current, nothing goes round its second person, and a rehearsal leaves nothing behind.</summary>
[EveryEngine]
public sealed class VoteDayRulesTests
{
    [Test]
    public async Task A_client_gets_no_304_when_a_member_may_no_longer_vote_or_the_rule_is_another()
    {
        using var app = new App();
        var draft = await app.OpenVoteDay();
        var path = Board.Path(draft, "?after=1");
        using var first = await app.Lobbyist.GetAsync(path);
        var tag = first.ETag();
        (await Get(app, path, tag)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        using var entered = await app.Coordinator.Put(
            "/v1/member-states/KEN/ineligibility",
            new { from = "2026-01-01", reason = "article-19" }
        );
        entered.EnsureSuccessStatusCode();
        using var changed = await Get(app, path, tag);
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        var day = await changed.Json();
        (day["members"], day["ineligible"]!.ToJsonString(), day["tally"]!.Int("remaining")).ShouldBe(
            (null, """["KEN"]""", 192)
        );
        using var ruled = await app.Coordinator.Patch($"/v1/resolutions/{draft}", """{"rule": "simple-majority"}""");
        ruled.EnsureSuccessStatusCode();
        using var other = await Get(app, path, changed.ETag());
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
        // A write names the version alone, or the tag of any response with it.
        using var written = await app.Lobbyist.Put(Board.Path(draft), new { startsWith = "K" }, tag);
        (written.StatusCode, written.ETag()).ShouldBe((HttpStatusCode.OK, "\"2\""));
        using var old = await app.Lobbyist.Put(Board.Path(draft), new { startsWith = "N" }, other.ETag());
        await old.ShouldBeProblem(412);
    }

    [Test]
    public async Task A_roll_call_does_not_go_round_the_second_person()
    {
        using var app = new App();
        var draft = await app.OpenVoteDay();
        await app.Lobbyist.Enter(draft, "NOR yes");
        using var entering = await RecordRollCall(app, draft);
        (await entering.ShouldBeProblem(409))
            .Text("detail")!
            .ShouldBe("The status of the vote day is entering. Confirm its result, or discard it first.");
        await app.Coordinator.Done(draft, "propose", new { missingIsNonVoting = true });
        using var proposed = await RecordRollCall(app, draft);
        (await proposed.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/vote-day-status");
        using var discarded = await app.Coordinator.Send(HttpMethod.Delete, Board.Path(draft));
        discarded.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var recorded = await RecordRollCall(app, draft);
        recorded.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Test]
    public async Task Without_a_second_person_or_after_the_confirmation_a_roll_call_is_recorded_or_corrected()
    {
        using var app = new App(settings: new(StringComparer.Ordinal) { ["VoteDayConfirmation"] = "false" });
        var draft = await app.OpenVoteDay();
        await app.Lobbyist.Enter(draft, "NOR yes");
        using var recorded = await RecordRollCall(app, draft);
        recorded.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var other = new App();
        var confirmed = await other.OpenVoteDay();
        await other.Lobbyist.Enter(confirmed, "NOR yes");
        await other.Lobbyist.Done(confirmed, "propose", new { missingIsNonVoting = true });
        await other.Coordinator.Done(confirmed, "confirm");
        using var corrected = await RecordRollCall(other, confirmed);
        corrected.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Test]
    public async Task A_draft_is_deleted_after_its_rehearsal_was_discarded()
    {
        using var app = new App();
        var draft = await app.OpenVoteDay();
        await app.Lobbyist.Enter(draft, "NOR yes");
        using var early = await app.Coordinator.Send(HttpMethod.Delete, $"/v1/resolutions/{draft}");
        (await early.ShouldBeProblem(409)).Text("detail")!.ShouldContain("1 vote day.");
        using var discarded = await app.Coordinator.Send(HttpMethod.Delete, Board.Path(draft));
        discarded.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var deleted = await app.Coordinator.Send(HttpMethod.Delete, $"/v1/resolutions/{draft}");
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await app.OpenDraft()).ShouldBe(draft);
        Board.Votes(await app.Lobbyist.Opened(draft, new { })).ShouldBeEmpty();
    }

    [Test]
    public async Task The_announced_totals_stay_until_they_are_removed_in_words()
    {
        using var app = new App();
        var announced = new
        {
            yes = 2,
            no = 1,
            abstain = 0,
        };
        var draft = await app.OpenVoteDay(new { announced });
        var moved = await app.Lobbyist.Opened(draft, new { startsWith = "N" });
        moved["announced"]!.ToJsonString().ShouldBe("""{"yes":2,"no":1,"abstain":0,"nonVoting":null}""");
        var removed = await app.Lobbyist.Opened(draft, new { announced = (object?)null });
        (removed["announced"], removed.Text("startsWith")).ShouldBe((null, "NAM"));
        await app.Lobbyist.Opened(draft, new { announced });
        using var discarded = await app.Coordinator.Send(HttpMethod.Delete, Board.Path(draft));
        discarded.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await app.Lobbyist.Opened(draft, new { }))["announced"].ShouldBeNull("they were those of the rehearsal");
    }

    private static Task<HttpResponseMessage> RecordRollCall(App app, string draft) =>
        app.Coordinator.Put(
            $"/v1/resolutions/{draft}/roll-call?missing=non-voting",
            new { recordedOn = "2026-11-21", votes = new[] { new { memberState = "NOR", vote = "no" } } }
        );

    private static async Task<HttpResponseMessage> Get(App app, string path, string? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-None-Match", tag).ShouldBeTrue();
        return await app.Lobbyist.SendAsync(request);
    }
}
