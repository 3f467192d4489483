using System.Globalization;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.Record;

/// <summary>The votes of the 10th and 11th emergency special sessions, as the service shows them after a start.</summary>
[EveryEngine]
public sealed class RecordTests
{
    private static readonly string[] Columns =
    [
        "members",
        "eligible",
        "yes",
        "no",
        "abstain",
        "absent",
        "undecided",
        "unknown",
        "ineligible",
        "presentAndVoting",
        "coSponsors",
    ];

    [Test]
    public async Task The_record_has_43_votes_and_nothing_else()
    {
        using var app = new App();
        var listed = await app.Anonymous.GetItems("/v1/resolutions");
        RecordedTotals.OfRollCalls.Count.ShouldBe(34);
        RecordedTotals.Announced.Count.ShouldBe(9);
        listed
            .Select(r => r.Text("id"))
            .ShouldBeInAnyOrder(RecordedTotals.OfRollCalls.Concat(RecordedTotals.Announced).Select(r => r.Id));
    }

    [Test]
    public async Task All_34_roll_calls_count_to_the_figures_of_the_record()
    {
        using var app = new App();
        foreach (var expected in RecordedTotals.OfRollCalls)
        {
            var tally = await app.Anonymous.GetJson($"/v1/resolutions/{expected.Id}/tally");
            ShouldCount(tally, expected, "recorded-votes");
            Counts(tally).ShouldBe((expected.Abstain, expected.NonVoting), expected.Id);
            tally["quorum"]!.Int("present").ShouldBe(expected.Yes + expected.No + expected.Abstain!.Value);
        }
    }

    [Test]
    public async Task The_nine_without_names_have_their_announced_totals_and_null_for_missing_ones()
    {
        using var app = new App();
        foreach (var expected in RecordedTotals.Announced)
        {
            var tally = await app.Anonymous.GetJson($"/v1/resolutions/{expected.Id}/tally");
            ShouldCount(tally, expected, "announced");
            Counts(tally).ShouldBe((expected.Abstain, null), expected.Id);
            tally["quorum"]!
                .IntOrNull("present")
                .ShouldBe(expected.Yes + expected.No + expected.Abstain, "null while the abstentions are not known");
        }
        RecordedTotals.Announced.Count(e => e.Abstain is null).ShouldBe(2);
    }

    [Test]
    public async Task The_Assemblys_word_and_the_rule_agree_on_all_of_them()
    {
        using var app = new App();
        var listed = await app.Anonymous.GetItems("/v1/resolutions?include=tally");
        foreach (var expected in RecordedTotals.OfRollCalls.Concat(RecordedTotals.Announced))
        {
            var resolution = listed.Single(r => r.Text("id") == expected.Id);
            resolution.Text("status").ShouldBe(expected.Status);
            resolution.Text("rule").ShouldBe(expected.Rule);
            resolution["tally"]!.Flag("reached").ShouldBe(expected.Status == "adopted", expected.Id);
        }
    }

    [Test]
    public async Task The_regional_breakdown_of_each_roll_call_adds_up_to_its_tally_in_every_column()
    {
        using var app = new App();
        foreach (var expected in RecordedTotals.OfRollCalls)
        {
            var tally = await app.Anonymous.GetJson($"/v1/resolutions/{expected.Id}/tally");
            var rows = (await app.Anonymous.GetJson($"/v1/resolutions/{expected.Id}/breakdown"))["rows"]!.AsArray();
            rows.Count.ShouldBe(6);
            foreach (var column in Columns)
            {
                rows.Sum(row => row!.Int(column)).ShouldBe(tally.Int(column), $"{expected.Id} {column}");
            }
        }
    }

    [Test]
    public async Task The_same_breakdown_as_CSV_adds_up_too()
    {
        using var app = new App();
        foreach (var expected in RecordedTotals.OfRollCalls)
        {
            var csv = await app.Anonymous.GetStringAsync($"/v1/resolutions/{expected.Id}/breakdown.csv");
            var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            lines[0]
                .ShouldBe(
                    "group_scheme,group,members,eligible,yes,no,abstain,absent,undecided,unknown,ineligible,co_sponsors,present_and_voting,yes_share"
                );
            var rows = lines.Skip(1).Select(line => line.Split(',')).ToList();
            rows.Count.ShouldBe(6);
            rows.ShouldAllBe(row => row[0] == "regional-group" && row.Length == 14);
            int[] expectedSums =
            [
                expected.Members,
                expected.Members,
                expected.Yes,
                expected.No,
                expected.Abstain!.Value,
                expected.NonVoting!.Value,
                0,
                0,
                0,
                0,
                expected.Yes + expected.No,
            ];
            for (var i = 0; i < expectedSums.Length; i++)
            {
                rows.Sum(row => int.Parse(row[i + 2], CultureInfo.InvariantCulture))
                    .ShouldBe(expectedSums[i], $"{expected.Id} {lines[0].Split(',')[i + 2]}");
            }
        }
    }

