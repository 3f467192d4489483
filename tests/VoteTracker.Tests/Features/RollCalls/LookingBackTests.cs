using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.RollCalls;

/// <summary>What the record says of a member, and of how members agree, held against the roll calls one by one.</summary>
[EveryEngine]
public sealed class LookingBackTests
{
    [TestCase("ZAF", "")]
    [TestCase("NOR", "?session=es-11")]
    [TestCase("USA", "?from=2022-01-01&to=2023-12-31")]
    [TestCase("YUG", "")]
    public async Task A_members_votes_are_those_of_the_roll_calls_the_newest_first(string iso3, string filter)
    {
        using var app = new App();
        var rollCalls = await RollCalls(app);
        var votes = await app.Anonymous.GetPages(
            $"/v1/member-states/{iso3}/votes{filter}{(filter.Length == 0 ? "?" : "&")}limit=7",
            limit: 7
        );
        var expected = rollCalls
            .Where(r =>
                filter switch
                {
                    "?session=es-11" => r.Session == "es-11",
                    "" => true,
                    _ => r.Day[..4] is "2022" or "2023",
                }
            )
            .SelectMany(r => r.Votes.Where(v => v.Iso3 == iso3).Select(v => (r.Day, r.Id, v.Vote)))
            .OrderByDescending(v => v.Day, StringComparer.Ordinal)
            .ThenByDescending(v => v.Id, StringComparer.Ordinal)
            .ToList();
        if (iso3 != "YUG")
        {
            expected.Count.ShouldBeGreaterThan(7);
        }
        votes.Select(v => (v.Text("recordedOn")!, v.Text("resolution")!, v.Text("vote")!)).ShouldBe(expected);
        foreach (var vote in votes)
        {
            var resolution = await app.Anonymous.GetJson($"/v1/resolutions/{vote.Text("resolution")}");
            foreach (var field in (string[])["symbol", "title", "session", "kind", "status", "recordUrl"])
            {
                vote.Text(field).ShouldBe(resolution.Text(field));
            }
        }
    }

