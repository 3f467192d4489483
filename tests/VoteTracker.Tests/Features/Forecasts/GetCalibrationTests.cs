using System.Text.Json.Nodes;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;
using static VoteTracker.Tests.Features.Forecasts.GetForecastTests;

namespace VoteTracker.Tests.Features.Forecasts;

[EveryEngine]
public sealed class GetCalibrationTests
{
    [Test]
    public async Task Stances_that_came_true_are_counted_by_certainty_evidence_and_author()
    {
        using var app = new App();
        var draft = await Voted(app);
        var calibration = await app.Viewer.GetJson($"/v1/resolutions/{draft}/calibration");
        calibration["resolutions"]!.GetValue<int>().ShouldBe(1);
        Counted(calibration["stances"]!).ShouldBe((5, 3));
        Number(calibration["stances"]!, "share").ShouldBe(0.6);
        Number(calibration["stances"]!, "expected").ShouldBe((0.97 + 0.97 + 0.97 + 0.85 + 0.65) / 5, 1e-9);
        Counted(Find(calibration, "byCertainty", "confirmed")).ShouldBe((3, 2));
        Counted(Find(calibration, "byCertainty", "likely")).ShouldBe((1, 1));
        Counted(Find(calibration, "byCertainty", "leaning")).ShouldBe((1, 0));
        Counted(Find(calibration, "byEvidence", "meeting")).ShouldBe((3, 1));
        Counted(Find(calibration, "byEvidence", "call")).ShouldBe((2, 2));
        Counted(Find(calibration, "byEvidence", "second-hand")).ShouldBe((0, 0));
        Find(calibration, "byEvidence", "second-hand")["share"].ShouldBeNull();
        Counted(Find(calibration, "byRecorder", "lobbyist")).ShouldBe((4, 2));
        Counted(Find(calibration, "byRecorder", "coordinator")).ShouldBe((1, 1));

        calibration["forecast"]!["count"]!.GetValue<int>().ShouldBe(192, "one of the 193 could not vote");
        var bins = calibration["reliability"]!.AsArray();
        bins.Count.ShouldBe(10);
        bins.Sum(b => b!["count"]!.GetValue<int>()).ShouldBe(4 * 192);
        var all = bins.Where(b => b!["count"]!.GetValue<int>() > 0).ToList();
        all.Sum(b => b!["count"]!.GetValue<int>() * Number(b, "happened")).ShouldBe(192, 1e-6);
        foreach (var bin in all)
        {
            Number(bin!, "expected").ShouldBeInRange(Number(bin!, "from"), Number(bin!, "to"));
        }
    }

