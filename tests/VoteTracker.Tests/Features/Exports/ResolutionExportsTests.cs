namespace VoteTracker.Tests.Features.Exports;

[EveryEngine]
public sealed class ResolutionExportsTests
{
    [Test]
    public async Task The_breakdown_adds_up_to_the_tally_before_and_after_the_vote()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { baseline = "es-10-27" });
        await app.Lobbyist.RecordStance(id, "ZAF", "absent");
        var path = $"/v1/resolutions/{id}/export/breakdown.csv";
        var before = await Exported.Csv(app.Viewer, path);
        await AddsUp("", "yes", "no", "abstain", "absent", "undecided", "unknown", "ineligible", "eligible");
        before.Rows.ShouldAllBe(r => r["basis"] == "stances" && r["recorded_yes"].Length == 0);
        var moment = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromHours(1));
        using var recorded = await app.Coordinator.Put(
            $"/v1/resolutions/{id}/roll-call?missing=non-voting",
            new { recordedOn = "2026-11-21", votes = new[] { new { memberState = "NOR", vote = "no" } } }
        );
        recorded.EnsureSuccessStatusCode();

        await AddsUp("recorded_", "yes", "no", "abstain");
        var after = await Exported.Csv(app.Viewer, path);
        after.Rows.ShouldAllBe(r => r["basis"] == "recorded-votes" && r["yes"].Length == 0);
        after.Rows.Sum(r => Number(r, "recorded_non_voting")).ShouldBe(192);
        var then = await Exported.Csv(app.Viewer, $"{path}?asOf={moment.Iso()}");
        then.Rows.ShouldBe(before.Rows);

        async Task AddsUp(string prefix, params string[] columns)
        {
            var tally = await app.Viewer.GetJson($"/v1/resolutions/{id}/tally");
            var rows = (await Exported.Csv(app.Viewer, path)).Rows;
            rows.Count.ShouldBe(6);
            foreach (var column in columns)
            {
                rows.Sum(r => Number(r, prefix + column)).ShouldBe(tally.Int(column), column);
            }
        }
    }

    [TestCase("", "regional-group", 6)]
    [TestCase("?by=bloc", "bloc", 34)]
    [TestCase("?by=nam", "nam", 2)]
    public async Task The_breakdown_is_by_any_group_scheme(string query, string scheme, int rows)
    {
        using var app = new App();
        var breakdown = await Exported.Csv(app.Anonymous, $"/v1/resolutions/es-10-27/export/breakdown.csv{query}");
        breakdown.Rows.Count.ShouldBe(rows);
        breakdown.Rows.ShouldAllBe(r => r["group_scheme"] == scheme && r["resolution"] == "es-10-27");
        if (scheme != "bloc")
        {
            breakdown.Rows.Sum(r => Number(r, "recorded_yes")).ShouldBe(149);
        }
        using var wrong = await app.Anonymous.GetAsync("/v1/resolutions/es-10-27/export/breakdown?by=nowhere");
        await wrong.ShouldBeProblem(400, "by");
    }

    [Test]
    public async Task The_co_sponsors_are_all_states_that_can_be()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "tally" });
        await Sponsor(app, id, "NOR", "approached");
        await Sponsor(app, id, "PSE", "signed");
        var moment = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromHours(1));
        await Sponsor(app, id, "NOR", "signed");
        var path = $"/v1/resolutions/{id}/export/co-sponsors.csv";

        var now = await Exported.Csv(app.Viewer, path);
        var then = await Exported.Csv(app.Viewer, $"{path}?asOf={moment.Iso()}");
        var shown = await Exported.Csv(app.Anonymous, path);

        now.Rows.Count.ShouldBe(195);
        now.Rows.Select(r => r["iso3"]).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
        Statuses(now).ShouldBe(["NOR signed lobbyist", "PSE signed lobbyist"]);
        Statuses(then).ShouldBe(["NOR approached lobbyist", "PSE signed lobbyist"]);
        Statuses(shown).ShouldBe(["NOR signed ", "PSE signed "]);
        now.Row("iso3", "PSE")["un_name"].ShouldBe("State of Palestine");
        using var gone = await app.Lobbyist.Send(HttpMethod.Delete, $"/v1/resolutions/{id}/co-sponsors/NOR");
        gone.EnsureSuccessStatusCode();
        app.Clock.Advance(TimeSpan.FromHours(1));
        Statuses(await Exported.Csv(app.Viewer, $"{path}?asOf={app.Clock.GetUtcNow().Iso()}"))
            .ShouldBe(["PSE signed lobbyist"]);

        static IEnumerable<string> Statuses(Exported table) =>
            table.Rows.Where(r => r["status"].Length > 0).Select(r => $"{r["iso3"]} {r["status"]} {r["changed_by"]}");
    }

    [Test]
    public async Task The_history_is_every_change_and_coordinators_see_who()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "SWE", "undecided", "leaning", "call");
        await app.Lobbyist.RecordStance(id, "NOR", "yes");
        var moment = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.Lobbyist.RecordStance(id, "SWE", "no");
        using var gone = await app.Lobbyist.Send(HttpMethod.Delete, $"/v1/resolutions/{id}/stances/NOR");
        gone.EnsureSuccessStatusCode();
        var path = $"/v1/resolutions/{id}/export/history.csv";

        var all = await Exported.Csv(app.Coordinator, path);
        Moves(all)
            .ShouldBe([
                "SWE 2 unknown>undecided >leaning lobbyist",
                "NOR 3 unknown>yes >confirmed lobbyist",
                "SWE 4 undecided>no leaning>confirmed lobbyist",
                "NOR 5 yes>unknown confirmed> lobbyist",
            ]);
        Moves(await Exported.Csv(app.Lobbyist, path)).ShouldBe(Moves(all).Select(m => m.Replace("lobbyist", "")));
        Moves(await Exported.Csv(app.Coordinator, $"{path}?asOf={moment.Iso()}"))
            .ShouldBe(["SWE 2 unknown>undecided >leaning lobbyist", "NOR 3 unknown>yes >confirmed lobbyist"]);

        static IEnumerable<string> Moves(Exported table) =>
            table.Rows.Select(r =>
                $"{r["iso3"]} {r["version"]} {r["from_position"]}>{r["to_position"]} {r["from_certainty"]}>{r["to_certainty"]} {r["changed_by"]}"
            );
    }

    [Test]
    public async Task A_history_of_more_than_a_page_is_whole()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "NOR", "yes");
        Databases.Execute(
            app.Folder,
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000)
            INSERT INTO stance_change (
                resolution, member_state, version, replaced, position, certainty, evidence, changed_at, changed_by
            )
            SELECT resolution, CASE WHEN i % 3 = 0 THEN 'SWE' ELSE 'NOR' END, 2 + i,
                COALESCE(LAG(2 + i) OVER (PARTITION BY i % 3 = 0 ORDER BY i), CASE WHEN i = 3 THEN 0 ELSE 2 END),
                CASE WHEN i % 2 = 0 THEN 'yes' ELSE 'no' END, 'likely', 'call', changed_at, changed_by
            FROM stance_change, n WHERE version = 2
            """
        );
        var rows = (await Exported.Csv(app.Coordinator, $"/v1/resolutions/{id}/export/history.csv")).Rows;
        rows.Count.ShouldBe(12_001);
        rows.Select(r => Number(r, "version")).ShouldBe(Enumerable.Range(2, 12_001));
        foreach (var changes in rows.GroupBy(r => r["iso3"]))
        {
            changes
                .Select(r => r["from_position"])
                .ShouldBe(changes.Select(r => r["to_position"]).SkipLast(1).Prepend("unknown"));
        }
    }

    [Test]
    public async Task The_roll_call_has_each_name_in_three_codings()
    {
        using var app = new App();
        var path = "/v1/resolutions/es-10-27/export/roll-call.csv";
        var rollCall = await Exported.Csv(app.Anonymous, path);
        rollCall.Rows.Count.ShouldBe(193);
        rollCall
            .Rows.CountBy(r => $"{r["vote"]} {r["vote_undl"]} {r["vote_voeten"]}")
            .ToDictionary()
            .ShouldBeInAnyOrder(
                new Dictionary<string, int>
                {
                    ["yes Y 1"] = 149,
                    ["no N 3"] = 12,
                    ["abstain A 2"] = 19,
                    ["non-voting X 8"] = 13,
                }
            );
        rollCall.Rows.ShouldAllBe(r => r["voted_on"] == "2025-06-12" && r["symbol"] == "A/RES/ES-10/27");
        // Known from the day after the vote in New York.
        using var before = await app.Anonymous.GetAsync($"{path}?asOf=2025-06-13T03:59:59Z");
        await before.ShouldBeProblem(404);
        (await Exported.Csv(app.Anonymous, $"{path}?asOf=2025-06-13T04:00:00Z")).Rows.ShouldBe(rollCall.Rows);
    }

    [Test]
    public async Task A_member_that_the_roll_call_lacks_is_in_it_as_no_member()
    {
        using var app = new App();
        // Only its roll call has Yugoslavia on that day. The test removes a member from one that is recorded.
        Databases.Execute(
            app.Folder,
            "UPDATE roll_call SET names = REPLACE(names, 'NORy ', '') WHERE resolution = 'es-10-27'"
        );
        var rollCall = await Exported.Csv(app.Anonymous, "/v1/resolutions/es-10-27/export/roll-call.csv");
        rollCall.Rows.Count.ShouldBe(193);
        var norway = rollCall.Row("iso3", "NOR");
        (norway["vote"], norway["vote_undl"], norway["vote_voeten"]).ShouldBe(("", "", "9"));
    }

    [Test]
    public async Task A_vote_of_which_only_totals_are_known_has_a_header_and_no_names()
    {
        using var app = new App();
        var announced = (await app.Anonymous.GetItems("/v1/resolutions?limit=1000")).First(r =>
            r.Text("basis") == "announced"
        );
        var rollCall = await Exported.Csv(
            app.Anonymous,
            $"/v1/resolutions/{announced.Text("id")}/export/roll-call.csv"
        );
        rollCall.Header.ShouldContain("vote_voeten");
        rollCall.Rows.ShouldBeEmpty();
    }

    private static int Number(IReadOnlyDictionary<string, string> row, string column) =>
        int.Parse(row[column], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task Sponsor(App app, string id, string iso3, string status)
    {
        using var answer = await app.Lobbyist.Put(
            $"/v1/resolutions/{id}/co-sponsors/{iso3}",
            new { status, role = "main" }
        );
        answer.EnsureSuccessStatusCode();
    }
}
