using System.Text.Json.Nodes;
using static VoteTracker.Tests.Features.RollCalls.RollCallRequests;

namespace VoteTracker.Tests.Features.Stories;

/// <summary>Two lobbyists and a coordinator work on one draft at once, from the empty list to the calibration.</summary>
[EveryEngine]
public sealed class CampaignStoryTests
{
    private const int Steps = 400;
    private const int StepsPerReading = 25;
    private const int Surprises = 7;

    [Test]
    public async Task A_draft_goes_from_nothing_recorded_to_the_roll_call_and_its_calibration()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { voteOn = "2026-11-27" });
        var members = (await app.Viewer.GetItems("/v1/member-states?on=2026-11-27&limit=1000"))
            .Select(state => state.Text("iso3")!)
            .ToList();
        using var coordinator = app.Coordinator;
        HttpClient[] clients = [app.As("lobbyist"), await AnotherLobbyist(app), coordinator];
        StoryMember[] team = [.. clients.Select((client, i) => new StoryMember(client, draft, members, seed: 42 + i))];

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await team[0].RecordAfter(team[1], members[0]);
        team[0].Conflicts.ShouldBe(1, "the colleague was first");

        var begun = 0;
        await Task.WhenAll(
            team.Select(member =>
                Task.Run(async () =>
                {
                    for (
                        var step = Interlocked.Increment(ref begun);
                        step <= Steps;
                        step = Interlocked.Increment(ref begun)
                    )
                    {
                        app.Clock.Advance(TimeSpan.FromSeconds(30));
                        await member.Step();
                        if (step % StepsPerReading == 0)
                        {
                            await member.Read();
                        }
                        if (step == Steps / 2)
                        {
                            await Revise(coordinator, draft);
                        }
                    }
                })
            )
        );
        team.Sum(member => member.Done.Values.Sum()).ShouldBe(Steps);
        team.ShouldAllBe(member => member.Done.Count >= 5);

        var changes = await ReadHistory(app, draft, members);
        changes.Count.ShouldBeGreaterThan(100);
        // No acknowledged write is lost.
        var acknowledged = team.SelectMany(member => member.Acknowledged).ToHashSet();
        acknowledged.Count.ShouldBeGreaterThan(100);
        acknowledged.Except(changes.Select(c => (c.Iso3, c.Version, c.Position))).ShouldBeEmpty();
        await CompareEveryMoment(app, draft, changes, members.Count);
        await LookBeforeTheVote(app, draft);
        await VoteAndCalibrate(app, draft, changes, members);
    }

    private static async Task<HttpClient> AnotherLobbyist(App app)
    {
        using var admin = app.Admin;
        using var created = await admin.Send(
            HttpMethod.Post,
            "/v1/api-keys",
            new { label = "second lobbyist", role = "lobbyist" }
        );
        return app.WithKey((await created.Json()).Text("key")!);
    }

    private static async Task Revise(HttpClient coordinator, string draft)
    {
        using var revised = await coordinator.Patch($"/v1/resolutions/{draft}", """{"textVersion":"Rev.1"}""");
        ((int)revised.StatusCode).ShouldBe(200, await revised.Content.ReadAsStringAsync());
    }

    private static async Task<List<(long Version, DateTimeOffset At, string Iso3, string Position)>> ReadHistory(
        App app,
        string draft,
        List<string> members
    )
    {
        var changes = new List<(long Version, DateTimeOffset At, string Iso3, string Position)>();
        foreach (var iso3 in members)
        {
            var history = await app.Viewer.GetItems($"/v1/resolutions/{draft}/stances/{iso3}/history?limit=1000");
            changes.AddRange(
                history.Select(change =>
                    (change.Version(), change.Moment("changedAt"), iso3, change.Text("to") ?? "unknown")
                )
            );
        }
        changes.Sort((a, b) => a.Version.CompareTo(b.Version));
        changes
            .Select(change => change.Version)
            .Distinct()
            .Count()
            .ShouldBe(changes.Count, "each has a version of its own");
        return changes;
    }

    // The tally as of each moment is the count of the history up to it.
    private static async Task CompareEveryMoment(
        App app,
        string draft,
        List<(long Version, DateTimeOffset At, string Iso3, string Position)> changes,
        int members
    )
    {
        var replayed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var moment in changes.GroupBy(change => change.At))
        {
            foreach (var change in moment)
            {
                replayed[change.Iso3] = change.Position;
            }
            ShouldBeCount(
                await app.Viewer.GetJson($"/v1/resolutions/{draft}/tally?asOf={moment.Key.Iso()}"),
                replayed,
                members
            );
        }
        ShouldBeCount(await app.Viewer.GetJson($"/v1/resolutions/{draft}/tally"), replayed, members);
    }

    private static void ShouldBeCount(JsonNode tally, Dictionary<string, string> replayed, int members)
    {
        foreach (var position in (string[])["yes", "no", "abstain", "absent", "undecided"])
        {
            tally
                .Int(position)
                .ShouldBe(replayed.Count(p => p.Value == position), $"{position}: {tally.ToJsonString()}");
        }
        tally.Int("unknown").ShouldBe(members - replayed.Count(p => p.Value != "unknown"));
    }

    // What the three read before the vote fits together.
    private static async Task LookBeforeTheVote(App app, string draft)
    {
        using var lobbyist = app.Lobbyist;
        var tally = await lobbyist.GetJson($"/v1/resolutions/{draft}/tally");
        var digest = await lobbyist.GetJson($"/v1/digest?since=30d&resolution={draft}");
        var compared = digest.Field("resolutions")!.AsArray().ShouldHaveSingleItem()!;
        compared.Field("after")!.Int("yes").ShouldBe(tally.Int("yes"));
        compared.Field("before")!.Int("unknown").ShouldBe(193);
        var gaps = await lobbyist.GetItems($"/v1/resolutions/{draft}/gaps?limit=1000");
        gaps.ShouldNotBeEmpty();
        var first = gaps[0];
        var brief = await lobbyist.GetJson($"/v1/resolutions/{draft}/briefs/{first.Text("memberState")}");
        brief.Field("gaps")!.ToJsonString().ShouldBe(first.Field("gaps")!.ToJsonString());
        (await app.Coordinator.GetItems("/v1/mentions?limit=1000")).ShouldNotBeEmpty();
    }

    // Those with a position vote so, except seven that said yes.
    private static async Task VoteAndCalibrate(
        App app,
        string draft,
        List<(long Version, DateTimeOffset At, string Iso3, string Position)> changes,
        List<string> members
    )
    {
        var last = changes
            .GroupBy(c => c.Iso3)
            .ToDictionary(c => c.Key, c => c.Last().Position, StringComparer.Ordinal);
        var surprising = last.Where(p => p.Value == "yes")
            .Select(p => p.Key)
            .Order(StringComparer.Ordinal)
            .Take(Surprises)
            .ToHashSet();
        surprising.Count.ShouldBe(Surprises);
        app.Clock.Advance(new DateTimeOffset(2026, 11, 27, 20, 0, 0, TimeSpan.Zero) - app.Clock.GetUtcNow());
        var votes = await AllMembers(
            app,
            "2026-11-27",
            (iso3, _) =>
                surprising.Contains(iso3) ? "abstain"
                : last.GetValueOrDefault(iso3) is { } position and ("yes" or "no" or "abstain") ? position
                : "non-voting"
        );
        var rollCall = await RecordRollCall(app, draft, new { recordedOn = "2026-11-27", votes });
        rollCall["votes"]!.AsArray().Count.ShouldBe(members.Count);
        var (yes, no) = (last.Count(p => p.Value == "yes") - Surprises, last.Count(p => p.Value == "no"));
        rollCall.Text("status").ShouldBe(yes > 0 && yes >= 2 * no ? "adopted" : "not-adopted");
        var calibration = await app.Viewer.GetJson($"/v1/resolutions/{draft}/calibration");
        var expected = last.Count(p => p.Value is "yes" or "no" or "abstain" or "absent");
        calibration["stances"]!.Int("count").ShouldBe(expected);
        calibration["stances"]!.Int("cameTrue").ShouldBe(expected - Surprises);
        calibration["forecast"]!.Int("count").ShouldBe(members.Count);
    }
}