    [Test]
    public async Task A_corrected_vote_is_listed_once_with_the_intended_vote()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        foreach (var vote in (string[])["yes", "abstain"])
        {
            using var recorded = await app.Coordinator.Put(
                $"/v1/resolutions/{id}/roll-call?missing=non-voting",
                new
                {
                    recordedOn = "2026-11-21",
                    votes = new[]
                    {
                        new
                        {
                            memberState = "ZAF",
                            vote,
                            intended = "no",
                        },
                    },
                }
            );
            recorded.EnsureSuccessStatusCode();
        }
        var newest = (await app.Anonymous.GetItems("/v1/member-states/ZAF/votes?source=all"))[0];
        (newest.Text("resolution"), newest.Text("vote"), newest.Text("intended")).ShouldBe((id, "abstain", "no"));
        (await app.Anonymous.GetItems("/v1/member-states/ZAF/votes?limit=1000&source=all"))
            .Count(v => v.Text("resolution") == id)
            .ShouldBe(1);
    }

    [TestCase("?a=ZAF&b=NAM")]
    [TestCase("?a=ZAF&b=USA&session=es-10")]
    [TestCase("?a=NOR&b=ISR&from=2022-01-01&to=2023-12-31")]
    public async Task Two_members_agree_as_their_votes_do(string question)
    {
        using var app = new App();
        var (a, b) = (question[3..6], question[9..12]);
        var filter = question[12..];
        var report = await app.Anonymous.GetJson($"/v1/agreement{question}");
        var theirs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var vote in await Votes(app, b, filter))
        {
            theirs[vote.Text("resolution")!] = vote.Text("vote")!;
        }
        var pairs = (await Votes(app, a, filter))
            .Where(v => theirs.ContainsKey(v.Text("resolution")!))
            .Select(v => (A: v.Text("vote")!, B: theirs[v.Text("resolution")!]))
            .Where(p => p.A != "non-voting" && p.B != "non-voting")
            .ToList();
        pairs.Count.ShouldBeGreaterThan(5);
        var same = pairs.Count(p => p.A == p.B);
        var half = pairs.Count(p => p.A != p.B && (p.A == "abstain" || p.B == "abstain"));
        var item = report.Field("items")!.AsArray().ShouldHaveSingleItem()!;
        (report.Text("a"), report.Text("b"), item.Text("memberState")).ShouldBe((a, b, b));
        (item.Int("common"), item.Int("same"), item.Int("half"), item.Int("opposite")).ShouldBe(
            (pairs.Count, same, half, pairs.Count - same - half)
        );
        item.Field("identical")!.GetValue<decimal>().ShouldBe(decimal.Round((decimal)same / pairs.Count, 4));
        item.Field("abstentionHalf")!
            .GetValue<decimal>()
            .ShouldBe(decimal.Round((same + half / 2m) / pairs.Count, 4, MidpointRounding.AwayFromZero));
        report.Text("abstentionHalfFormula").ShouldBe("(same + half / 2) / common (Lijphart 1963)");
    }

    [Test]
    public async Task One_against_all_lists_each_pair_with_the_highest_agreement_first()
    {
        using var app = new App();
        var report = await app.Anonymous.GetJson("/v1/agreement?a=ZAF");
        var items = report.Field("items")!.AsArray().Select(i => i!).ToList();
        items.Count.ShouldBeGreaterThan(180);
        items.ShouldAllBe(i => i.Text("memberState") != "ZAF" && i.Int("common") > 0);
        items
            .Select(i => (Share(i), i.Text("memberState")!))
            .ShouldBe(
                items
                    .Select(i => (Share(i), i.Text("memberState")!))
                    .OrderByDescending(i => i.Item1)
                    .ThenBy(i => i.Item2, StringComparer.Ordinal)
            );
        foreach (var item in items.Where((_, i) => i % 40 == 0))
        {
            var pair = await app.Anonymous.GetJson($"/v1/agreement?a=ZAF&b={item.Text("memberState")}");
            pair.Field("items")!.AsArray().ShouldHaveSingleItem()!.ToJsonString().ShouldBe(item.ToJsonString());
        }
        report.Int("rollCalls").ShouldBe((await RollCalls(app)).Count);
        var nothing = await app.Anonymous.GetJson("/v1/agreement?a=ZAF&from=1946-01-01&to=1946-01-02");
        (nothing.Int("rollCalls"), nothing.Field("items")!.AsArray().Count).ShouldBe((0, 0));
        var none = (await app.Anonymous.GetJson("/v1/agreement?a=ZAF&b=YUG&session=es-11")).Field("items")!.AsArray();
        (none[0]!.Int("common"), none[0]!.Field("identical")).ShouldBe((0, null));
    }

    [Test]
    public async Task A_roll_call_that_was_just_recorded_is_in_both()
    {
        using var app = new App();
        var before = await app.Anonymous.GetJson("/v1/agreement?a=ZAF&b=NAM&source=all");
        var id = await app.OpenDraft();
        using var recorded = await app.Coordinator.Put(
            $"/v1/resolutions/{id}/roll-call?missing=non-voting",
            new
            {
                recordedOn = "2026-11-21",
                votes = new[] { new { memberState = "ZAF", vote = "yes" }, new { memberState = "NAM", vote = "no" } },
            }
        );
        recorded.EnsureSuccessStatusCode();
        var after = await app.Anonymous.GetJson("/v1/agreement?a=ZAF&b=NAM&source=all");
        (after["items"]![0]!.Int("opposite") - before["items"]![0]!.Int("opposite")).ShouldBe(1);
        (await app.Anonymous.GetItems("/v1/member-states/ZAF/votes?source=all&limit=1"))[0]
            .Text("resolution")
            .ShouldBe(id);
    }

    [AnyEngine]
    [TestCase("/v1/agreement", "a")]
    [TestCase("/v1/agreement?b=ZAF", "a")]
    [TestCase("/v1/agreement?a=", "a")]
    [TestCase("/v1/agreement?a=ZA", "a")]
    [TestCase("/v1/agreement?a=PSE", "a")]
    [TestCase("/v1/agreement?a=ZAF&a=NAM", "a")]
    [TestCase("/v1/agreement?a=ZAF&b=XYZ", "b")]
    [TestCase("/v1/agreement?a=ZAF&b=ZAF", "b")]
    [TestCase("/v1/agreement?a=ZAF&session=99999", "session")]
    [TestCase("/v1/agreement?a=ZAF&from=31/12/2023", "from")]
    [TestCase("/v1/agreement?a=ZAF&from=2023-01-02&to=2023-01-01", "to")]
    [TestCase("/v1/member-states/ZAF/votes?session=es-99", "session")]
    [TestCase("/v1/member-states/ZAF/votes?from=2023", "from")]
    [TestCase("/v1/member-states/ZAF/votes?to=2023-02-30", "to")]
    [TestCase("/v1/member-states/ZAF/votes?from=2023-01-02&to=2023-01-01", "to")]
    [TestCase("/v1/member-states/ZAF/votes?limit=1001", "limit")]
    [TestCase("/v1/member-states/ZAF/votes?cursor=abc", "cursor")]
    public async Task Wrong_parameters_are_named(string path, string field)
    {
        using var app = new App();
        using var answer = await app.Anonymous.GetAsync(path);
        (await answer.ShouldBeProblem(400, field))["errors"]!.AsObject().Count.ShouldBe(1);
    }

    [TestCase("XYZ")]
    [TestCase("ZA")]
    [TestCase("PSE")]
    [TestCase("%25")]
    public async Task A_state_that_was_never_a_member_has_no_votes(string iso3)
    {
        using var app = new App();
        using var answer = await app.Anonymous.GetAsync($"/v1/member-states/{iso3}/votes");
        await answer.ShouldBeProblem(404);
    }

    [Test]
    public async Task A_place_in_one_members_votes_is_none_in_anothers()
    {
        using var app = new App();
        using var first = await app.Anonymous.GetAsync("/v1/member-states/ZAF/votes?limit=5");
        var next = first.NextPage()!;
        using var other = await app.Anonymous.GetAsync(next.Replace("ZAF", "NAM", StringComparison.Ordinal));
        await other.ShouldBeProblem(400, "cursor");
    }

    private static decimal Share(JsonNode item) => item.Field("abstentionHalf")!.GetValue<decimal>();

    private static Task<List<JsonNode>> Votes(App app, string iso3, string filter) =>
        app.Anonymous.GetItems($"/v1/member-states/{iso3}/votes?limit=1000{filter}");

    private static async Task<List<Recorded>> RollCalls(App app)
    {
        var found = new List<Recorded>();
        foreach (var resolution in await app.Anonymous.GetItems("/v1/resolutions?limit=1000"))
        {
            if (resolution.Text("basis") != "recorded-votes")
            {
                continue;
            }
            var rollCall = await app.Anonymous.GetJson($"/v1/resolutions/{resolution.Text("id")}/roll-call");
            found.Add(
                new Recorded(
                    resolution.Text("id")!,
                    resolution.Text("session")!,
                    rollCall.Text("recordedOn")!,
                    [.. rollCall.Field("votes")!.AsArray().Select(v => (v!.Text("memberState")!, v!.Text("vote")!))]
                )
            );
        }
        found.Count.ShouldBeGreaterThan(30);
        return found;
    }

    private sealed record Recorded(string Id, string Session, string Day, List<(string Iso3, string Vote)> Votes);
}
