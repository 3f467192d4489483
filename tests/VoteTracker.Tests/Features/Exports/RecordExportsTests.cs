using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.Exports;

[EveryEngine]
public sealed class RecordExportsTests
{
    private static readonly string[] Record = ["roll-calls", "matrix", "resolutions"];

    [Test]
    public async Task The_roll_calls_are_every_name_of_the_record_in_order()
    {
        using var app = new App();
        var rollCalls = await Exported.Csv(app.Anonymous, "/v1/export/roll-calls.csv");
        rollCalls.Rows.Count.ShouldBe(6_491);
        rollCalls
            .Rows.CountBy(r => $"{r["vote"]} {r["vote_undl"]} {r["vote_voeten"]}")
            .ToDictionary()
            .ShouldBeInAnyOrder(
                new Dictionary<string, int>
                {
                    ["yes Y 1"] = 4_345,
                    ["no N 3"] = 258,
                    ["abstain A 2"] = 1_000,
                    ["non-voting X 8"] = 888,
                }
            );
        rollCalls
            .Rows.Select(r => $"{r["voted_on"]} {r["resolution"]} {r["iso3"]}")
            .ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
        rollCalls.Rows.ShouldAllBe(r => r["un_name"].Length > 0 && r["session"].StartsWith("es-1"));
        rollCalls.Rows.ShouldContain(r => r["iso3"] == "YUG" && r["iso2"].Length == 0);
        // The same twice.
        (await app.Anonymous.GetStringAsync("/v1/export/roll-calls.csv")).ShouldBe(
            await app.Anonymous.GetStringAsync("/v1/export/roll-calls.csv")
        );
    }

    [TestCase("?session=es-11", "es-11-1", 193)]
    [TestCase("?from=2025-06-12&to=2025-06-12", "es-10-27", 193)]
    [TestCase("?session=es-1", null, 0)]
    public async Task A_part_of_the_record_can_be_requested(string query, string? resolution, int names)
    {
        using var app = new App();
        var rollCalls = await Exported.Csv(app.Anonymous, $"/v1/export/roll-calls.csv{query}");
        rollCalls.Rows.Count(r => r["resolution"] == resolution).ShouldBe(names);
        var resolutions = await Exported.Csv(app.Anonymous, $"/v1/export/resolutions.csv{query}");
        var matrix = await Exported.Csv(app.Anonymous, $"/v1/export/matrix.csv{query}");
        matrix.Header.Skip(5).ShouldBe(rollCalls.Rows.Select(r => r["resolution"]).Distinct());
        resolutions
            .Rows.Where(r => r["recorded_yes"].Length > 0)
            .Select(r => r["resolution"])
            .ShouldBe(matrix.Header.Skip(5));
    }

    [Test]
    public async Task The_matrix_is_the_roll_calls_turned()
    {
        using var app = new App();
        var rollCalls = await Exported.Csv(app.Anonymous, "/v1/export/roll-calls.csv");
        var matrix = await Exported.Csv(app.Anonymous, "/v1/export/matrix.csv");
        matrix.Rows.Select(r => r["iso3"]).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
        matrix.Header.Count.ShouldBe(5 + 34);
        var cells = matrix
            .Rows.SelectMany(row =>
                matrix.Header.Skip(5).Where(id => row[id].Length > 0).Select(id => $"{id} {row["iso3"]} {row[id]}")
            )
            .ToList();
        cells.ShouldBeInAnyOrder(rollCalls.Rows.Select(r => $"{r["resolution"]} {r["iso3"]} {r["vote"]}"));
        var json = (await app.Anonymous.GetJson("/v1/export/matrix.json")).AsArray();
        json.Count.ShouldBe(matrix.Rows.Count);
        foreach (var (row, node) in matrix.Rows.Zip(json))
        {
            node!["votes"]!
                .AsObject()
                .Select(v => $"{v.Key} {v.Value}")
                .ShouldBe(matrix.Header.Skip(5).Where(id => row[id].Length > 0).Select(id => $"{id} {row[id]}"));
        }
    }

    [Test]
    public async Task The_resolutions_have_the_totals_counted_and_announced()
    {
        using var app = new App();
        var resolutions = await Exported.Csv(app.Anonymous, "/v1/export/resolutions.csv");
        resolutions.Rows.Count.ShouldBe(43);
        var corrected = resolutions.Row("resolution", "es-10-21");
        string[] columns = ["recorded_yes", "recorded_no", "recorded_abstain", "announced_yes", "announced_no"];
        columns.Select(c => corrected[c]).ShouldBe(["120", "14", "45", "121", "14"]);
        resolutions.Rows.Count(r => r["recorded_yes"].Length == 0).ShouldBe(9);
        resolutions
            .Rows.Select(r => $"{r["vote_on"]} {r["resolution"]}")
            .ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
    }

