using System.Text.Json.Nodes;
using VoteTracker.Tests.Features.Exports;
using VoteTracker.Tests.Features.Imports;

namespace VoteTracker.Tests.Features.RollCalls;

/// <summary>The record is only the UN's record: what a campaign enters is marked and kept apart.</summary>
[EveryEngine]
public sealed class SourceTests
{
    [Test]
    public async Task A_roll_call_of_the_campaign_is_in_no_collection_of_the_record_unless_it_is_asked_for()
    {
        using var app = new App();
        var forecasted = await app.OpenDraft(symbol: "A/ES-10/L.99");
        var before = await Collections(app, forecasted, "");
        before.ShouldBe(await Collections(app, forecasted, "source=library"));
        before.ShouldBe(await Collections(app, forecasted, "source=all"), "there is none of the campaign yet");
        var id = await app.OpenDraft();
        await Record(app, id, ("ZAF", "yes"), ("NAM", "no"));
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
        await Record(app, id, ("ZAF", "yes"));
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
        await Record(app, id, ("ZAF", "yes"));
        using var refused = await app.Anonymous.GetAsync($"/v1/resolutions/{id}/cohesion");
        (await refused.ShouldBeProblem(404)).Text("detail")!.ShouldContain("source=all");
        // One that the campaign entered beside the Library's leaves the Library's where the record is read.
        var library = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/cohesion");
        await Record(app, "es-10-27", "2025-06-12", ("ZAF", "no"));
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
    public async Task A_removed_roll_call_leaves_the_stances_to_count_and_stays_in_the_past()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { status = "tabled", voteOn = "2026-12-10" });
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        app.Clock.Advance(TimeSpan.FromHours(1));
        await Record(app, id, ("ZAF", "no"));
        await Record(app, id, ("ZAF", "no"), ("NAM", "no"));
        var recorded = app.Clock.GetUtcNow();
        var then = await app.Viewer.GetStringAsync($"/v1/resolutions/{id}/export/roll-call.csv?asOf={recorded.Iso()}");
        var package = await app.Viewer.GetByteArrayAsync($"/v1/resolutions/{id}/export.zip?asOf={recorded.Iso()}");
        var record = await app.Viewer.GetStringAsync($"/v1/export/matrix.csv?source=all&asOf={recorded.Iso()}");
        app.Clock.Advance(TimeSpan.FromHours(1));

        var path = $"/v1/resolutions/{id}/roll-call";
        using var lobbyist = await app.Lobbyist.Send(HttpMethod.Delete, path);
        await lobbyist.ShouldBeProblem(403);
        using var blind = await app.Coordinator.Send(HttpMethod.Delete, path, ifMatch: null);
        await blind.ShouldBeProblem(428);
        using var old = await app.Coordinator.Send(HttpMethod.Delete, path, ifMatch: "\"2\"");
        await old.ShouldBeProblem(412);
        using var removed = await app.Coordinator.Send(HttpMethod.Delete, path, ifMatch: "\"4\"");
        ((int)removed.StatusCode).ShouldBe(204, await removed.Content.ReadAsStringAsync());
        removed.Headers.ETag!.Tag.ShouldBe("\"5\"");

        var resolution = await app.Viewer.GetJson($"/v1/resolutions/{id}");
        (resolution.Text("status"), resolution.Text("voteOn"), resolution.Text("basis")).ShouldBe(
            ("tabled", "2026-12-10", "stances")
        );
        var tally = await app.Viewer.GetJson($"/v1/resolutions/{id}/tally");
        (tally.Text("basis"), tally.Int("yes"), tally.Int("no"), tally.Int("version")).ShouldBe(("stances", 1, 0, 5));
        using var gone = await app.Viewer.GetAsync(path);
        await gone.ShouldBeProblem(404);
        using var hidden = await app.Anonymous.GetAsync($"/v1/resolutions/{id}");
        await hidden.ShouldBeProblem(404);
        using var again = await app.Coordinator.Send(HttpMethod.Delete, path);
        await again.ShouldBeProblem(404);
        (await app.Viewer.GetItems("/v1/member-states/ZAF/votes?source=all&limit=1"))[0]
            .Text("source")
            .ShouldBe("library");
        // The stances can be recorded again.
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.Lobbyist.RecordStance(id, "ZAF", "abstain");

