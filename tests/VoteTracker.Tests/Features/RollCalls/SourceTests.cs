using VoteTracker.Tests.Features.Exports;
using VoteTracker.Tests.Features.Imports;

namespace VoteTracker.Tests.Features.RollCalls;

/// <summary>The record is only the UN's record: roll calls of a campaign are marked and separate.</summary>
[EveryEngine]
public sealed class SourceTests
{
    [Test]
    public async Task A_roll_call_of_the_campaign_is_in_no_collection_of_the_record_unless_requested()
    {
        using var app = new App();
        var forecasted = await app.OpenDraft(symbol: "A/ES-10/L.99");
        var before = await Collections(app, forecasted, "");
        before.ShouldBe(await Collections(app, forecasted, "source=library"));
        before.ShouldBe(await Collections(app, forecasted, "source=all"), "there is none of the campaign yet");
        var id = await app.OpenDraft();
        await app.Enter(id, ("ZAF", "yes"), ("NAM", "no"));
        (await Collections(app, forecasted, "")).ShouldBe(before);
        var all = await Collections(app, forecasted, "source=all");
        foreach (var (with, without) in all.Zip(before))
        {
            with.Path.ShouldBe(without.Path);
            with.Body.ShouldNotBe(without.Body, with.Path);
        }
        // Its own tally, breakdown and roll call are public, and its status is decided.
        (await app.Anonymous.GetJson($"/v1/resolutions/{id}/tally"))
            .Int("yes")
            .ShouldBe(1);
        (await app.Anonymous.GetJson($"/v1/resolutions/{id}/breakdown"))["rows"]!
            .AsArray()
            .Sum(row => row!.Int("absent"))
            .ShouldBe(191);
        (await app.Anonymous.GetJson($"/v1/resolutions/{id}")).Text("status").ShouldBe("not-adopted");
    }

