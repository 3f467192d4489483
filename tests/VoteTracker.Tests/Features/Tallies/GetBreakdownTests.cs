using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.Tallies;

[EveryEngine]
public sealed class GetBreakdownTests
{
    private static readonly string[] Regional =
    [
        "african-states",
        "asia-pacific-states",
        "eastern-european-states",
        "latin-american-and-caribbean-states",
        "western-european-and-other-states",
        "none",
    ];

    [Test]
    public async Task The_regional_groups_and_none_add_up_to_the_tally()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { baseline = "es-10-27" });
        await app.Lobbyist.RecordStance(id, "ZAF", "absent");
        await app.Lobbyist.RecordStance(id, "FRA", "undecided");
        using var entered = await app.Coordinator.Put(
            "/v1/member-states/VEN/ineligibility",
            new { from = "2026-11-01", reason = "article-19" }
        );
        entered.IsSuccessStatusCode.ShouldBeTrue();
        foreach (var state in (string[])["ESP", "PSE"])
        {
            using var signed = await app.Lobbyist.Put(
                $"/v1/resolutions/{id}/co-sponsors/{state}",
                new { status = "signed", role = "main" }
            );
            signed.IsSuccessStatusCode.ShouldBeTrue(await signed.Content.ReadAsStringAsync());
        }
        var tally = await app.Viewer.GetJson($"/v1/resolutions/{id}/tally");
        (tally.Int("absent"), tally.Int("undecided"), tally.Int("ineligible"), tally.Int("coSponsors")).ShouldBe(
            (1, 1, 1, 2)
        );
        var breakdown = await app.Viewer.GetJson($"/v1/resolutions/{id}/breakdown");
        breakdown.Text("by").ShouldBe("regional-group");
        breakdown.Text("groupsAsOf").ShouldBe("2026-11-01");
        var rows = Rows(breakdown);
        rows.Select(r => r.Text("group")).ShouldBe(Regional);
        foreach (
            var column in (string[])
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
                    "coSponsors",
                    "presentAndVoting",
                ]
        )
        {
            rows.Sum(r => r.Int(column)).ShouldBe(tally.Int(column), column);
        }
        var none = rows.Single(r => r.Text("group") == "none");
        (none.Int("members"), none.Int("coSponsors")).ShouldBe((0, 1), "the observer that co-sponsors");
        none.Field("yesShare").ShouldBeNull();
        var african = rows[0];
        (african.Int("members"), african.Int("absent")).ShouldBe((54, 1));
        african["yesShare"]!
            .GetValue<decimal>()
            .ShouldBe(
                Math.Round(
                    (decimal)african.Int("yes") / african.Int("presentAndVoting"),
                    4,
                    MidpointRounding.AwayFromZero
                )
            );
    }

    [Test]
    public async Task A_breakdown_by_one_bloc_has_a_row_for_it_and_one_for_all_others()
    {
        using var app = new App();
        var rows = Rows(await app.Anonymous.GetJson("/v1/resolutions/es-10-27/breakdown?by=nam"));
        rows.Select(r => r.Text("group")).ShouldBe(["nam", "none"]);
        (rows[0].Int("yes") + rows[1].Int("yes"), rows[0].Int("members") + rows[1].Int("members")).ShouldBe((149, 193));
        rows[0].Int("members").ShouldBeInRange(115, 125);
    }

    [Test]
    public async Task A_breakdown_by_bloc_has_overlapping_rows()
    {
        using var app = new App();
        var rows = Rows(await app.Anonymous.GetJson("/v1/resolutions/es-10-27/breakdown?by=bloc"));
        rows.Count.ShouldBe(34);
        rows.Select(r => r.Text("group")).ShouldNotContain("none");
        var nam = Rows(await app.Anonymous.GetJson("/v1/resolutions/es-10-27/breakdown?by=nam"))[0];
        rows.Single(r => r.Text("group") == "nam").ToJsonString().ShouldBe(nam.ToJsonString());
        rows.Sum(r => r.Int("members")).ShouldBeGreaterThan(193);
    }

    [TestCase("2020-01-31", 28)]
    [TestCase("2020-02-01", 27)]
    public async Task A_membership_with_dates_follows_the_day_of_the_vote(string voteOn, int members)
    {
        using var app = new App();
        var id = await app.OpenDraft(new { voteOn });
        Rows(await app.Viewer.GetJson($"/v1/resolutions/{id}/breakdown?by=european-union"))[0]
            .Int("members")
            .ShouldBe(members);
    }

    [Test]
    public async Task Accept_selects_CSV_which_has_another_ETag()
    {
        using var app = new App();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/resolutions/es-10-27/breakdown");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        using var accepted = await app.Anonymous.SendAsync(request);
        accepted.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        using var ending = await app.Anonymous.GetAsync("/v1/resolutions/es-10-27/breakdown.csv");
        (await ending.Content.ReadAsStringAsync()).ShouldBe(await accepted.Content.ReadAsStringAsync());
        using var json = await app.Anonymous.GetAsync("/v1/resolutions/es-10-27/breakdown");
        json.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        ending.ETag().ShouldBe(accepted.ETag());
        ending.ETag().ShouldNotBe(json.ETag());
        json.Headers.Vary.ShouldContain("Accept");
    }

    [Test]
    public async Task In_CSV_a_null_is_an_empty_field()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        await app.Lobbyist.RecordStance(id, "EGY", "yes");
        await app.Lobbyist.RecordStance(id, "KEN", "no");
        var csv = await app.Viewer.GetStringAsync($"/v1/resolutions/{id}/breakdown.csv");
        var lines = csv.Split("\r\n");
        lines.Length.ShouldBe(8, "a header, six rows, and the end of the last line");
        lines[1].ShouldBe("regional-group,african-states,54,54,2,1,0,0,0,51,0,0,3,0.6667");
        lines[6].ShouldBe("regional-group,none,0,0,0,0,0,0,0,0,0,0,0,");
        lines[7].ShouldBe("");
    }

    [Test]
    public async Task If_only_totals_are_recorded_the_counts_of_groups_are_null()
    {
        using var app = new App();
        var rows = Rows(await app.Anonymous.GetJson("/v1/resolutions/es-10-l-26/breakdown"));
        rows.Count.ShouldBe(6);
        rows.Sum(r => r.Int("members")).ShouldBe(193);
        rows.ShouldAllBe(r =>
            r.Field("yes") == null && r.Field("presentAndVoting") == null && r.Field("yesShare") == null
        );
        var csv = await app.Anonymous.GetStringAsync("/v1/resolutions/es-10-l-26/breakdown.csv");
        csv.Split("\r\n")[1].ShouldBe("regional-group,african-states,54,,,,,,,,,0,,");
    }

    [Test]
    public async Task An_unknown_grouping_is_a_400()
    {
        using var app = new App();
        foreach (var by in (string[])["martians", "", "Nam", "none", "nam&by=g77"])
        {
            using var answer = await app.Anonymous.GetAsync($"/v1/resolutions/es-10-27/breakdown?by={by}");
            ((int)answer.StatusCode).ShouldBe(400, by);
            await answer.ShouldBeProblem(400, "by");
        }
    }

    private static List<JsonNode> Rows(JsonNode breakdown) => [.. breakdown["rows"]!.AsArray().Select(r => r!)];
}
