using System.Net;

namespace VoteTracker.Tests.Features.VoteDays;

/// <summary>A proposed or confirmed result is reopened, and a rehearsal is discarded.</summary>
[EveryEngine]
public sealed class VoteDayUndoTests
{
    [Test]
    public async Task Nothing_changes_after_the_proposal_until_it_is_reopened()
    {
        using var app = new App();
        var draft = await app.OpenVoteDay();
        await app.Lobbyist.Enter(draft, "NOR yes");
        using var early = await app.Coordinator.Do(draft, "confirm");
        (await early.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/vote-day-status");
        using var open = await app.Lobbyist.Do(draft, "reopen");
        await open.ShouldBeProblem(409);
        var proposed = await app.Lobbyist.Done(draft, "propose", new { missingIsNonVoting = true });
        using var vote = await app.Lobbyist.Put(Board.PathOf(draft, "ZAF"), new { vote = "no" });
        (await vote.ShouldBeProblem(409))
            .Text("detail")
            .ShouldBe("The status of the vote day is proposed. Reopen it before you change it.");
        using var removal = await app.Lobbyist.Send(HttpMethod.Delete, Board.PathOf(draft, "NOR"));
        await removal.ShouldBeProblem(409);
        using var change = await app.Lobbyist.Put(Board.Path(draft), new { startsWith = "A" });
        await change.ShouldBeProblem(409);
        using var again = await app.Lobbyist.Do(draft, "propose", new { missingIsNonVoting = true });
        await again.ShouldBeProblem(409);
        using var stale = await app.Coordinator.Do(draft, "confirm", ifMatch: $"\"{proposed.Version() - 1}\"");
        (await stale.ShouldBeProblem(412))["current"]!.Text("status").ShouldBe("proposed");
        using var blind = await app.Coordinator.Do(draft, "confirm", ifMatch: null);
        await blind.ShouldBeProblem(428);
        var reopened = await app.Lobbyist.Done(draft, "reopen");
        (reopened.Text("status"), reopened["proposedBy"]).ShouldBe(("entering", null));
        await app.Lobbyist.Enter(draft, "ZAF no");
        // A confirmation of what was proposed before is not one of what is proposed now.
        await app.Lobbyist.Done(draft, "propose", new { missingIsNonVoting = true });
        using var older = await app.Coordinator.Do(draft, "confirm", ifMatch: $"\"{proposed.Version()}\"");
        await older.ShouldBeProblem(412);
        await app.Coordinator.Done(draft, "confirm");
    }

    [Test]
    public async Task A_confirmed_result_is_undone_by_removing_the_roll_call_and_corrected()
    {
        using var app = new App();
        var draft = await app.OpenVoteDay();
        await app.Lobbyist.Enter(draft, "NOR yes", "ZAF no");
        await app.Lobbyist.Done(draft, "propose", new { missingIsNonVoting = true });
        await app.Coordinator.Done(draft, "confirm");
        foreach (var what in (string[])["reopen", "propose", "confirm"])
        {
            using var over = await app.Coordinator.Do(draft, what);
            (await over.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/vote-is-over");
        }
        using var vote = await app.Lobbyist.Put(Board.PathOf(draft, "ZAF"), new { vote = "yes" });
        await vote.ShouldBeProblem(409);
        using var discarded = await app.Coordinator.Send(HttpMethod.Delete, Board.Path(draft));
        await discarded.ShouldBeProblem(409);
        using var removed = await app.Coordinator.Send(HttpMethod.Delete, $"/v1/resolutions/{draft}/roll-call");
        removed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await app.Coordinator.GetJson($"/v1/resolutions/{draft}")).Text("status").ShouldBe("drafting");
        var day = await app.Lobbyist.VoteDay(draft);
        (day.Text("status"), day["confirmedBy"], day["proposedBy"]).ShouldBe(("entering", null, null));
        Board.Votes(day).ShouldBe(["NOR yes", "ZAF no"]);
        await app.Lobbyist.Enter(draft, "ZAF yes");
        await app.Lobbyist.Done(draft, "propose", new { missingIsNonVoting = true });
        await app.Coordinator.Done(draft, "confirm");
        (await app.Anonymous.GetJson($"/v1/resolutions/{draft}/tally")).Int("yes").ShouldBe(2);
    }

    [Test]
    public async Task A_rehearsal_is_discarded_and_the_versions_continue()
    {
        using var app = new App();
        var draft = await app.OpenVoteDay();
        await app.Lobbyist.Enter(draft, "NOR yes", "ZAF no");
        using var lobbyist = await app.Lobbyist.Send(HttpMethod.Delete, Board.Path(draft));
        await lobbyist.ShouldBeProblem(403);
        using var old = await app.Coordinator.Send(HttpMethod.Delete, Board.Path(draft), ifMatch: "\"2\"");
        (await old.ShouldBeProblem(412))["current"]!.Version().ShouldBe(3);
        using var done = await app.Coordinator.Send(HttpMethod.Delete, Board.Path(draft), ifMatch: "\"3\"");
        (done.StatusCode, done.ETag()).ShouldBe((HttpStatusCode.NoContent, "\"4\""));
        using var none = await app.Lobbyist.GetAsync(Board.Path(draft));
        (await none.ShouldBeProblem(404)).Text("detail")!.ShouldContain("PUT");
        using var vote = await app.Lobbyist.Put(Board.PathOf(draft, "NOR"), new { vote = "yes" });
        await vote.ShouldBeProblem(404);
        using var again = await app.Coordinator.Send(HttpMethod.Delete, Board.Path(draft));
        await again.ShouldBeProblem(404);
        using var second = await app.Lobbyist.Send(
            HttpMethod.Put,
            Board.Path(draft),
            new { },
            ifMatch: null,
            ifNoneMatch: "*"
        );
        (second.StatusCode, second.ETag()).ShouldBe((HttpStatusCode.Created, "\"5\""));
        // A client that saw the rehearsal learns that its votes are removed.
        Board.Votes(await app.Lobbyist.VoteDay(draft, "?after=3")).ShouldBe(["NOR removed", "ZAF removed"]);
        Board.Count(await app.Lobbyist.VoteDay(draft)).ShouldBe("0-0-0-0 of 0, 193 remain");
    }

    [Test]
    public async Task A_repeated_confirmation_gets_the_first_response()
    {
        using var app = new App();
        var draft = await app.OpenVoteDay();
        await app.Lobbyist.Done(draft, "propose", new { missingIsNonVoting = true });
        var texts = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Board.Path(draft, "/confirm"));
            request.Headers.TryAddWithoutValidation("If-Match", "*").ShouldBeTrue();
            request.Headers.Add("Idempotency-Key", "once");
            using var answer = await app.Coordinator.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            texts.Add(await answer.Content.ReadAsStringAsync());
        }
        texts[1].ShouldBe(texts[0]);
    }
}