    [Test]
    public async Task Every_row_and_every_roll_call_names_its_source()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var unrecorded = await app.OpenDraft(symbol: "A/ES-10/L.35");
        await app.Enter(id, ("ZAF", "yes"));
        foreach (var (resolution, source) in ((string, string)[])[(id, "campaign"), ("es-10-27", "library")])
        {
            var path = $"/v1/resolutions/{resolution}";
            (await app.Anonymous.GetJson($"{path}/roll-call")).Text("source").ShouldBe(source);
            (await app.Anonymous.GetJson($"{path}/roll-call/popolo"))["sources"]!
                .AsArray()
                .Count.ShouldBe(source == "library" ? 1 : 0);
            (await app.Anonymous.GetJson($"{path}/cohesion?source=all")).Text("source").ShouldBe(source);
            var rows = (await Exported.Csv(app.Anonymous, $"{path}/export/roll-call.csv")).Rows;
            rows.Count.ShouldBe(193);
            rows.ShouldAllBe(r => r["source"] == source);
            foreach (var table in (string[])["roll-calls", "resolutions"])
            {
                (await Exported.Csv(app.Anonymous, $"/v1/export/{table}.csv?source=all"))
                    .Rows.Where(r => r["resolution"] == resolution)
                    .Select(r => r["source"])
                    .Distinct()
                    .ShouldBe([source], table);
            }
        }
        var votes = await app.Anonymous.GetItems("/v1/member-states/ZAF/votes?source=all&limit=2");
        votes.Select(v => v.Text("source")).ShouldBe(["campaign", "library"]);
        var columns = (await Exported.Csv(app.Anonymous, "/v1/export/matrix.csv?source=all")).Header;
        columns.ShouldContain($"{id}_campaign");
        columns.ShouldNotContain(id);
        columns.ShouldContain("es-10-27");
        var json = (await app.Anonymous.GetJson("/v1/export/matrix.json?source=all")).AsArray();
        json.Single(r => r!.Text("iso3") == "ZAF")!["votes"]![$"{id}_campaign"]!.GetValue<string>().ShouldBe("yes");
        var own = await Exported.Csv(app.Anonymous, "/v1/export/resolutions.csv?source=all");
        own.Rows.ShouldNotContain(r => r["resolution"] == unrecorded);
    }

    [Test]
    public async Task Cohesion_of_a_roll_call_of_the_campaign_needs_the_source_named()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Enter(id, ("ZAF", "yes"));
        using var refused = await app.Anonymous.GetAsync($"/v1/resolutions/{id}/cohesion");
        (await refused.ShouldBeProblem(404)).Text("detail")!.ShouldContain("source=all");
        // A roll call of the campaign does not replace the Library's in reads of the record.
        var library = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/cohesion");
        await app.Enter("es-10-27", "2025-06-12", ("ZAF", "no"));
        var still = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/cohesion");
        (still.Text("source"), still["assembly"]!.ToJsonString()).ShouldBe(
            ("library", library["assembly"]!.ToJsonString())
        );
        var all = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/cohesion?source=all");
        (all.Text("source"), all["assembly"]!.Int("no")).ShouldBe(("campaign", 1));
    }

    [AnyEngine]
    [TestCase("/v1/agreement?a=ZAF&source=campaign")]
    [TestCase("/v1/member-states/ZAF/votes?source=both")]
    [TestCase("/v1/export/matrix.csv?source=All")]
    [TestCase("/v1/export.zip?source=")]
    [TestCase("/v1/resolutions/es-10-27/cohesion?source=x")]
    public async Task A_source_that_is_none_is_a_400(string path)
    {
        using var app = new App();
        using var answer = await app.Anonymous.GetAsync(path);
        await answer.ShouldBeProblem(400, "source");
    }

    [Test]
    public async Task The_Librarys_roll_call_counts_when_it_is_imported_and_the_differences_are_reported()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        var id = await app.OpenDraft(new { id = "78-7", session = "es-10" }, "A/78/L.5");
        await app.Enter(id, "2023-11-03", ("ZAF", "yes"), ("USA", "yes"));
        var entered = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromHours(1));
        var report = await coordinator.Imported(new VotingFile());
        report["leftToUsers"]!.AsArray().Select(l => l!.GetValue<string>()).ShouldBe(["78-7"]);
        var replaced = report["replacedRollCalls"]!.AsArray().ShouldHaveSingleItem()!;
        replaced.Text("resolution").ShouldBe("78-7");
        var differences = replaced["differences"]!.AsArray().Select(d => d!.GetValue<string>()).ToList();
        differences.ShouldContain("The day is 2023-11-02; the campaign entered 2023-11-03.");
        differences.ShouldContain("USA is no; the campaign entered yes.");
        differences.ShouldNotContain(d => d.StartsWith("ZAF"));
        report.Text("summary")!.ShouldContain("roll call");

        // The Library's roll call counts everywhere. The resolution stays the campaign's, and both roll calls stay.
        var rollCall = await app.Anonymous.GetJson("/v1/resolutions/78-7/roll-call");
        (rollCall.Text("source"), rollCall["totals"]!.Int("yes"), rollCall.Text("status")).ShouldBe(
            ("library", 187, "adopted")
        );
        (await app.Anonymous.GetJson("/v1/resolutions/78-7")).Text("title").ShouldBe("A draft");
        (await Exported.Csv(app.Anonymous, "/v1/export/matrix.csv")).Header.ShouldContain("78-7");
        var both = await Exported.Csv(app.Anonymous, "/v1/export/resolutions.csv?source=all");
        both.Rows.Where(r => r["resolution"] == "78-7")
            .Select(r => r["source"])
            .ShouldBeInAnyOrder(["library", "campaign"]);
        (await Exported.Csv(app.Anonymous, "/v1/export/matrix.csv?source=all")).Header.ShouldContain("78-7_campaign");
        (await app.Anonymous.GetItems("/v1/member-states/ZAF/votes?source=all&from=2023-11-01&to=2023-11-30"))
            .Count(v => v.Text("resolution") == "78-7")
            .ShouldBe(1);
        var then = await app.Viewer.GetJson($"/v1/resolutions/78-7/tally?asOf={entered.Iso()}");
        then.Int("yes").ShouldBe(2);

        // The same file again changes nothing; without the campaign's roll call the Library's still counts.
        (await coordinator.Imported(new VotingFile()))
            .Flag("changedNothing")
            .ShouldBe(true);
        using var removed = await coordinator.Send(HttpMethod.Delete, "/v1/resolutions/78-7/roll-call");
        ((int)removed.StatusCode).ShouldBe(204, await removed.Content.ReadAsStringAsync());
        rollCall = await app.Anonymous.GetJson("/v1/resolutions/78-7/roll-call");
        (rollCall.Text("source"), rollCall.Text("status"), rollCall.Text("recordedOn")).ShouldBe(
            ("library", "adopted", "2023-11-02")
        );
    }

    [Test]
    public async Task A_roll_call_without_a_quorum_or_with_few_names_gets_a_remark()
    {
        using var app = new App();
        var few = await app.OpenDraft();
        await app.Enter(few, ("ZAF", "yes"), ("NAM", "no"));
        (await Remarks(few)).ShouldBe([
            "Only 2 of 193 members were named, fewer than two thirds.",
            "Only 2 of 193 members voted or abstained; a decision needs 97 present (rule 67).",
        ]);
        var most = await app.OpenDraft(symbol: "A/ES-10/L.35");
        var members = (await app.Anonymous.GetItems("/v1/member-states?limit=1000"))
            .Where(m => m.Text("kind") == "member")
            .Select(m => m.Text("iso3")!)
            .ToList();
        await app.Enter(most, [.. members.Take(129).Select(iso3 => (iso3, "yes"))]);
        (await Remarks(most)).ShouldBeEmpty();
        var silent = await app.OpenDraft(symbol: "A/ES-10/L.36");
        await app.Enter(silent, [.. members.Select((iso3, i) => (iso3, i < 96 ? "abstain" : "non-voting"))]);
        (await Remarks(silent)).ShouldHaveSingleItem().ShouldContain("96 of 193");
        (await Remarks("es-10-27")).ShouldBeEmpty();

        async Task<List<string>> Remarks(string id) =>
            [
                .. (await app.Anonymous.GetJson($"/v1/resolutions/{id}/roll-call"))["remarks"]!
                    .AsArray()
                    .Select(r => r!.GetValue<string>()),
            ];
    }

    // All data computed from the whole record, as text. The number of roll calls identifies a forecast.
    private static async Task<List<(string Path, string Body)>> Collections(App app, string draft, string query)
    {
        var read = new List<(string, string)>();
        foreach (
            var path in (string[])
                [
                    "/v1/export/roll-calls.csv",
                    "/v1/export/matrix.csv",
                    "/v1/export/resolutions.csv",
                    "/v1/agreement?a=ZAF&b=NAM",
                    "/v1/member-states/ZAF/votes?limit=1000",
                    $"/v1/resolutions/{draft}/forecast",
                ]
        )
        {
            var asked =
                query.Length == 0 ? path
                : path.Contains('?', StringComparison.Ordinal) ? $"{path}&{query}"
                : $"{path}?{query}";
            var body = await app.Viewer.GetStringAsync(asked);
            read.Add((path, body.Replace("\"source\":\"all\",", "\"source\":\"library\",", StringComparison.Ordinal)));
        }
        return read;
    }
}