    [TestCase(
        "es-10-l-26",
        "88 of 143 present and voting; two thirds was 96. 22 more yes, or 11 no turned into abstentions, were missing."
    )]
    [TestCase(
        "es-10-amendment-us-2023-12-12",
        "84 of 146 present and voting; two thirds was 98. 40 more yes, or 20 no turned into abstentions, were missing."
    )]
    [TestCase(
        "es-10-amendment-at-2023-12-12",
        "89 of 150 present and voting; two thirds was 100. 33 more yes, or 17 no turned into abstentions, were missing."
    )]
    [TestCase(
        "es-10-amendment-2018-06-13",
        "62 of 120 present and voting; two thirds was 80. 54 more yes, or 27 no turned into abstentions, were missing."
    )]
    public async Task An_amendment_short_of_two_thirds_shows_the_missing_votes(string id, string sentence)
    {
        using var app = new App();
        var tally = await app.Anonymous.GetJson($"/v1/resolutions/{id}/tally");
        tally.Flag("reached").ShouldBe(false);
        tally.Text("outlook").ShouldBe("lost");
        tally.Int("yes").ShouldBeGreaterThan(tally.Int("no"));
        tally.Text("sentence").ShouldBe(sentence);
        (await app.Anonymous.GetJson($"/v1/resolutions/{id}")).Text("status").ShouldBe("not-adopted");
    }

    [Test]
    public async Task After_the_vote_the_sentence_is_in_the_past_tense_without_hypotheticals()
    {
        using var app = new App();
        var adopted = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/tally");
        adopted.Text("sentence").ShouldBe("149 of 161 present and voting; two thirds was 108.");
        var motion = await app.Anonymous.GetJson("/v1/resolutions/es-11-motion-2022-10-10/tally");
        motion.Text("sentence").ShouldBe("107 of 120 present and voting; a simple majority was 61.");
    }

    [Test]
    public async Task ES_10_21_keeps_both_totals_the_names_and_the_announced_ones()
    {
        using var app = new App();
        var rollCall = await app.Anonymous.GetJson("/v1/resolutions/es-10-21/roll-call");
        Three(rollCall["totals"]!).ShouldBe((120, 14, 45));
        Three(rollCall["announced"]!).ShouldBe((121, 14, 44));
        var remark = rollCall["remarks"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>();
        remark.ShouldContain("120-14-45");
        remark.ShouldContain("121-14-44");
        var others = RecordedTotals.OfRollCalls.Where(r => r.Id != "es-10-21").Select(r => r.Id).ToList();
        foreach (var id in others)
        {
            var text = (await app.Anonymous.GetJson($"/v1/resolutions/{id}/roll-call"))["remarks"]!.ToJsonString();
            text.ShouldNotContain("announced totals", customMessage: id);
        }
    }

    [Test]
    public async Task A_name_in_the_roll_call_is_a_member_even_if_its_seat_changed()
    {
        using var app = new App();
        var rollCall = await app.Anonymous.GetJson("/v1/resolutions/es-10-2/roll-call");
        rollCall["votes"]!.AsArray().Single(v => v!.Text("memberState") == "YUG")!.Text("vote").ShouldBe("non-voting");
    }

    [Test]
    public async Task The_record_is_known_from_the_day_after_the_vote()
    {
        using var app = new App();
        var known = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/tally?asOf=2025-06-13T04:00:00Z");
        known.Int("yes").ShouldBe(149);
        using var before = await app.Anonymous.GetAsync(
            "/v1/resolutions/es-10-27/tally?asOf=2025-06-13T03:59:59.999999Z"
        );
        await before.ShouldBeProblem(404);
        using var breakdown = await app.Anonymous.GetAsync(
            "/v1/resolutions/es-10-27/breakdown?asOf=2025-06-13T03:59:59Z"
        );
        await breakdown.ShouldBeProblem(404);
    }

    private static (int, int, int) Three(JsonNode totals) =>
        (totals.Int("yes"), totals.Int("no"), totals.Int("abstain"));

    private static (int? Abstain, int? NonVoting) Counts(JsonNode tally) =>
        (tally.IntOrNull("abstain"), tally.IntOrNull("absent"));

    private static void ShouldCount(JsonNode tally, RecordedTotals expected, string basis)
    {
        tally.Text("basis").ShouldBe(basis, expected.Id);
        tally.Text("rule").ShouldBe(expected.Rule, expected.Id);
        tally.Int("yes").ShouldBe(expected.Yes, expected.Id);
        tally.Int("no").ShouldBe(expected.No, expected.Id);
        (tally.Int("undecided"), tally.Int("unknown"), tally.Int("ineligible")).ShouldBe((0, 0, 0), expected.Id);
        (tally.Int("members"), tally.Int("eligible")).ShouldBe((expected.Members, expected.Members), expected.Id);
        var voting = expected.Yes + expected.No;
        tally.Int("presentAndVoting").ShouldBe(voting, expected.Id);
        tally.Int("margin").ShouldBe(expected.TwoThirds ? expected.Yes - 2 * expected.No : expected.Yes - expected.No);
        var required = tally.Int("required");
        if (expected.TwoThirds)
        {
            (3 * required >= 2 * voting && 3 * (required - 1) < 2 * voting).ShouldBeTrue(expected.Id);
        }
        else
        {
            (2 * required > voting && 2 * (required - 1) <= voting).ShouldBeTrue(expected.Id);
        }
        tally.Flag("reached").ShouldBe(expected.Yes >= required, expected.Id);
        tally["quorum"]!.Field("met").ShouldBeNull(expected.Id);
        tally["quorum"]!.Int("required").ShouldBe(expected.Members / 2 + 1);
    }
}
