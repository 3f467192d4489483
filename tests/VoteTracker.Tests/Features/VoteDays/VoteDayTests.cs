using System.Net;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.VoteDays;

/// <summary>A vote is entered while it takes place, proposed by one person, and confirmed by another.</summary>
[EveryEngine]
public sealed class VoteDayTests
{
    [Test]
    public async Task A_real_roll_call_is_entered_state_by_state_and_becomes_the_campaigns_roll_call()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { baseline = "es-11-3", visibility = "tally" });
        var before = await app.Anonymous.GetJson($"/v1/resolutions/{draft}/tally");
        using var first = await app.Lobbyist.Send(
            HttpMethod.Put,
            Board.Path(draft),
            new { startsWith = "K" },
            ifMatch: null,
            ifNoneMatch: "*"
        );
        (first.StatusCode, first.ETag()).ShouldBe((HttpStatusCode.Created, "\"1\""));
        var opened = await first.Json();
        (opened.Text("status"), opened.Text("on"), opened.Text("startsWith"), opened.Text("openedBy")).ShouldBe(
            ("entering", "2026-11-21", "KAZ", "lobbyist")
        );
        Board.Count(opened).ShouldBe("0-0-0-0 of 0, 193 remain");
        var recorded = await app.EnterAll(draft, "es-10-27");
        var day = await app.Lobbyist.VoteDay(draft);
        Board.Count(day).ShouldBe("149-12-19-13 of 193, 0 remain");
        (day["tally"]!.Text("outlook"), day["tally"]!.Int("margin"), day["tally"]!.Int("yesToSecure")).ShouldBe(
            ("secured", 125, 0)
        );
        // It is not the result yet.
        (await app.Anonymous.GetJson($"/v1/resolutions/{draft}/tally"))
            .ToJsonString()
            .ShouldBe(before.ToJsonString());
        await app.Lobbyist.Opened(
            draft,
            new
            {
                announced = new
                {
                    yes = 149,
                    no = 12,
                    abstain = 19,
                    nonVoting = 13,
                },
            }
        );
        var proposed = await app.Lobbyist.Done(draft, "propose");
        (proposed.Text("status"), proposed.Text("proposedBy"), proposed.Flag("needsSecondPerson")).ShouldBe(
            ("proposed", "lobbyist", true)
        );
        var confirmed = await app.Coordinator.Done(draft, "confirm");
        (confirmed.Text("status"), confirmed.Text("confirmedBy"), confirmed.Text("confirmedAt")).ShouldBe(
            ("confirmed", "coordinator", "2026-11-21T15:00:00Z")
        );
        var rollCall = await app.Anonymous.GetJson($"/v1/resolutions/{draft}/roll-call");
        (rollCall.Text("source"), rollCall.Text("status"), rollCall.Text("recordedOn")).ShouldBe(
            ("campaign", "adopted", "2026-11-21")
        );
        rollCall["announced"]!.ToJsonString().ShouldBe(rollCall["totals"]!.ToJsonString());
        rollCall["remarks"]!.AsArray().ShouldBeEmpty();
        rollCall["votes"]!.ToJsonString().ShouldBe(recorded.ToJsonString());
        (await app.Anonymous.GetJson($"/v1/resolutions/{draft}/tally")).Text("basis").ShouldBe("recorded-votes");
    }

    [Test]
    public async Task Two_people_who_enter_one_state_see_each_other_and_the_later_one_gets_a_conflict()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        var draft = await app.OpenVoteDay();
        var path = Board.PathOf(draft, "nor");
        using var blind = await zoe.Put(path, new { vote = "yes" }, ifMatch: null);
        await blind.ShouldBeProblem(428);
        using var first = await zoe.Send(HttpMethod.Put, path, new { vote = "yes" }, ifMatch: null, ifNoneMatch: "*");
        (first.StatusCode, first.ETag()).ShouldBe((HttpStatusCode.Created, "\"2\""));
        (await first.Json())
            .AsObject()
            .Select(p => $"{p.Key}: {p.Value}")
            .ShouldBe([
                "memberState: NOR",
                "name: Norway",
                "vote: yes",
                "version: 2",
                "changedBy: Zoe",
                "changedAt: 2026-11-21T15:00:00Z",
            ]);
        Board.Votes(await app.Lobbyist.VoteDay(draft, "?after=1")).ShouldBe(["NOR yes"]);
        using var late = await app.Lobbyist.Send(
            HttpMethod.Put,
            path,
            new { vote = "no" },
            ifMatch: null,
            ifNoneMatch: "*"
        );
        var current = (await late.ShouldBeProblem(412))["current"]!;
        (current.Text("vote"), current.Text("changedBy")).ShouldBe(("yes", "Zoe"));
        using var over = await app.Lobbyist.Put(path, new { vote = "no" }, "\"2\"");
        (over.StatusCode, over.ETag()).ShouldBe((HttpStatusCode.OK, "\"3\""));
        using var old = await zoe.Send(HttpMethod.Delete, path, ifMatch: "\"2\"");
        await old.ShouldBeProblem(412);
        using var removed = await zoe.Send(HttpMethod.Delete, path, ifMatch: "\"3\"");
        (removed.StatusCode, removed.ETag()).ShouldBe((HttpStatusCode.NoContent, "\"4\""));
        using var gone = await zoe.Send(HttpMethod.Delete, path);
        await gone.ShouldBeProblem(404);
        using var correction = await app.Lobbyist.Put(path, new { vote = "abstain" }, "\"3\"");
        await correction.ShouldBeProblem(412);
        // A client that polls learns that the entry was removed.
        var changes = await app.Lobbyist.VoteDay(draft, "?after=3");
        Board.Votes(changes).ShouldBe(["NOR removed"]);
        (changes["members"], changes.Version()).ShouldBe((null, 4));
        Board.Votes(await app.Lobbyist.VoteDay(draft)).ShouldBeEmpty();
        Board.Votes(await app.Lobbyist.VoteDay(draft, "?after=4")).ShouldBeEmpty();
    }

    [Test]
    public async Task The_same_person_does_not_confirm_unless_the_setting_allows_it()
    {
        using var app = new App();
        var draft = await app.OpenVoteDay();
        await app.Lobbyist.Enter(draft, "NOR yes", "ZAF no");
        await app.Coordinator.Done(draft, "propose", new { missingIsNonVoting = true });
        using var same = await app.Coordinator.Do(draft, "confirm");
        (await same.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/same-person");
        using var lobbyist = await app.Lobbyist.Do(draft, "confirm");
        await lobbyist.ShouldBeProblem(403);
        await app.Admin.Done(draft, "confirm");
        using var other = new App(settings: new(StringComparer.Ordinal) { ["VoteDayConfirmation"] = "false" });
        var alone = await other.OpenVoteDay();
        var day = await other.Coordinator.Done(alone, "propose", new { missingIsNonVoting = true });
        day.Flag("needsSecondPerson").ShouldBe(false);
        (await other.Coordinator.Done(alone, "confirm")).Text("confirmedBy").ShouldBe("coordinator");
    }

    [Test]
    public async Task The_successor_of_a_key_is_the_same_person()
    {
        using var app = new App();
        var made = await app.Admin.Add("/v1/api-keys", new { label = "Ann", role = "coordinator" });
        using var old = app.WithKey(made.Text("key")!);
        var draft = await app.OpenVoteDay();
        await old.Done(draft, "propose", new { missingIsNonVoting = true });
        var newer = await app.Admin.Add($"/v1/api-keys/{made.Text("id")}/rotate", new { graceMinutes = 0 });
        using var ann = app.WithKey(newer.Text("key")!);
        using var answer = await ann.Do(draft, "confirm");
        await answer.ShouldBeProblem(409);
    }

    [Test]
    public async Task Members_without_an_entry_and_a_difference_to_the_announcement_are_accepted_in_words()
    {
        using var app = new App();
        var draft = await app.OpenVoteDay(
            new
            {
                announced = new
                {
                    yes = 2,
                    no = 1,
                    abstain = 0,
                },
            }
        );
        await app.Lobbyist.Enter(draft, "NOR yes", "ZAF no", "KEN abstain");
        var day = await app.Lobbyist.VoteDay(draft);
        day["difference"]!.ToJsonString().ShouldBe("""{"yes":1,"no":0,"abstain":-1,"nonVoting":null}""");
        using var missing = await app.Lobbyist.Do(draft, "propose");
        var problem = await missing.ShouldBeProblem(409);
        (problem.Text("type"), problem.Text("detail")).ShouldBe(
            (
                "/problems/votes-missing",
                "Members that may vote and have no entry: 190. Enter their votes. With missingIsNonVoting=true they become non-voting."
            )
        );
        using var differs = await app.Lobbyist.Do(draft, "propose", new { missingIsNonVoting = true });
        (await differs.ShouldBeProblem(409))
            .Text("detail")!
            .ShouldStartWith("Announced minus entered: yes +1, abstain -1.");
        await app.Lobbyist.Done(draft, "propose", new { missingIsNonVoting = true, acceptDifference = true });
        // The second person sees it too.
        using var unseen = await app.Coordinator.Do(draft, "confirm");
        (await unseen.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/totals-differ");
        await app.Coordinator.Done(draft, "confirm", new { acceptDifference = true });
        var rollCall = await app.Anonymous.GetJson($"/v1/resolutions/{draft}/roll-call");
        rollCall["totals"]!.ToJsonString().ShouldBe("""{"yes":1,"no":1,"abstain":1,"nonVoting":190}""");
        rollCall["announced"]!.ToJsonString().ShouldBe("""{"yes":2,"no":1,"abstain":0,"nonVoting":null}""");
        rollCall["remarks"]!.AsArray().Count.ShouldBe(3, rollCall["remarks"]!.ToJsonString());
    }
}
