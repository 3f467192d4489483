using System.Net;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.VoteDays;

/// <summary>Who sees a vote day, and which resolutions can have one.</summary>
[EveryEngine]
public sealed class VoteDayAccessTests
{
    [Test]
    public async Task Only_lobbyists_see_the_votes_before_the_result_also_of_a_public_draft()
    {
        using var app = new App();
        var draft = await app.OpenVoteDay(fields: new { visibility = "positions" });
        var version = (await app.Anonymous.GetJson($"/v1/resolutions/{draft}/tally")).Version();
        await app.Lobbyist.Enter(draft, "NOR yes");
        using var nobody = await app.Anonymous.GetAsync(Board.Path(draft));
        await nobody.ShouldBeProblem(401);
        using var viewer = await app.Viewer.GetAsync(Board.Path(draft));
        await viewer.ShouldBeProblem(403);
        using var vote = await app.Viewer.Put(Board.PathOf(draft, "NOR"), new { vote = "no" });
        await vote.ShouldBeProblem(403);
        (await Feed(app.Anonymous, draft)).ShouldNotContain("vote-day");
        (await Feed(app.Viewer, draft)).ShouldNotContain("vote-day");
        (await Feed(app.Lobbyist, draft)).Count(kind => kind == "vote-day").ShouldBe(2);
        (await Feed(app.Coordinator, draft)).Count(kind => kind == "vote-day").ShouldBe(2);
        (await app.Anonymous.GetJson($"/v1/resolutions/{draft}/tally")).Version().ShouldBe(version);
        var listed = (await app.Lobbyist.GetItems("/v1/changes?limit=1000"))[^1];
        (listed.Text("kind"), listed.Text("memberState"), listed["version"], listed.Text("changedBy")).ShouldBe(
            ("vote-day", "NOR", null, "lobbyist")
        );
    }

    [Test]
    public async Task The_confirmed_result_is_a_roll_call_in_the_feed()
    {
        using var app = new App();
        var draft = await app.OpenVoteDay();
        await app.Lobbyist.Done(draft, "propose", new { missingIsNonVoting = true });
        (await Feed(app.Anonymous, draft)).ShouldBeEmpty();
        await app.Coordinator.Done(draft, "confirm");
        (await Feed(app.Anonymous, draft)).ShouldContain("roll-call");
    }

    [TestCase("es-10-27", "vote-is-over")]
    [TestCase("withdrawn", "no-vote")]
    public async Task A_resolution_whose_vote_is_recorded_or_that_has_none_gets_no_vote_day(string id, string type)
    {
        using var app = new App();
        if (id == "withdrawn")
        {
            id = await app.OpenDraft();
            using var ended = await app.Coordinator.Patch($"/v1/resolutions/{id}", """{"status": "withdrawn"}""");
            ended.EnsureSuccessStatusCode();
        }
        using var opened = await app.Coordinator.Put(Board.Path(id), new { startsWith = "K" });
        (await opened.ShouldBeProblem(409)).Text("type").ShouldBe($"/problems/{type}");
        using var vote = await app.Coordinator.Put(Board.PathOf(id, "NOR"), new { vote = "yes" });
        (await vote.ShouldBeProblem(409)).Text("type").ShouldBe($"/problems/{type}");
    }

    [Test]
    public async Task A_roll_call_that_is_recorded_meanwhile_ends_the_vote_day()
    {
        using var app = new App();
        var draft = await app.OpenVoteDay();
        using var recorded = await app.Coordinator.Put(
            $"/v1/resolutions/{draft}/roll-call?missing=non-voting",
            new { recordedOn = "2026-11-21", votes = new[] { new { memberState = "NOR", vote = "yes" } } }
        );
        recorded.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var vote = await app.Lobbyist.Put(Board.PathOf(draft, "NOR"), new { vote = "yes" });
        (await vote.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/vote-is-over");
    }

    [Test]
    public async Task An_unknown_resolution_has_no_vote_day()
    {
        using var app = new App();
        foreach (
            var send in (Func<Task<HttpResponseMessage>>[])
                [
                    () => app.Coordinator.GetAsync(Board.Path("no-such")),
                    () => app.Coordinator.Put(Board.Path("no-such"), new { }),
                    () => app.Coordinator.Send(HttpMethod.Delete, Board.Path("no-such")),
                    () => app.Coordinator.Put(Board.PathOf("no-such", "NOR"), new { vote = "yes" }),
                    () => app.Coordinator.Send(HttpMethod.Delete, Board.PathOf("no-such", "NOR")),
                    () => app.Coordinator.Do("no-such", "propose"),
                    () => app.Coordinator.Do("no-such", "confirm"),
                    () => app.Coordinator.Do("no-such", "reopen"),
                ]
        )
        {
            using var answer = await send();
            await answer.ShouldBeProblem(404);
        }
    }

    [Test]
    public async Task A_resolution_with_a_vote_day_is_not_deleted()
    {
        using var app = new App();
        var draft = await app.OpenVoteDay();
        using var answer = await app.Coordinator.Send(HttpMethod.Delete, $"/v1/resolutions/{draft}");
        (await answer.ShouldBeProblem(409)).Text("detail")!.ShouldContain("1 vote day.");
    }

    [TestCase("after=x")]
    [TestCase("after=-1")]
    [TestCase("after=1.5")]
    [TestCase("after=99999999999999999999")]
    [TestCase("since=1")]
    [AnyEngine]
    public async Task A_version_that_is_not_a_number_is_rejected(string query)
    {
        using var app = new App();
        var draft = await app.OpenVoteDay();
        using var answer = await app.Lobbyist.GetAsync(Board.Path(draft, $"?{query}"));
        await answer.ShouldBeProblem(400, query.Split('=')[0]);
    }

    [Test]
    public async Task A_client_that_has_the_version_gets_304()
    {
        using var app = new App();
        var draft = await app.OpenVoteDay();
        using var first = await app.Lobbyist.GetAsync(Board.Path(draft));
        using var request = new HttpRequestMessage(HttpMethod.Get, Board.Path(draft));
        request.Headers.TryAddWithoutValidation("If-None-Match", first.ETag()).ShouldBeTrue();
        using var second = await app.Lobbyist.SendAsync(request);
        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Test]
    public async Task Votes_survive_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("votetracker-vote-day-").FullName;
        string draft;
        using (var app = new App(folder: folder))
        {
            draft = await app.OpenVoteDay(new { startsWith = "N" });
            await app.Admin.Enter(draft, "NOR yes", "ZAF no");
        }
        using (var app = new App(folder: folder))
        {
            var day = await app.Admin.VoteDay(draft);
            Board.Votes(day).ShouldBe(["NOR yes", "ZAF no"]);
            day.Text("startsWith").ShouldBe("NAM");
        }
        Databases.Drop(folder);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string[]> Feed(HttpClient client, string draft) =>
        [
            .. (await client.GetItems("/v1/changes?limit=1000"))
                .Where(change => change["resolution"]?.GetValue<string>() == draft)
                .Select(change => change.Text("kind")!),
        ];
}
