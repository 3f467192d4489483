using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace VoteTracker.Tests.Features.Tallies;

[EveryEngine]
public sealed class GetTimelineTests
{
    [Test]
    public async Task Each_point_is_the_tally_of_its_moment_and_between_two_points_nothing_changed(
        [Values(1, 2, 3, 4, 5, 6, 7, 8)] int seed,
        [Values("all", "confirmed")] string counting
    )
    {
        using var app = new App();
        var campaign = new RandomCampaign(app, seed);
        await campaign.Run(changes: 40, vote: seed % 2 == 0);
        var path = $"/v1/resolutions/{campaign.Id}/tally";
        var points = await app.Viewer.GetPages($"{path}/timeline?counting={counting}&limit=7", limit: 7);
        points.Count.ShouldBeGreaterThan(7);
        foreach (var point in points)
        {
            var then = await app.Viewer.GetJson($"{path}?counting={counting}&asOf={point.Text("asOf")}");
            point.ToJsonString().ShouldBe(then.ToJsonString());
        }
        points.Select(p => p.Moment("asOf")).ShouldBe(points.Select(p => p.Moment("asOf")).Distinct().Order());
        foreach (var moment in campaign.Moments)
        {
            var then = await app.Viewer.GetJson($"{path}?counting={counting}&asOf={moment.Iso()}");
            var last = points.Last(p => p.Moment("asOf") <= moment);
            Counts(last).ShouldBe(Counts(then), $"at {moment.Iso()}");
        }
        foreach (var (before, after) in points.Zip(points.Skip(1)))
        {
            Counts(before).ShouldNotBe(Counts(after), "a point is a change");
        }
        Counts(points[^1]).ShouldBe(Counts(await app.Viewer.GetJson($"{path}?counting={counting}")));
    }

    [TestCase("PT6H")]
    [TestCase("1d")]
    [TestCase("P1W")]
    [TestCase("P1DT12H")]
    public async Task A_step_has_its_last_change_and_no_other(string step)
    {
        using var app = new App();
        var campaign = new RandomCampaign(app, 77);
        await campaign.Run(changes: 60, vote: true);
        var path = $"/v1/resolutions/{campaign.Id}/tally/timeline";
        var all = await app.Viewer.GetItems(path);
        var thin = await app.Viewer.GetPages($"{path}?step={step}&limit=3", limit: 3);
        thin.Count.ShouldBeInRange(3, all.Count - 1);
        var begins = all[0].Moment("asOf");
        var expected = all.GroupBy(p => StepOf(step, p.Moment("asOf"), begins)).Select(g => g.Last()).ToList();
        // A step that ends with the same tally as the previous one is not a change.
        var changed = expected.Where((p, i) => i == 0 || Counts(p) != Counts(expected[i - 1]));
        thin.Select(p => p.ToJsonString()).ShouldBe(changed.Select(p => p.ToJsonString()));
    }

    [Test]
    public async Task A_step_of_a_day_is_a_New_York_day_also_when_the_clocks_change()
    {
        using var app = new App(new FakeTimeProvider(new DateTimeOffset(2027, 3, 13, 12, 0, 0, TimeSpan.Zero)));
        var id = await app.OpenDraft();
        var ends = new List<string>();
        // 14 March 2027 begins at 5 h UTC and ends at 4 h UTC.
        foreach (var hour in (int[])[14, 28, 30, 51, 53, 75])
        {
            app.Clock.SetUtcNow(new DateTimeOffset(2027, 3, 13, 0, 0, 0, TimeSpan.Zero).AddHours(hour));
            await app.Lobbyist.RecordStance(
                id,
                "NOR",
                ends.Count % 2 == 0 ? "yes"
                    : ends.Count % 4 == 1 ? "no"
                    : "abstain"
            );
            ends.Add(app.Clock.GetUtcNow().Iso());
        }
        var points = await app.Viewer.GetItems($"/v1/resolutions/{id}/tally/timeline?step=1d");
        points.Select(p => p.Text("asOf")).ShouldBe([ends[1], ends[3], ends[5]]);
    }