        (await app.Viewer.GetStringAsync($"/v1/resolutions/{id}/export/roll-call.csv?asOf={recorded.Iso()}")).ShouldBe(
            then
        );
        (await app.Viewer.GetByteArrayAsync($"/v1/resolutions/{id}/export.zip?asOf={recorded.Iso()}")).ShouldBe(
            package
        );
        (await app.Viewer.GetStringAsync($"/v1/export/matrix.csv?source=all&asOf={recorded.Iso()}")).ShouldBe(record);
        var points = await app.Viewer.GetItems($"/v1/resolutions/{id}/tally/timeline");
        points
            .Select(p => $"{p.Text("basis")} {p.Int("yes")}-{p.Int("no")}-{p.Int("abstain")}")
            .ShouldBe(["stances 1-0-0", "recorded-votes 0-2-0", "stances 1-0-0", "stances 0-0-1"]);
        foreach (var point in points)
        {
            var asOf = await app.Viewer.GetJson($"/v1/resolutions/{id}/tally?asOf={point.Text("asOf")}");
            asOf.ToJsonString().ShouldBe(point.ToJsonString());
        }
        var diff = await app.Viewer.GetJson($"/v1/resolutions/{id}/diff?from={recorded.Iso()}");
        diff["moves"]!.AsArray().ShouldNotBeEmpty();
    }

    [Test]
    public async Task The_Librarys_roll_call_cannot_be_removed_and_counts_again_without_the_campaigns()
    {
        using var app = new App();
        var before = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/roll-call");
        using var refused = await app.Coordinator.Send(HttpMethod.Delete, "/v1/resolutions/es-10-27/roll-call");
        await refused.ShouldBeProblem(409);
        await Record(app, "es-10-27", "2025-06-12", ("ZAF", "no"));
        (await app.Anonymous.GetJson("/v1/resolutions/es-10-27/roll-call")).Text("source").ShouldBe("campaign");
        (await app.Anonymous.GetJson("/v1/resolutions/es-10-27")).Text("status").ShouldBe("not-adopted");
        using var removed = await app.Coordinator.Send(HttpMethod.Delete, "/v1/resolutions/es-10-27/roll-call");
        ((int)removed.StatusCode).ShouldBe(204);
        var after = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/roll-call");
        (after.Text("source"), after.Text("status")).ShouldBe(("library", "adopted"));
        after["totals"]!.ToJsonString().ShouldBe(before["totals"]!.ToJsonString());
    }

    [Test]
    public async Task The_Librarys_roll_call_counts_when_it_is_imported_and_the_differences_are_reported()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        var id = await app.OpenDraft(new { id = "78-7", session = "es-10" }, "A/78/L.5");
        await Record(app, id, "2023-11-03", ("ZAF", "yes"), ("USA", "yes"));
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

        // The Library's counts, everywhere; the text stays the campaign's, and both roll calls are kept.
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
        await Record(app, few, ("ZAF", "yes"), ("NAM", "no"));
        (await Remarks(few)).ShouldBe([
            "Only 2 of 193 members were named, fewer than two thirds.",
            "Only 2 of 193 members voted or abstained; a decision needs 97 present (rule 67).",
        ]);
        var most = await app.OpenDraft(symbol: "A/ES-10/L.35");
        var members = (await app.Anonymous.GetItems("/v1/member-states?limit=1000"))
            .Where(m => m.Text("kind") == "member")
            .Select(m => m.Text("iso3")!)
            .ToList();
        await Record(app, most, [.. members.Take(129).Select(iso3 => (iso3, "yes"))]);
        (await Remarks(most)).ShouldBeEmpty();
        var silent = await app.OpenDraft(symbol: "A/ES-10/L.36");
        await Record(app, silent, [.. members.Select((iso3, i) => (iso3, i < 96 ? "abstain" : "non-voting"))]);
        (await Remarks(silent)).ShouldHaveSingleItem().ShouldContain("96 of 193");
        (await Remarks("es-10-27")).ShouldBeEmpty();

        async Task<List<string>> Remarks(string id) =>
            [
                .. (await app.Anonymous.GetJson($"/v1/resolutions/{id}/roll-call"))["remarks"]!
                    .AsArray()
                    .Select(r => r!.GetValue<string>()),
            ];
    }

    // Everything that is made of the whole record, as text; the count of roll calls tells a forecast from another.
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

    private static Task Record(App app, string id, params (string Iso3, string Vote)[] votes) =>
        Record(app, id, "2026-11-21", votes);

    private static async Task Record(App app, string id, string day, params (string Iso3, string Vote)[] votes)
    {
        using var answer = await app.Coordinator.Put(
            $"/v1/resolutions/{id}/roll-call?missing=non-voting",
            new JsonObject
            {
                ["recordedOn"] = day,
                ["votes"] = new JsonArray([
                    .. votes.Select(v => new JsonObject { ["memberState"] = v.Iso3, ["vote"] = v.Vote }),
                ]),
            }
        );
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