    [Test]
    public async Task The_member_states_have_all_codes()
    {
        using var app = new App();
        var states = await Exported.Csv(app.Anonymous, "/v1/export/member-states.csv");
        states.Rows.Count.ShouldBe(202);
        var africa = states.Row("iso3", "ZAF");
        (africa["kind"], africa["name_en"], africa["member_from"]).ShouldBe(("member", "South Africa", "1945-11-07"));
        africa["blocs"].Split(' ').ShouldContain("nam");
    }

    [Test]
    public async Task A_moment_of_the_past_shows_the_record_as_it_was_known([ValueSource(nameof(Record))] string name)
    {
        using var app = new App();
        var path = $"/v1/export/{name}.csv?asOf=";
        var then = await Exported.Csv(app.Anonymous, path + "2025-06-13T03:59:59Z");
        var later = await Exported.Csv(app.Anonymous, path + "2025-06-13T04:00:00Z");
        Text(then).ShouldNotContain("es-10-27");
        Text(later).ShouldContain("es-10-27");
        using var before = await app.Anonymous.GetAsync(path + "1990-01-01T00:00:00Z");
        await before.ShouldBeProblem(404);

        static string Text(Exported table) =>
            string.Join('\n', table.Rows.SelectMany(r => r.Values).Concat(table.Header));
    }

    [AnyEngine]
    [TestCase("session=es-99", "session")]
    [TestCase("from=2025", "from")]
    [TestCase("to=31/12/2023", "to")]
    [TestCase("from=2025-01-02&to=2025-01-01", "to")]
    [TestCase("asOf=2026-11-20", "asOf")]
    [TestCase("asOf=2036-11-20T00:00:00Z", "asOf")]
    public async Task A_wrong_parameter_for_the_record_is_a_400_that_names_it(string query, string field)
    {
        using var app = new App();
        foreach (var name in Record)
        {
            using var answer = await app.Anonymous.GetAsync($"/v1/export/{name}.csv?{query}");
            await answer.ShouldBeProblem(400, field);
        }
    }

    [Test]
    public async Task A_table_too_large_for_a_sheet_is_rejected_before_the_response_begins()
    {
        using var app = new App();
        Databases.Execute(app.Folder, "UPDATE roll_call SET members = 1048576 WHERE resolution = 'es-10-27'");
        using var refused = await app.Anonymous.GetAsync("/v1/export/roll-calls.xlsx");
        await refused.ShouldBeProblem(400, "format");
        using var part = await app.Anonymous.GetAsync("/v1/export/roll-calls.xlsx?session=es-11");
        part.EnsureSuccessStatusCode();
    }

    [Test]
    public async Task A_draft_that_is_not_voted_on_is_nowhere_in_the_record()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "positions" });
        foreach (var name in Record)
        {
            (await app.Admin.GetStringAsync($"/v1/export/{name}.csv")).ShouldNotContain(id);
        }
    }

    [Test]
    public async Task A_client_that_disconnects_during_an_export_leaks_nothing()
    {
        using var folder = new Folder();
        await using var service = await Service.Start(folder);
        using var client = service.Client();
        for (var i = 0; i < 40; i++)
        {
            using var gone = new CancellationTokenSource();
            using var answer = await client.GetAsync(
                i % 2 == 0 ? "/v1/export/roll-calls.csv" : "/v1/export.zip",
                HttpCompletionOption.ResponseHeadersRead,
                gone.Token
            );
            answer.EnsureSuccessStatusCode();
            await using var body = await answer.Content.ReadAsStreamAsync(gone.Token);
            (await body.ReadAsync(new byte[100], gone.Token)).ShouldBeGreaterThan(0);
            await gone.CancelAsync();
        }
        // More requests than there are readers: each released its reader, and none was logged as a failure.
        var rollCalls = await client.GetStringAsync("/v1/export/roll-calls.csv");
        rollCalls.Split("\r\n").Length.ShouldBe(6_493);
        (await client.GetJson("/health/ready"))["status"]!.GetValue<string>().ShouldBe("ready");
        service.Output.ShouldNotContain("failed", Case.Insensitive);
        service.Output.ShouldNotContain("exception", Case.Insensitive);
    }
}