    [Test]
    public async Task A_timeline_from_a_moment_begins_with_the_tally_as_of_that_moment()
    {
        using var app = new App();
        var campaign = new RandomCampaign(app, 5);
        await campaign.Run(changes: 30, vote: false);
        var path = $"/v1/resolutions/{campaign.Id}/tally";
        var all = await app.Viewer.GetItems($"{path}/timeline");
        var from = all[2].Moment("asOf").AddMicroseconds(1);
        var to = all[^3].Moment("asOf").AddMicroseconds(1);
        var cut = await app.Viewer.GetItems($"{path}/timeline?from={from.Iso()}&to={to.Iso()}");
        cut[0].ToJsonString().ShouldBe((await app.Viewer.GetJson($"{path}?asOf={from.Iso()}")).ToJsonString());
        Counts(cut[0]).ShouldBe(Counts(all[2]));
        cut.Skip(1).Select(p => p.ToJsonString()).ShouldBe(all[3..^2].Select(p => p.ToJsonString()));
        var early = await app.Viewer.GetItems($"{path}/timeline?from=2001-01-01T00:00:00Z");
        early.Select(p => p.ToJsonString()).ShouldBe(all.Select(p => p.ToJsonString()));
    }

    [Test]
    public async Task Without_a_key_a_timeline_begins_with_the_recorded_vote()
    {
        using var app = new App();
        var campaign = new RandomCampaign(app, 12);
        await campaign.Run(changes: 10, vote: true);
        var path = $"/v1/resolutions/{campaign.Id}/tally/timeline";
        var all = await app.Viewer.GetItems(path);
        var seen = await app.Anonymous.GetItems(path);
        seen.ShouldNotBeEmpty();
        seen.ShouldAllBe(p => p.Text("basis") == "recorded-votes");
        seen.Select(p => p.ToJsonString())
            .ShouldBe(all.Where(p => p.Text("basis") == "recorded-votes").Select(p => p.ToJsonString()));
        (await app.Anonymous.GetItems("/v1/resolutions/es-10-27/tally/timeline"))
            .ShouldHaveSingleItem()
            .Int("yes")
            .ShouldBe(149);
    }

    [AnyEngine]
    [TestCase("?step=", "step")]
    [TestCase("?step=day", "step")]
    [TestCase("?step=1", "step")]
    [TestCase("?step=0d", "step")]
    [TestCase("?step=PT0S", "step")]
    [TestCase("?step=-1d", "step")]
    [TestCase("?step=1.5h", "step")]
    [TestCase("?step=P", "step")]
    [TestCase("?step=PT", "step")]
    [TestCase("?step=P1M", "step")]
    [TestCase("?step=P1Y", "step")]
    [TestCase("?step=P1H", "step")]
    [TestCase("?step=1D", "step")]
    [TestCase("?step=99999999999999999999d", "step")]
    [TestCase("?step=1d&step=1d", "step")]
    [TestCase("?from=2026-11-22", "from")]
    [TestCase("?from=24x", "from")]
    [TestCase("?from=2126-11-21T00:00:00Z", "from")]
    [TestCase("?from=2026-11-21T15:00:00Z&to=2026-11-21T14:00:00Z", "to")]
    [TestCase("?counting=some", "counting")]
    [TestCase("?limit=0", "limit")]
    [TestCase("?cursor=nonsense", "cursor")]
    public async Task Every_invalid_parameter_is_named(string query, string field)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var answer = await app.Viewer.GetAsync($"/v1/resolutions/{id}/tally/timeline{query}");
        await answer.ShouldBeProblem(400, field);
    }

    [Test]
    public async Task A_timeline_that_ends_before_the_resolution_existed_is_a_404()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var answer = await app.Viewer.GetAsync($"/v1/resolutions/{id}/tally/timeline?to=2026-11-21T14:59:59Z");
        await answer.ShouldBeProblem(404);
    }

    // A tally without its moment and its version.
    private static string Counts(JsonNode tally)
    {
        var counts = tally.DeepClone().AsObject();
        counts.Remove("asOf").ShouldBeTrue();
        counts.Remove("version").ShouldBeTrue();
        return counts.ToJsonString();
    }

    private static long StepOf(string step, DateTimeOffset moment, DateTimeOffset begins)
    {
        var (day, first) = (
            VoteTracker.Voting.Rules.NewYork.DayOf(moment),
            VoteTracker.Voting.Rules.NewYork.DayOf(begins)
        );
        var since = moment - VoteTracker.Voting.Rules.NewYork.StartOf(first);
        return step switch
        {
            "1d" => day.DayNumber - first.DayNumber,
            "P1W" => (day.DayNumber - first.DayNumber) / 7,
            "PT6H" => (long)Math.Floor(since / TimeSpan.FromHours(6)),
            "P1DT12H" => (long)Math.Floor(since / TimeSpan.FromHours(36)),
            _ => throw new InvalidOperationException(step),
        };
    }
}