    [Test]
    public async Task The_record_is_the_one_before_the_vote()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.RecordStance(draft, "ZAF", "yes");
        var before = await app.Viewer.GetJson($"/v1/resolutions/{draft}/forecast?learn=false");
        await Record(app, draft, ("USA", "yes"));
        var calibration = await app.Viewer.GetJson($"/v1/resolutions/{draft}/calibration");
        var expected = before["states"]!
            .AsArray()
            .Average(s => -Math.Log(Number(s!, s!["memberState"]!.GetValue<string>() == "USA" ? "yes" : "absent")));
        Number(calibration["forecast"]!, "logLoss").ShouldBe(expected, 1e-9);
    }

    [Test]
    public async Task An_outcome_with_chance_0_that_happened_has_no_log_loss()
    {
        using var app = new App(
            settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["ConfirmedHeld"] = "1" }
        );
        var draft = await app.OpenDraft();
        await app.Lobbyist.RecordStance(draft, "USA", "no");
        await Record(app, draft, ("USA", "yes"));
        foreach (var path in (string[])[$"/v1/resolutions/{draft}/calibration", "/v1/calibration"])
        {
            var calibration = await app.Viewer.GetJson(path);
            calibration["forecast"]!["logLoss"].ShouldBeNull();
            calibration["stances"]!["logLoss"].ShouldBeNull();
            Number(calibration["stances"]!, "brier").ShouldBe(2, 1e-12);
        }
    }

    [Test]
    public async Task A_calibration_of_all_resolutions_includes_each_vote()
    {
        using var app = new App();
        var none = await app.Viewer.GetJson("/v1/calibration");
        none["resolutions"]!.GetValue<int>().ShouldBe(0);
        Counted(none["stances"]!).ShouldBe((0, 0));
        none["stances"]!["logLoss"].ShouldBeNull();
        none["forecast"]!["share"].ShouldBeNull();
        none["reliability"]!.AsArray().Count.ShouldBe(10);

        await Voted(app);
        var other = await app.OpenDraft(symbol: "A/ES-10/L.35");
        await app.Lobbyist.RecordStance(other, "BRA", "no", "likely");
        await app.OpenDraft(new { baseline = "es-10-27" }, symbol: "A/ES-10/L.36");
        await Record(app, other, ("BRA", "no"));
        var all = await app.Viewer.GetJson("/v1/calibration");
        all["resolutions"]!.GetValue<int>().ShouldBe(2);
        all["resolution"].ShouldBeNull();
        Counted(all["stances"]!).ShouldBe((6, 4));
        Counted(Find(all, "byCertainty", "likely")).ShouldBe((2, 2));
    }

    [Test]
    public async Task A_vote_without_a_recorded_stance_is_not_included()
    {
        using var app = new App();
        var calibration = await app.Viewer.GetJson("/v1/resolutions/es-10-27/calibration");
        calibration["resolutions"]!.GetValue<int>().ShouldBe(0);
        Counted(calibration["stances"]!).ShouldBe((0, 0));
    }

    [Test]
    public async Task Without_a_vote_with_names_a_calibration_is_a_404()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        foreach (var id in new[] { draft, "es-11-9", "nothing" })
        {
            using var answer = await app.Viewer.GetAsync($"/v1/resolutions/{id}/calibration");
            await answer.ShouldBeProblem(404);
        }
    }

    [Test]
    public void Chances_fall_into_ten_bins_the_last_with_both_ends()
    {
        Expected Sure(Vote vote) =>
            new(
                new Ballot("ZAF", Position.Yes, Certainty.Confirmed, true),
                null,
                null,
                Chances.Certain(Vote.Yes),
                vote
            );
        var bins = ReliabilityBin.FromExpected([Sure(Vote.Yes), Sure(Vote.No)]);
        bins.Select(b => b.Count).ShouldBe([6, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
        bins[9].Happened.ShouldBe(0.5);
        bins[9].Expected.ShouldBe(1);
        bins[0].Happened!.Value.ShouldBe(1 / 6d, 1e-12);
        bins[4].Happened.ShouldBeNull();
    }

    // Five have a position, and three vote so. One is undecided, one could not vote.
    private static async Task<string> Voted(App app)
    {
        var draft = await app.OpenDraft(new { voteOn = "2026-11-21" });
        await app.Lobbyist.RecordStance(draft, "ZAF", "yes");
        await app.Lobbyist.RecordStance(draft, "NAM", "no");
        await app.Coordinator.RecordStance(draft, "KEN", "absent", evidence: "call");
        await app.Lobbyist.RecordStance(draft, "BWA", "abstain", "likely", "call");
        await app.Lobbyist.RecordStance(draft, "TZA", "yes", "leaning");
        await app.Lobbyist.RecordStance(draft, "MOZ", "undecided");
        await app.Lobbyist.RecordStance(draft, "ZMB", "yes");
        await Bar(app, "ZMB");
        await Record(app, draft, ("ZAF", "yes"), ("NAM", "yes"), ("BWA", "abstain"), ("TZA", "no"), ("MOZ", "yes"));
        return draft;
    }

    private static async Task Record(App app, string draft, params (string MemberState, string Vote)[] votes)
    {
        using var recorded = await app.Coordinator.Put(
            $"/v1/resolutions/{draft}/roll-call?missing=non-voting",
            new
            {
                recordedOn = "2026-11-21",
                votes = votes.Select(v => new { memberState = v.MemberState, vote = v.Vote }),
            }
        );
        recorded.IsSuccessStatusCode.ShouldBeTrue(await recorded.Content.ReadAsStringAsync());
    }

    private static JsonNode Find(JsonNode calibration, string by, string key) =>
        calibration[by]!.AsArray().Single(item => item!["key"]!.GetValue<string>() == key)!;

    private static (int Count, int CameTrue) Counted(JsonNode item) =>
        (item["count"]!.GetValue<int>(), item["cameTrue"]!.GetValue<int>());
}
